package basewise.stats;

import java.util.Arrays;

/** How well scores put positives above negatives. Ties share their rank. */
public final class Ranking {
  private Ranking() {}

  /**
   * Area under the receiver operating characteristic curve: the probability that a positive scores
   * above a negative, ties counting half (Mann-Whitney U).
   *
   * @return NaN if there are no positives or no negatives
   */
  public static double auroc(double[] scores, boolean[] positive) {
    int[] order = descending(scores);
    double above = 0;
    long positives = 0;
    long negatives = 0;
    for (int i = 0; i < order.length; ) {
      int j = i;
      long p = 0;
      long n = 0;
      while (j < order.length && scores[order[j]] == scores[order[i]]) {
        if (positive[order[j]]) {
          p++;
        } else {
          n++;
        }
        j++;
      }
      above += n * (positives + p / 2.0);
      positives += p;
      negatives += n;
      i = j;
    }
    return above / ((double) positives * negatives);
  }

  /**
   * Area under the precision-recall curve as average precision: the sum over thresholds of (recall
   * step x precision), as scikit-learn defines it.
   *
   * @return NaN if there are no positives
   */
  public static double auprc(double[] scores, boolean[] positive) {
    int[] order = descending(scores);
    long total = 0;
    for (boolean b : positive) {
      total += b ? 1 : 0;
    }
    double area = 0;
    long hits = 0;
    for (int i = 0; i < order.length; ) {
      int j = i;
      long p = 0;
      while (j < order.length && scores[order[j]] == scores[order[i]]) {
        p += positive[order[j]] ? 1 : 0;
        j++;
      }
      hits += p;
      area += (double) p / total * hits / j;
      i = j;
    }
    return total == 0 ? Double.NaN : area;
  }

  /** Indices by descending score; ties by index. */
  public static int[] descending(double[] scores) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
    int[] out = new int[order.length];
    Arrays.setAll(out, i -> order[i]);
    return out;
  }
}
