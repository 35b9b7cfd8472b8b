package basewise.compare;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * P-values of the best alignment of one query: the chance that a target of a given width, whose
 * columns are drawn independently from all target columns, reaches a score at any of its (query +
 * target - 1) offsets in any orientation, as if those were independent.
 *
 * <p>Scores of a span of query columns are a sum of independent histograms, so their distribution
 * is a convolution. Tails, P(score at least s), are joined as a + b (1 - a): no small number is
 * ever the difference of large ones, so p-values of 1e-100 keep their digits.
 */
final class NullDistribution {
  private static final int TAPS = 8;

  private final int width;
  private final int zero;
  private final int size;

  /** Columns of the longest span that some target can be aligned with. */
  private final int longest;

  /** Tails of the best of all spans of one length, [length]; empty where no target is that wide. */
  private final double[][] inside;

  /** Tails of the best of the query's first and its last columns, [length]. */
  private final double[][] edges;

  private final double[] whole;
  private double[] current;
  private double[] next;

  /**
   * Distributions of one query.
   *
   * @param histograms how many target columns have each score, [query column][0..100]
   * @param columns number of target columns
   * @param zero score of a query column that is not aligned
   * @param groups the widths that targets have
   */
  NullDistribution(
      int[][] histograms, int width, int columns, int zero, List<TargetColumns.Group> groups) {
    this.width = width;
    this.zero = zero;
    this.size = ColumnScores.RANGE * width + 2;
    this.longest =
        Math.min(width, groups.stream().mapToInt(TargetColumns.Group::width).max().orElse(0));
    this.inside = new double[width][0];
    this.edges = new double[width][size];
    this.whole = new double[size];
    for (TargetColumns.Group g : groups) {
      if (g.width() < width) {
        inside[g.width()] = new double[size];
      }
    }
    current = new double[size + 4 * TAPS];
    next = new double[size + 4 * TAPS];
    spans(histograms, columns);
  }

  private void spans(int[][] histograms, int columns) {
    double[][] chance = new double[width][];
    int[] low = new int[width];
    for (int q = 0; q < width; q++) {
      int from = 0;
      while (histograms[q][from] == 0) {
        from++;
      }
      int to = ColumnScores.RANGE;
      while (histograms[q][to] == 0) {
        to--;
      }
      low[q] = from;
      chance[q] = new double[to - from + 1];
      for (int s = from; s <= to; s++) {
        chance[q][s - from] = (double) histograms[q][s] / columns;
      }
    }
    double[] tail = new double[size];
    for (int start = 0; start < width; start++) {
      int n = 1;
      int lowest = 0;
      Arrays.fill(current, 0, TAPS + 1 + TAPS, 0);
      current[TAPS] = 1;
      for (int end = start; end < Math.min(width, start + longest); end++) {
        convolve(current, n, chance[end], next);
        double[] swap = current;
        current = next;
        next = swap;
        n += chance[end].length - 1;
        lowest += low[end];
        int length = end - start + 1;
        if (!asked(start, length)) {
          continue;
        }
        double sum = 0;
        for (int k = n - 1; k >= 0; k--) {
          sum += current[TAPS + k];
          tail[k] = Math.min(1, sum);
        }
        place(start, length, tail, n, lowest + (width - length) * zero);
      }
    }
  }

  private boolean asked(int start, int length) {
    return start == 0 || start + length == width || inside[length].length > 0;
  }

  private void place(int start, int length, double[] tail, int n, int at) {
    if (length == width) {
      join(whole, tail, n, at);
      return;
    }
    if (inside[length].length > 0) {
      join(inside[length], tail, n, at);
    }
    if (start == 0 || start + length == width) {
      join(edges[length], tail, n, at);
    }
  }

  /** Joins a tail whose k-th number is P(score >= at + k) and which is 1 below, 0 above. */
  private static void join(double[] into, double[] tail, int n, int at) {
    for (int s = 0; s < at; s++) {
      into[s] = 1;
    }
    for (int k = 0; k < n; k++) {
      into[at + k] += tail[k] * (1 - into[at + k]);
    }
  }

