package basewise.stats;

/** Correlation of ranks. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Spearman's rank correlation of the first {@code n} numbers; ties share their mean rank. Sums
   * are whole numbers, as any ranks are that halves can say.
   *
   * @return NaN for fewer than two numbers, or if one side's are all equal
   */
  public static double spearman(float[] x, float[] y, int n) {
    long[] sorted = new long[n];
    int[] a = centredRanks(x, n, sorted);
    int[] b = centredRanks(y, n, sorted);
    long ab = 0;
    long aa = 0;
    long bb = 0;
    for (int i = 0; i < n; i++) {
      ab += (long) a[i] * b[i];
      aa += (long) a[i] * a[i];
      bb += (long) b[i] * b[i];
    }
    return ab / Math.sqrt((double) aa * bb);
  }

  /** Twice what ranks are above their mean. */
  private static int[] centredRanks(float[] x, int n, long[] sorted) {
    sort(x, n, sorted);
    int[] ranks = new int[n];
    for (int i = 0; i < n; ) {
      int j = i + 1;
      while (j < n && sorted[j] >> 32 == sorted[i] >> 32) {
        j++;
      }
      int rank = i + j - n; // (i + j - 1) / 2 less (n - 1) / 2
      for (; i < j; i++) {
        ranks[(int) sorted[i]] = rank;
      }
    }
    return ranks;
  }

  /** In the upper half what orders the numbers, in the lower one their places. */
  private static void sort(float[] x, int n, long[] sorted) {
    for (int i = 0; i < n; i++) {
      int bits = Float.floatToIntBits(x[i] + 0f); // one zero
      sorted[i] = (long) (bits < 0 ? bits ^ Integer.MAX_VALUE : bits) << 32 | i;
    }
    ByteSort.sortByUpperHalves(sorted, n);
  }
}
