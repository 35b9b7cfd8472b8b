package basewise.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.stats.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Against plain loops, bit for bit. */
class SlopesTest {
  private static final int[] SIZES = {0, 1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 1000};

  @Test
  void relu() {
    RandomGenerator random = Seeds.generator(14, 0);
    for (int n : SIZES) {
      double[] out = values(n, random);
      double[] x = values(n, random);
      double[] found = values(n, random);
      double[] expected = found.clone();
      for (int i = 0; i < n; i++) {
        expected[i] += x[i] > 0 ? out[i] : 0;
      }
      Slopes.relu(out, x, found);
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void rescale() {
    RandomGenerator random = Seeds.generator(14, 1);
    for (int n : SIZES) {
      double[] out = values(n, random);
      double[] x = values(n, random);
      double[] r = values(n, random);
      for (int i = 0; i < n; i++) {
        r[i] = random.nextInt(4) == 0 ? x[i] + 1e-8 * random.nextInt(2) : r[i];
      }
      double[] y = values(n, random);
      double[] yr = values(n, random);
      double[] found = values(n, random);
      double[] expected = found.clone();
      for (int i = 0; i < n; i++) {
        double dx = x[i] - r[i];
        if (out[i] != 0) {
          expected[i] += out[i] * (Math.abs(dx) < 1e-6 ? 10 + r[i] : (y[i] - yr[i]) / dx);
        }
      }
      Slopes.rescale(out, x, r, y, yr, 1e-6, v -> 10 + v, found);
      assertThat(found).isEqualTo(expected);
    }
  }

  /** A third are zeros. */
  private static double[] values(int n, RandomGenerator random) {
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
    }
    return out;
  }
}
