package basewise.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.stats.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions through transforms against plain loops in doubles. */
class SpectralConvolutionTest {
  /**
   * Sums of 100 to 3,300 products of size 1: 2e-6 of their standard deviation is their rounding.
   */
  private static final double ALLOWED = 2e-5;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 3, 5, 0, 0",
    "5, 3, 4, 9, 20, 1, 2",
    "16, 15, 6, 13, 40, 2, 3",
    "17, 33, 7, 23, 50, 3, 3",
    "63, 64, 5, 7, 9, 4, 0",
    "65, 31, 11, 35, 200, 5, 5",
    "300, 200, 11, 47, 60, 5, 5"
  })
  void sequences(
      int channels, int filters, int width, int points, int length, int left, int right) {
    RandomGenerator random = Seeds.generator(21, points);
    float[] weights = numbers(width * channels * filters, random);
    float[] start = numbers(filters, random);
    SpectralConvolution spectral =
        new SpectralConvolution(channels, filters, width, points, weights);
    int positions = length + left + right - width + 1;
    int n = 3;
    float[] x = numbers(n * length * channels, random);
    float[] y = numbers(n * positions * filters, random);
    float[] before = y.clone();
    SpectralWindows windows = new SpectralWindows();
    for (int s = 0; s < n; s++) {
      spectral.sequence(
          windows, s * length * channels, length, left, s * positions * filters, positions);
    }
    spectral.run(windows, x, y, start);
    double unit = ALLOWED * Math.sqrt(width * channels);
    for (int i = 0; i < y.length; i++) {
      int f = i % filters;
      int p = i / filters % positions;
      int at = i / filters / positions * length * channels;
      double sum = sum(x, at, length, channels, weights, filters, f, width, p - left);
      assertThat((double) y[i]).isCloseTo(start[f] + sum, within(unit));
      y[i] = before[i];
    }
    spectral.run(windows, x, y, null);
    for (int i = 0; i < y.length; i++) {
      int f = i % filters;
      int p = i / filters % positions;
      int at = i / filters / positions * length * channels;
      double sum = sum(x, at, length, channels, weights, filters, f, width, p - left);
      assertThat((double) y[i]).isCloseTo(before[i] + sum, within(unit));
    }
  }

  /** Rows that are the only ones not zero: every output that reads one of them. */
  @ParameterizedTest
  @CsvSource({"20, 18, 11, 17, 7", "20, 18, 11, 17, 3", "33, 40, 6, 13, 8", "16, 16, 7, 11, 5"})
  void allOutputsOfAWindow(int channels, int filters, int width, int points, int rows) {
    RandomGenerator random = Seeds.generator(22, points);
    float[] weights = numbers(width * channels * filters, random);
    float[] x = numbers(rows * channels, random);
    SpectralConvolution spectral =
        new SpectralConvolution(channels, filters, width, points, weights);
    int outputs = rows + width - 1;
    float[] y = new float[outputs * filters];
    SpectralWindows windows = new SpectralWindows();
    windows.add((1 - width) * channels, width - 1, width - 1 + rows, 0, 0, outputs);
    spectral.run(windows, x, y, null);
    for (int i = 0; i < y.length; i++) {
      int first = i / filters - width + 1;
      double sum = sum(x, 0, rows, channels, weights, filters, i % filters, width, first);
      assertThat((double) y[i]).isCloseTo(sum, within(ALLOWED * Math.sqrt(width * channels)));
    }
  }

  private static double sum(
      float[] x,
      int at,
      int length,
      int channels,
      float[] weights,
      int filters,
      int f,
      int width,
      int first) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      for (int c = 0; first + j >= 0 && first + j < length && c < channels; c++) {
        double v = x[at + (first + j) * channels + c];
        sum += v * weights[(j * channels + c) * filters + f];
      }
    }
    return sum;
  }

  @Test
  void windowsThatTakeTheFewestProducts() {
    // Five rows reach 15 outputs. Loops over odd N to 47 in Python: 1.25 (3 N - 1) / 2 times
    // ceil(200 / (N - width + 1)) windows.
    assertThat(SpectralSizes.best(11, 200)).isEqualTo(45);
    assertThat(SpectralSizes.best(3, 200)).isEqualTo(27);
    assertThat(SpectralSizes.best(1, 200)).isZero();
    assertThat(SpectralSizes.around(11, 7)).isEqualTo(17);
    assertThat(SpectralSizes.around(11, 5)).isEqualTo(15);
    assertThat(SpectralSizes.around(11, 1)).isZero();
  }

  private static float[] numbers(int n, RandomGenerator random) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }
}
