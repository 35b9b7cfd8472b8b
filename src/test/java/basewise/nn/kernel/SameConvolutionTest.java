package basewise.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against plain loops over sequences, positions, columns, channels and filters, in double. */
class SameConvolutionTest {
  @ParameterizedTest
  @CsvSource({
    "3, 9, 4, 5, 5, 1",
    "3, 9, 4, 5, 1, 1",
    "2, 3, 4, 70, 7, 1", // wider than the sequence; filters in two tasks
    "4, 13, 100, 6, 5, 1", // the weights' gradient in two tasks of rows
    "2, 11, 3, 5, 3, 4",
    "2, 6, 3, 5, 3, 8", // only the middle column ever meets the sequence
    "1, 33, 2, 17, 5, 3",
    "3, 40, 18, 20, 7, 1" // wide enough for transforms
  })
  void isThePlainLoop(int n, int length, int channels, int filters, int width, int dilation) {
    SplittableRandom random = new SplittableRandom(1);
    float[] weights = normal(random, width * channels * filters);
    float[] bias = normal(random, filters);
    SameConvolution convolution =
        new SameConvolution(channels, filters, width, dilation, weights, bias);
    Batched at = convolution.layout(length);
    float[] x = laidOut(random, at, n, channels);
    float[] dy = laidOut(random, at, n, filters);

    float[] y = new float[at.rows(n) * filters];
    Arrays.fill(y, Float.NaN);
    for (int s = 0; s < n; s += 2) {
      convolution.forward(x, y, length, s, Math.min(n, s + 2));
    }
    double[] expected = new double[y.length];
    double[] dx = new double[x.length];
    double[] dw = new double[weights.length];
    for (int s = 0; s < n; s++) {
      for (int p = 0; p < length; p++) {
        for (int f = 0; f < filters; f++) {
          int out = (at.row(s) + p) * filters + f;
          expected[out] = bias[f];
          for (int j = 0; j < width; j++) {
            int q = p + (j - (width - 1) / 2) * dilation;
            for (int c = 0; q >= 0 && q < length && c < channels; c++) {
              int in = (at.row(s) + q) * channels + c;
              int w = (j * channels + c) * filters + f;
              expected[out] += (double) weights[w] * x[in];
              dx[in] += (double) weights[w] * dy[out];
              dw[w] += (double) x[in] * dy[out];
            }
          }
        }
      }
    }
    same(y, expected, at, n, filters);
    SameConvolution prepared = convolution.prepared(length);
    assertThat(prepared == convolution).isEqualTo(channels < 16 || filters < 16 || width < 7);
    Arrays.fill(y, Float.NaN);
    prepared.forward(x, y, length, 0, n);
    same(y, expected, at, n, filters);
    float[] back = new float[x.length];
    convolution.adjoint().forward(dy, back, length, 0, n);
    same(back, dx, at, n, channels);
    float[] gradient = new float[weights.length];
    Arrays.fill(gradient, Float.NaN);
    for (int t = 0; t < convolution.weightTasks(); t++) {
      convolution.weightGradient(t, x, dy, length, n, gradient);
    }
    for (int i = 0; i < dw.length; i++) {
      assertThat((double) gradient[i]).isCloseTo(dw[i], within(1e-4));
    }
  }

  private static void same(float[] ours, double[] expected, Batched at, int n, int channels) {
    for (int s = 0; s < n; s++) {
      int from = at.row(s) * channels;
      for (int i = from; i < from + at.length() * channels; i++) {
        assertThat((double) ours[i]).isCloseTo(expected[i], within(1e-4));
      }
    }
  }

  /** Random numbers where sequences are, zeros in the gaps. */
  private static float[] laidOut(SplittableRandom random, Batched at, int n, int channels) {
    float[] out = new float[at.rows(n) * channels];
    for (int s = 0; s < n; s++) {
      float[] values = normal(random, at.length() * channels);
      System.arraycopy(values, 0, out, at.row(s) * channels, values.length);
    }
    return out;
  }

  private static float[] normal(SplittableRandom random, int n) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }
}
