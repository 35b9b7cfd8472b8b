package basewise.patterns.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the plain loops. */
class FitKernelTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 65})
  void correlatesAndSteps(int patterns) {
    Random random = new Random(patterns);
    int lanes = FitKernel.padded(patterns);
    int width = 1 + random.nextInt(12);
    int length = width + 9;
    float[] weights = numbers(random, 4 * width * lanes);
    float[] track = numbers(random, length);
    int[] code = random.ints(length, 0, 4).toArray();
    int[] row = new int[length];
    for (int i = 0; i < length; i++) {
      row[i] = code[i] * width * lanes;
    }
    float[] sums = new float[lanes + 3];
    FitKernel.correlate(track, row, 5, weights, lanes, width, sums, 3);
    for (int m = 0; m < lanes; m++) {
      double sum = 0;
      for (int w = 0; w < width; w++) {
        sum += track[5 + w] * weights[(code[5 + w] * width + w) * lanes + m];
      }
      assertThat(sums[3 + m]).isCloseTo((float) sum, within(1e-5f));
    }
    float[] scale = numbers(random, 2 * lanes);
    float[] limit = new float[lanes];
    java.util.Arrays.fill(limit, 0.4f);
    float[] coefficient = numbers(random, 2 * lanes);
    float[] ahead = numbers(random, 2 * lanes);
    float[] before = coefficient.clone();
    float[] start = ahead.clone();
    float[] dual = new float[lanes];
    float[] gradient = numbers(random, lanes);
    assertThat(
            FitKernel.step(
                gradient, lanes, scale, coefficient, ahead, limit, lanes, 0.5f, 0.25f, dual))
        .isTrue();
    for (int m = 0; m < lanes; m++) {
      int at = lanes + m;
      float g = gradient[m] * scale[at];
      float after = Math.max(0, start[at] + 0.5f * (g - 0.4f));
      assertThat(coefficient[at]).isCloseTo(after, within(1e-6f));
      assertThat(ahead[at]).isCloseTo(1.25f * after - 0.25f * before[at], within(1e-6f));
      assertThat(dual[m]).isCloseTo(Math.max(0, g / 0.4f), within(1e-6f));
      assertThat(coefficient[m]).isEqualTo(before[m]);
    }
    float[] zero = new float[lanes];
    assertThat(
            FitKernel.step(
                zero, 0, zero, zero.clone(), zero.clone(), limit, lanes, 1, 0, zero.clone()))
        .isFalse();
  }

  private static float[] numbers(Random random, int n) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }
}
