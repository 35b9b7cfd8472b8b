package basewise.compare;

import java.util.Arrays;

/**
 * The k-th smallest of many numbers, exactly, in time linear in their number: a histogram finds the
 * bucket that holds it, and the few numbers of that bucket are searched again.
 */
final class Selection {
  private static final int BUCKETS = 2048;
  private static final int FEW = 48;

  private final int[] counts = new int[2 * BUCKETS];
  private final double[] first;
  private final double[] second;

  /** For up to this many numbers. */
  Selection(int capacity) {
    first = new double[capacity];
    second = new double[capacity];
  }

  /**
   * The number at index k of values[0, n) if they were sorted.
   *
   * @param values left as they are
   * @param smallest the smallest of them
   * @param largest the largest of them
   */
  double kth(double[] values, int n, int k, double smallest, double largest) {
    double[] now = values;
    double[] next = first;
    int left = n;
    int rank = k;
    double low = smallest;
    double high = largest;
    while (left > FEW && low < high) {
      double scale = (BUCKETS - 1) / (high - low);
      if (Double.isInfinite(scale)) {
        break;
      }
      count(now, left, low, scale);
      int bucket = 0;
      for (int c = counts[0] + counts[BUCKETS]; rank >= c; ) {
        rank -= c;
        bucket++;
        c = counts[bucket] + counts[BUCKETS + bucket];
      }
      left = collect(now, left, low, scale, bucket, next);
      now = next;
      next = now == first ? second : first;
      low = smallest(now, 0, left);
      high = largest(now, 0, left);
    }
    if (!(low < high)) {
      return low;
    }
    double[] few = Arrays.copyOf(now, left);
    Arrays.sort(few);
    return few[rank];
  }

  private void count(double[] values, int n, double low, double scale) {
    int[] c = counts;
    Arrays.fill(c, 0);
    int i = 0;
    // Two histograms: neighbours are often alike, and one counter would wait for itself.
    for (; i + 1 < n; i += 2) {
      c[(int) ((values[i] - low) * scale)]++;
      c[BUCKETS + (int) ((values[i + 1] - low) * scale)]++;
    }
    if (i < n) {
      c[(int) ((values[i] - low) * scale)]++;
    }
  }

  private static int collect(
      double[] values, int n, double low, double scale, int bucket, double[] out) {
    int kept = 0;
    for (int i = 0; i < n; i++) {
      double x = values[i];
      out[kept] = x;
      kept += (int) ((x - low) * scale) == bucket ? 1 : 0;
    }
    return kept;
  }

  /** The smallest of values[from, to), at least one. */
  static double smallest(double[] values, int from, int to) {
    double a = values[from];
    double b = a;
    double c = a;
    double d = a;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a = values[i] < a ? values[i] : a;
      b = values[i + 1] < b ? values[i + 1] : b;
      c = values[i + 2] < c ? values[i + 2] : c;
      d = values[i + 3] < d ? values[i + 3] : d;
    }
    for (; i < to; i++) {
      a = values[i] < a ? values[i] : a;
    }
    return Math.min(Math.min(a, b), Math.min(c, d));
  }

  /** The largest of values[from, to), at least one. */
  static double largest(double[] values, int from, int to) {
    double a = values[from];
    double b = a;
    double c = a;
    double d = a;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a = values[i] > a ? values[i] : a;
      b = values[i + 1] > b ? values[i + 1] : b;
      c = values[i + 2] > c ? values[i + 2] : c;
      d = values[i + 3] > d ? values[i + 3] : d;
    }
    for (; i < to; i++) {
      a = values[i] > a ? values[i] : a;
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }
}
