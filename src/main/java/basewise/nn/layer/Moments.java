package basewise.nn.layer;

import java.util.Arrays;

/** Sums over positions and sequences, per channel; sequences are added in their order. */
final class Moments {
  private Moments() {}

  /** Sums of [positions][channels] from {@code at} on. */
  static void sum(float[] y, int at, int positions, float[] sum) {
    int channels = sum.length;
    Arrays.fill(sum, 0);
    for (int p = 0; p < positions; p++) {
      int from = at + p * channels;
      for (int c = 0; c < channels; c++) {
        sum[c] += y[from + c];
      }
    }
  }

  /**
   * Mean and sum of squared deviations from it of [positions][channels] from {@code at} on.
   *
   * @param mean [channels] is overwritten
   * @param squares [channels] is overwritten
   */
  static void of(float[] y, int at, int positions, float[] mean, float[] squares) {
    int channels = mean.length;
    sum(y, at, positions, mean);
    for (int c = 0; c < channels; c++) {
      mean[c] /= positions;
    }
    Arrays.fill(squares, 0);
    for (int p = 0; p < positions; p++) {
      int from = at + p * channels;
      for (int c = 0; c < channels; c++) {
        float d = y[from + c] - mean[c];
        squares[c] += d * d;
      }
    }
  }

  /**
   * Mean and (biased) variance of all sequences together (Chan, Golub and LeVeque 1983).
   *
   * @param mean [sequence][channels]
   * @param squares [sequence][channels]
   * @param positions per sequence
   * @param all [channels] is overwritten with the mean
   * @return the variance
   */
  static float[] pooled(float[][] mean, float[][] squares, int positions, float[] all) {
    int n = mean.length;
    float[] variance = new float[all.length];
    for (int c = 0; c < all.length; c++) {
      double sum = 0;
      for (float[] each : mean) {
        sum += each[c];
      }
      double centre = sum / n;
      double square = 0;
      for (int s = 0; s < n; s++) {
        double d = mean[s][c] - centre;
        square += squares[s][c] + d * d * positions;
      }
      all[c] = (float) centre;
      variance[c] = (float) (square / ((double) n * positions));
    }
    return variance;
  }

  /** The sum over sequences, per channel. */
  static float[] total(float[][] each) {
    float[] out = new float[each[0].length];
    for (int c = 0; c < out.length; c++) {
      double sum = 0;
      for (float[] one : each) {
        sum += one[c];
      }
      out[c] = (float) sum;
    }
    return out;
  }
}
