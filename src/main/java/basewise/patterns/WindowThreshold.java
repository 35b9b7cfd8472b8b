package basewise.patterns;

import java.util.Arrays;

/**
 * The sum from which windows are more than chance: isotonic regression of "is a window" (1) against
 * "is a draw of the null" (0) on the sum, both classes of the same weight; its value is a
 * precision, from which the share of windows that are null follows.
 */
final class WindowThreshold {
  /** The least share of the weakest windows that is taken to be null. */
  private static final double LEAST_NULL = 0.95;

  private static final double TINY = 1e-7;

  /** Blocks to begin with: of millions of sums few are left apart at a time. */
  private static final int FEW_BLOCKS = 1 << 10;

  private WindowThreshold() {}

  /**
   * The least of the sums whose false discovery rate is at most {@code fdr}. At 1 these are the
   * sums that are no rarer among windows than among draws; modisco-lite would take all.
   *
   * @param sums at least 0, ascending
   * @param nulls at least 0, ascending
   * @return infinity if there are no sums
   */
  static double of(double[] sums, double[] nulls, double fdr) {
    if (sums.length == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double nullWeight = nulls.length == 0 ? 0 : (double) sums.length / nulls.length;
    // Blocks of equal fitted value: their upper ends, values and weights.
    int[] end = new int[FEW_BLOCKS];
    double[] value = new double[FEW_BLOCKS];
    double[] weight = new double[FEW_BLOCKS];
    int blocks = 0;
    int s = 0;
    int n = 0;
    while (s < sums.length || n < nulls.length) {
      double x = Math.min(at(sums, s), at(nulls, n));
      double w = 0;
      double ones = 0;
      for (; s < sums.length && sums[s] == x; s++) {
        w++;
        ones++;
      }
      for (; n < nulls.length && nulls[n] == x; n++) {
        w += nullWeight;
      }
      if (blocks == end.length) {
        end = Arrays.copyOf(end, 2 * blocks);
        value = Arrays.copyOf(value, 2 * blocks);
        weight = Arrays.copyOf(weight, 2 * blocks);
      }
      value[blocks] = ones / w;
      weight[blocks] = w;
      end[blocks++] = s;
      while (blocks > 1 && value[blocks - 2] >= value[blocks - 1]) {
        double both = weight[blocks - 2] + weight[blocks - 1];
        value[blocks - 2] =
            (value[blocks - 2] * weight[blocks - 2] + value[blocks - 1] * weight[blocks - 1])
                / both;
        weight[blocks - 2] = both;
        end[blocks - 2] = s;
        blocks--;
      }
    }
    double implied = -1 / (1 - 1 / Math.max(value[0], TINY));
    double nullShare = Math.max(LEAST_NULL, Math.min(1, implied));
    int from = 0;
    for (int b = 0; b < blocks; b++) {
      double precision = 1 + nullShare * (1 - 1 / Math.max(value[b], TINY));
      if (end[b] > from && precision >= 1 - fdr) {
        return sums[from];
      }
      from = end[b];
    }
    return sums[sums.length - 1];
  }

  private static double at(double[] sorted, int i) {
    return i < sorted.length ? sorted[i] : Double.POSITIVE_INFINITY;
  }

  /**
   * The numbers of one sign, made positive, ascending; zero counts as positive.
   *
   * @param sorted ascending
   */
  static double[] side(double[] sorted, boolean positive) {
    int zero = Sorted.atLeast(sorted, 0);
    if (positive) {
      return Arrays.copyOfRange(sorted, zero, sorted.length);
    }
    double[] out = new double[zero];
    for (int i = 0; i < zero; i++) {
      out[i] = -sorted[zero - 1 - i];
    }
    return out;
  }
}
