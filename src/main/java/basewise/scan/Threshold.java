package basewise.scan;

import basewise.motif.ScaledMatrix;
import basewise.motif.ScoreDistribution;

/** Which scores are hits. */
public sealed interface Threshold {
  /** FIMO's default: p at most 1e-4. */
  Threshold DEFAULT = new PValue(1e-4);

  /** The smallest sum that is a hit, or maximum + 1. */
  int cutoff(ScaledMatrix matrix, ScoreDistribution distribution);

  /** P-values at most this. */
  record PValue(double p) implements Threshold {
    /** Refuses what is no probability. */
    public PValue {
      if (!(p > 0 && p <= 1)) {
        throw new IllegalArgumentException("not a p-value: " + p);
      }
    }

    @Override
    public int cutoff(ScaledMatrix matrix, ScoreDistribution distribution) {
      return distribution.cutoff(p);
    }
  }

  /** Scores of at least so many bits. */
  record Bits(double bits) implements Threshold {
    @Override
    public int cutoff(ScaledMatrix matrix, ScoreDistribution distribution) {
      return Math.max(0, matrix.sumOf(bits));
    }
  }
}
