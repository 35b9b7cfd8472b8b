package basewise.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against plain loops, for channels on both sides of a vector's lanes. */
class PooledNormTest {
  private static final float[] NONE = {};

  @ParameterizedTest
  @CsvSource({"1, 1, 5", "3, 3, 11", "4, 15, 9", "2, 16, 8", "3, 17, 3", "4, 33, 4"})
  void isThePlainLoop(int window, int channels, int length) {
    SplittableRandom random = new SplittableRandom(5);
    float[] y = normal(random, length * channels);
    float[] scale = normal(random, channels); // negative ones among them
    float[] shift = normal(random, channels);
    float[] mean = normal(random, channels);
    float[] slope = normal(random, channels);
    float[] offset = normal(random, channels);
    float[] tilt = normal(random, channels);
    int windows = length / window;
    float[] gradient = normal(random, windows * channels);
    PooledNorm norm = new PooledNorm(window, scale, shift);
    float[] out = new float[windows * channels + 1];
    float[] best = new float[windows * channels];
    norm.forward(y, 0, windows, out, 1, best, 0);
    float[] alone = new float[out.length];
    norm.forward(y, 0, windows, alone, 1, NONE, 0);
    assertThat(alone).isEqualTo(out);
    float[] sum = new float[channels];
    float[] product = new float[channels];
    norm.sums(windows, gradient, 0, best, 0, mean, sum, product);
    float[] dy = y.clone();
    norm.backward(dy, 0, length, gradient, 0, slope, offset, tilt, mean);

    for (int c = 0; c < channels; c++) {
      double sums = 0;
      double products = 0;
      for (int p = windows * window; p < length; p++) {
        int i = p * channels + c;
        assertThat((double) dy[i]).isCloseTo(plain(y, i, c, offset, tilt, mean), within(1e-5));
      }
      for (int w = 0; w < windows; w++) {
        int top = w * window;
        for (int p = top + 1; p < (w + 1) * window; p++) {
          top = value(y, p, c, scale, shift) > value(y, top, c, scale, shift) ? p : top;
        }
        double z = value(y, top, c, scale, shift);
        int o = w * channels + c;
        assertThat((double) out[1 + o]).isCloseTo(Math.max(z, 0), within(1e-5));
        assertThat(best[o]).isEqualTo(y[top * channels + c]);
        double g = z > 0 ? gradient[o] : 0;
        sums += g;
        products += g * (best[o] - mean[c]);
        for (int p = w * window; p < (w + 1) * window; p++) {
          int i = p * channels + c;
          double expected = plain(y, i, c, offset, tilt, mean) + (p == top ? g * slope[c] : 0);
          assertThat((double) dy[i]).isCloseTo(expected, within(1e-5));
        }
      }
      assertThat((double) sum[c]).isCloseTo(sums, within(1e-5));
      assertThat((double) product[c]).isCloseTo(products, within(1e-5));
    }
  }

  private static double value(float[] y, int p, int c, float[] scale, float[] shift) {
    return (double) y[p * scale.length + c] * scale[c] + shift[c];
  }

  private static double plain(float[] y, int i, int c, float[] offset, float[] tilt, float[] mean) {
    return offset[c] + (double) tilt[c] * (y[i] - mean[c]);
  }

  private static float[] normal(SplittableRandom random, int n) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }
}
