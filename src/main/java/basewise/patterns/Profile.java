package basewise.patterns;

import basewise.patterns.kernel.JaccardKernel;

/**
 * Scores as similarities compare them: per position the hypothetical contributions of the four
 * letters and the contributions of the bases that are there, each of the two scaled so that its
 * absolute values add up to 1. Position-major, 8 numbers a position.
 */
final class Profile {
  /** Numbers a position. */
  static final int CHANNELS = JaccardKernel.CHANNELS;

  private Profile() {}

  /** Of a seqlet, as it is read. */
  static float[] of(ScoredSequences data, Seqlet s) {
    float[] out = joined(data.hypothetical(s), data.contributions(s));
    scale(out, 0);
    scale(out, 4);
    return out;
  }

  private static float[] joined(float[] hypothetical, float[] contributions) {
    float[] out = new float[2 * hypothetical.length];
    for (int i = 0; i < hypothetical.length; i += 4) {
      System.arraycopy(hypothetical, i, out, 2 * i, 4);
      System.arraycopy(contributions, i, out, 2 * i + 4, 4);
    }
    return out;
  }

  /** Of averages, each [length * 4]. */
  static float[] of(double[] hypothetical, double[] contributions) {
    float[] out = new float[2 * hypothetical.length];
    for (int i = 0; i < hypothetical.length; i++) {
      int at = i / 4 * CHANNELS + i % 4;
      out[at] = (float) hypothetical[i];
      out[at + 4] = (float) contributions[i];
    }
    scale(out, 0);
    scale(out, 4);
    return out;
  }

  private static void scale(float[] numbers, int channel) {
    double sum = 0;
    for (int i = channel; i < numbers.length; i += CHANNELS) {
      for (int c = 0; c < 4; c++) {
        sum += Math.abs(numbers[i + c]);
      }
    }
    if (sum == 0) {
      return;
    }
    for (int i = channel; i < numbers.length; i += CHANNELS) {
      for (int c = 0; c < 4; c++) {
        numbers[i + c] = (float) (numbers[i + c] / sum);
      }
    }
  }
}
