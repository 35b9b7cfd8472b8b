package basewise.stats;

import java.util.Arrays;

/** Correlation of ranks. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Spearman's rank correlation; ties share their mean rank.
   *
   * @return NaN for fewer than two numbers, or if one side's are all equal
   */
  public static double spearman(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " and " + y.length + " numbers");
    }
    double[] a = centredRanks(x);
    double[] b = centredRanks(y);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  /** Ranks minus their mean, which halves say exactly. */
  private static double[] centredRanks(double[] x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[x.length];
    double[] first = new double[x.length];
    for (int i = 0; i < sorted.length; ) {
      int j = i;
      while (j < sorted.length && sorted[j] == sorted[i]) {
        j++;
      }
      Arrays.fill(first, i, j, (i + j - 1) / 2.0);
      i = j;
    }
    double mean = (x.length - 1) / 2.0;
    for (int i = 0; i < x.length; i++) {
      ranks[i] = first[Arrays.binarySearch(sorted, x[i])] - mean;
    }
    return ranks;
  }
}
