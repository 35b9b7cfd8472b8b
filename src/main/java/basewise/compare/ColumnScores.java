package basewise.compare;

import java.util.Arrays;

/**
 * Scores of every column of one query against every target column, as integers from 0 to 100, such
 * that the score of a column left unaligned (the column's median) is {@link #zero()}. One instance
 * serves many queries, one after the other.
 */
final class ColumnScores {
  /** Tomtom's number of bins: the range of an integer score. */
  static final int RANGE = 100;

  private static final int BLOCK = 1024;

  private final TargetColumns targets;
  private final Distance distance;
  private final Selection selection;
  private final int[] block = new int[BLOCK];
  private final int[] counts = new int[2 * (RANGE + 1)];
  private double[][] raw = new double[0][];
  private double[] medians = new double[0];
  private double[] lows = new double[0];
  private double[] highs = new double[0];
  private short[] bins = new short[0];
  private int[][] histograms = new int[0][];
  private int zero;

  ColumnScores(TargetColumns targets, Distance distance) {
    this.targets = targets;
    this.distance = distance;
    this.selection = new Selection(targets.size());
  }

  /**
   * Scores a query.
   *
   * @param features of each of its columns, [column][feature]
   */
  void score(double[][] features) {
    int width = features.length;
    int n = targets.size();
    reserve(width, n);
    rows(features, n);
    double small = Double.POSITIVE_INFINITY;
    double large = Double.NEGATIVE_INFINITY;
    for (int q = 0; q < width; q++) {
      medians[q] = median(raw[q], n, lows[q], highs[q]);
      small = Math.min(small, lows[q] - medians[q]);
      large = Math.max(large, highs[q] - medians[q]);
    }
    if (small == large) {
      small = large - 1;
    }
    double offset = Math.floor(small);
    double scale = Math.floor(RANGE / (large - offset));
    zero = (int) Math.rint(-offset * scale);
    for (int q = 0; q < width; q++) {
      bin(raw[q], n, medians[q], offset, scale, q * n, histograms[q]);
    }
  }

  /** All rows side by side, so that a block of target columns is fetched once for the query. */
  private void rows(double[][] features, int n) {
    Arrays.fill(lows, Double.POSITIVE_INFINITY);
    Arrays.fill(highs, Double.NEGATIVE_INFINITY);
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      for (int q = 0; q < features.length; q++) {
        distance.row(features[q], targets.features(), from, to, raw[q]);
        lows[q] = Math.min(lows[q], Selection.smallest(raw[q], from, to));
        highs[q] = Math.max(highs[q], Selection.largest(raw[q], from, to));
      }
    }
  }

  /** Tomtom's median: the mean of two order statistics, which are one when n is even. */
  private double median(double[] row, int n, double lowest, double highest) {
    int below = Math.max(0, (int) Math.floor(0.5 * n) - 1);
    int above = Math.max(below, (int) Math.ceil(0.5 * n) - 1);
    double a = selection.kth(row, n, below, lowest, highest);
    return above == below ? a : (a + selection.kth(row, n, above, lowest, highest)) / 2;
  }

  private void bin(
      double[] row, int n, double median, double offset, double scale, int at, int[] histogram) {
    Arrays.fill(counts, 0);
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      quantize(row, from, m, median, offset, scale, block);
      count(block, m, counts, bins, at + from);
    }
    for (int s = 0; s <= RANGE; s++) {
      histogram[s] = counts[s] + counts[RANGE + 1 + s];
    }
  }

  private static void quantize(
      double[] row, int from, int m, double median, double offset, double scale, int[] out) {
    for (int i = 0; i < m; i++) {
      out[i] = (int) ((row[from + i] - median - offset) * scale + 0.5);
    }
  }

  private static void count(int[] block, int m, int[] counts, short[] bins, int at) {
    int i = 0;
    for (; i + 1 < m; i += 2) {
      int a = block[i];
      int b = block[i + 1];
      bins[at + i] = (short) a;
      bins[at + i + 1] = (short) b;
      counts[a]++;
      counts[RANGE + 1 + b]++;
    }
    if (i < m) {
      bins[at + i] = (short) block[i];
      counts[block[i]]++;
    }
  }

  private void reserve(int width, int n) {
    if (raw.length < width) {
      int had = raw.length;
      raw = Arrays.copyOf(raw, width);
      histograms = Arrays.copyOf(histograms, width);
      for (int q = had; q < width; q++) {
        raw[q] = new double[n];
        histograms[q] = new int[RANGE + 1];
      }
      medians = new double[width];
      lows = new double[width];
      highs = new double[width];
      bins = new short[Math.multiplyExact(width, n)];
    }
  }

  /** Scores, at [query column x {@link TargetColumns#size()} + target column]. */
  short[] bins() {
    return bins;
  }

  /** How many target columns have each score 0 to 100, per query column. */
  int[][] histograms() {
    return histograms;
  }

  /** What a query column scores that is not aligned. */
  int zero() {
    return zero;
  }
}
