package basewise.attribution;

import basewise.sequence.Dna;

/** Sums over scores [position][base] that several methods share. */
final class Scores {
  private static final int BASES = Dna.N;

  private Scores() {}

  /** An answer that promises nothing about its sum. */
  static Attribution plain(double[] scores) {
    return Found.plain(scores).attribution();
  }

  /** Minus the mean over the four letters, in place; N stays 0. */
  static double[] centred(double[] scores) {
    for (int i = 0; i < scores.length; i += BASES) {
      double mean = 0;
      for (int c = 0; c < BASES; c++) {
        mean += scores[i + c] / BASES;
      }
      for (int c = 0; c < BASES; c++) {
        scores[i + c] -= mean;
      }
    }
    return scores;
  }

  /**
   * Adds what every letter would contribute against a reference: h[c] = m[c] - sum over c' of r[c']
   * m[c'].
   *
   * @param multipliers m
   * @param reference r
   */
  static void addHypothetical(double[] sum, double[] multipliers, double[] reference) {
    for (int i = 0; i < sum.length; i += BASES) {
      double base = 0;
      for (int c = 0; c < BASES; c++) {
        base += reference[i + c] * multipliers[i + c];
      }
      for (int c = 0; c < BASES; c++) {
        sum[i + c] += multipliers[i + c] - base;
      }
    }
  }

  /** Scores of positions, each on the base that is there. */
  static double[] onBases(double[] positions, byte[] codes) {
    double[] out = new double[codes.length * BASES];
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] != Dna.N) {
        out[i * BASES + codes[i]] = positions[i];
      }
    }
    return out;
  }

  static double[] divide(double[] sum, double n) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= n;
    }
    return sum;
  }

  static float[] floats(double[] x) {
    float[] out = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = (float) x[i];
    }
    return out;
  }
}