  /**
   * The distribution of a sum. Both pmf arrays begin at index {@link #TAPS} and have at least that
   * many zeros on either side.
   */
  private static void convolve(double[] pmf, int n, double[] chance, double[] out) {
    int m = chance.length;
    Arrays.fill(out, 0, Math.min(out.length, n + m + 3 * TAPS), 0);
    double[] w = new double[TAPS];
    for (int from = 0; from < m; from += TAPS) {
      for (int j = 0; j < TAPS; j++) {
        w[j] = from + j < m ? chance[from + j] : 0;
      }
      add(pmf, n + TAPS - 1, w, out, from);
    }
  }

  private static void add(double[] pmf, int n, double[] w, double[] out, int shift) {
    double w0 = w[0];
    double w1 = w[1];
    double w2 = w[2];
    double w3 = w[3];
    double w4 = w[4];
    double w5 = w[5];
    double w6 = w[6];
    double w7 = w[7];
    // Four sums at a time: the seven numbers before them are at hand, and only four are fetched.
    int k = TAPS;
    double p1 = pmf[k - 7];
    double p2 = pmf[k - 6];
    double p3 = pmf[k - 5];
    double p4 = pmf[k - 4];
    double p5 = pmf[k - 3];
    double p6 = pmf[k - 2];
    double p7 = pmf[k - 1];
    for (; k + 3 < n + TAPS; k += 4) {
      double a = pmf[k];
      double b = pmf[k + 1];
      double c = pmf[k + 2];
      double d = pmf[k + 3];
      int o = k + shift;
      out[o] += a * w0 + p7 * w1 + p6 * w2 + p5 * w3 + (p4 * w4 + p3 * w5 + p2 * w6 + p1 * w7);
      out[o + 1] += b * w0 + a * w1 + p7 * w2 + p6 * w3 + (p5 * w4 + p4 * w5 + p3 * w6 + p2 * w7);
      out[o + 2] += c * w0 + b * w1 + a * w2 + p7 * w3 + (p6 * w4 + p5 * w5 + p4 * w6 + p3 * w7);
      out[o + 3] += d * w0 + c * w1 + b * w2 + a * w3 + (p7 * w4 + p6 * w5 + p5 * w6 + p4 * w7);
      p1 = p5;
      p2 = p6;
      p3 = p7;
      p4 = a;
      p5 = b;
      p6 = c;
      p7 = d;
    }
    for (; k < n + TAPS; k++) {
      out[k + shift] +=
          pmf[k] * w0
              + pmf[k - 1] * w1
              + pmf[k - 2] * w2
              + pmf[k - 3] * w3
              + (pmf[k - 4] * w4 + pmf[k - 5] * w5 + pmf[k - 6] * w6 + pmf[k - 7] * w7);
    }
  }

  /**
   * P-values by score for each group of targets, in the groups' order: [group][score], as floats,
   * which is what Tomtom keeps.
   */
  float[][] pvalues(List<TargetColumns.Group> groups, int orientations) {
    float[][] all = new float[groups.size()][];
    double[] ends = new double[size];
    int joined = 0;
    int wholes = 0;
    double @Nullable [] full = null;
    for (int g = 0; g < all.length; g++) {
      int target = groups.get(g).width();
      for (; joined < Math.min(target, width) - 1; joined++) {
        join(ends, edges[joined + 1], size, 0);
      }
      double[] best;
      if (target < width) {
        best = ends.clone();
        join(best, inside[target], size, 0);
      } else {
        full = full == null ? ends.clone() : full;
        for (; wholes < target - width + 1; wholes++) {
          join(full, whole, size, 0);
        }
        best = full;
      }
      all[g] = new float[size];
      for (int s = 0; s < size; s++) {
        double p = best[s];
        all[g][s] = (float) (orientations == 2 ? p + p * (1 - p) : p);
      }
    }
    return all;
  }
}
