package basewise.patterns;

import org.apache.commons.math3.random.MersenneTwister;

/**
 * What window sums are where nothing contributes: a Laplace distribution whose two sides have their
 * own scale, each as narrow as any of the percentiles 5, 10, ..., 95 allows, around the mode. Draws
 * are those of NumPy's RandomState(1234).
 */
final class LaplaceNull {
  private static final int BINS = 1000;
  private static final int DRAWS = 10_000;
  private static final int SEED = 1234;

  private final double[] draws;

  /** Fits it to window sums, ascending. */
  LaplaceNull(double[] sorted) {
    double[] edges = mode(sorted, 0, sorted.length);
    int from = Sorted.above(sorted, edges[0]);
    int to = Math.max(from, Sorted.atLeast(sorted, edges[1]));
    edges = mode(sorted, from, to);
    double mu = (edges[0] + edges[1]) / 2;
    int right = Sorted.atLeast(sorted, mu);
    int left = Sorted.above(sorted, mu);
    double rightRate = 0;
    double leftRate = 0;
    for (int i = 1; i < 20; i++) {
      double p = 5 * i / 100.0;
      double surprise = -Math.log(1 - p);
      if (right < sorted.length) {
        double above = Sorted.percentile(sorted, right, sorted.length, p) - mu;
        rightRate = Math.max(rightRate, surprise / above);
      }
      if (left > 0) {
        double below = Math.abs(Sorted.percentile(sorted, 0, left, 1 - p) - mu);
        leftRate = Math.max(leftRate, surprise / below);
      }
    }
    int rightCount = sorted.length - right;
    double share = (double) rightCount / (rightCount + left);
    MersenneTwister random = new MersenneTwister(SEED);
    draws = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      boolean positive = uniform(random) < share;
      double log = Math.log(1 - uniform(random));
      draws[i] = positive ? -log / rightRate + mu : mu + log / leftRate;
    }
  }

  /** As NumPy makes a double of two outputs: 27 and 26 bits. */
  private static double uniform(MersenneTwister random) {
    long high = random.nextInt() >>> 5;
    long low = random.nextInt() >>> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  /** The edges of the fullest of 1,000 bins over values [from, to), the first if several are. */
  private static double[] mode(double[] sorted, int from, int to) {
    double low = from < to ? sorted[from] : 0;
    double high = from < to ? sorted[to - 1] : 1;
    if (low == high) {
      low -= 0.5;
      high += 0.5;
    }
    double step = (high - low) / BINS;
    int[] count = new int[BINS];
    for (int i = from; i < to; i++) {
      int bin = Math.min(BINS - 1, (int) ((sorted[i] - low) / (high - low) * BINS));
      if (sorted[i] < low + bin * step) {
        bin--;
      } else if (bin < BINS - 1 && sorted[i] >= low + (bin + 1) * step) {
        bin++;
      }
      count[Math.max(0, bin)]++;
    }
    int best = 0;
    for (int b = 1; b < BINS; b++) {
      best = count[b] > count[best] ? b : best;
    }
    return new double[] {low + best * step, best == BINS - 1 ? high : low + (best + 1) * step};
  }

  /** Its draws, in their order. */
  double[] draws() {
    return draws;
  }
}
