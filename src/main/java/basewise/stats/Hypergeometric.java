package basewise.stats;

import org.apache.commons.math3.special.Gamma;

/**
 * The one-sided hypergeometric (Fisher's exact) test in natural logarithms, so that evidence far
 * below the smallest double keeps its order.
 */
public final class Hypergeometric {
  private final double[] logFactorial;

  /** Prepares for populations of up to {@code population} things. */
  public Hypergeometric(int population) {
    logFactorial = new double[population + 1];
    for (int i = 2; i <= population; i++) {
      logFactorial[i] = i < 1000 ? logFactorial[i - 1] + Math.log(i) : Gamma.logGamma(i + 1.0);
    }
  }

  /**
   * ln P(X >= hits): of {@code positives + negatives} things, {@code hits + misses} are drawn; how
   * likely are {@code hits} or more positives among them?
   *
   * @param hits drawn positives
   * @param misses drawn negatives
   */
  public double logUpperTail(int hits, int positives, int misses, int negatives) {
    int drawn = hits + misses;
    int all = positives + negatives;
    int most = Math.min(positives, drawn);
    if (hits <= Math.max(0, drawn - negatives)) {
      return 0;
    }
    double first = choose(positives, hits) + choose(negatives, drawn - hits) - choose(all, drawn);
    double term = 1;
    double sum = 1;
    for (int k = hits; k < most; k++) {
      // P(k + 1) / P(k)
      term *=
          (double) (positives - k) * (drawn - k) / ((double) (k + 1) * (negatives - drawn + k + 1));
      sum += term;
      if (term < sum * 1e-17) {
        break;
      }
    }
    return Math.min(0, first + Math.log(sum));
  }

  private double choose(int n, int k) {
    return logFactorial[n] - logFactorial[k] - logFactorial[n - k];
  }
}
