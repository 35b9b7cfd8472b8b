package basewise.discovery;

import basewise.stats.Hypergeometric;
import basewise.stats.Ranking;
import java.util.Arrays;

/**
 * How a motif's presence tells positives from negatives. A sequence has the motif when its best
 * score reaches the threshold.
 *
 * @param threshold the score in bits from which a site counts
 * @param positivesWith positives that have the motif
 * @param positives all positives
 * @param negativesWith negatives that have the motif
 * @param negatives all negatives
 * @param logPvalue natural logarithm of the one-sided hypergeometric p-value
 */
public record Presence(
    double threshold,
    int positivesWith,
    int positives,
    int negativesWith,
    int negatives,
    double logPvalue) {

  /**
   * The observed score that, as a threshold, gives the smallest p-value; ties go to the higher one.
   *
   * @param positive best score per positive; -infinity where the motif fits nowhere
   * @param negative best score per negative
   * @param test prepared for at least all of them
   */
  public static Presence mostTelling(float[] positive, float[] negative, Hypergeometric test) {
    float[] p = positive.clone();
    float[] n = negative.clone();
    Arrays.sort(p);
    Arrays.sort(n);
    Presence best = new Presence(Double.POSITIVE_INFINITY, 0, p.length, 0, n.length, 0);
    int j = n.length;
    for (int i = p.length - 1; i >= 0 && p[i] > Float.NEGATIVE_INFINITY; i--) {
      if (i > 0 && p[i - 1] == p[i]) {
        continue; // all positives at this score count together
      }
      while (j > 0 && n[j - 1] >= p[i]) {
        j--;
      }
      int hits = p.length - i;
      int misses = n.length - j;
      if ((double) hits * n.length <= (double) misses * p.length) {
        continue; // not enriched at all
      }
      double logP = test.logUpperTail(hits, p.length, misses, n.length);
      if (logP < best.logPvalue) {
        best = new Presence(p[i], hits, p.length, misses, n.length, logP);
      }
    }
    return best;
  }

  /** What a fixed threshold says about other sequences. */
  public static Presence at(
      double threshold, float[] positive, float[] negative, Hypergeometric test) {
    int hits = count(positive, threshold);
    int misses = count(negative, threshold);
    return new Presence(
        threshold,
        hits,
        positive.length,
        misses,
        negative.length,
        test.logUpperTail(hits, positive.length, misses, negative.length));
  }

  /**
   * Counts of two disjoint sets of sequences together, judged as one; the threshold is the first's.
   */
  public Presence plus(Presence other, Hypergeometric test) {
    int hits = positivesWith + other.positivesWith;
    int misses = negativesWith + other.negativesWith;
    int p = positives + other.positives;
    int n = negatives + other.negatives;
    return new Presence(threshold, hits, p, misses, n, test.logUpperTail(hits, p, misses, n));
  }

  /** Area under the ROC curve of the best scores alone. */
  public static double auroc(float[] positive, float[] negative) {
    double[] scores = new double[positive.length + negative.length];
    boolean[] is = new boolean[scores.length];
    for (int i = 0; i < positive.length; i++) {
      scores[i] = positive[i];
      is[i] = true;
    }
    for (int i = 0; i < negative.length; i++) {
      scores[positive.length + i] = negative[i];
    }
    return Ranking.auroc(scores, is);
  }

  private static int count(float[] scores, double threshold) {
    int n = 0;
    for (float s : scores) {
      if (s >= threshold) {
        n++;
      }
    }
    return n;
  }
}
