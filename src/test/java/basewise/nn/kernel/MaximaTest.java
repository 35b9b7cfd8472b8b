package basewise.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.stats.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Against plain loops; small whole numbers, so that many are equal. */
class MaximaTest {
  @Test
  void theFirstOfTheLargest() {
    RandomGenerator random = Seeds.generator(13, 0);
    for (int n : new int[] {1, 3, 7, 8, 9, 15, 16, 17, 63, 64, 65, 128}) {
      for (int rows : new int[] {1, 2, 3, 4, 181}) {
        double[] x = new double[5 + rows * n];
        for (int i = 0; i < x.length; i++) {
          x[i] = random.nextInt(-6, 7);
        }
        int[] at = new int[n + 2];
        Maxima.find(x, 5, rows, n, at, 1);
        for (int c = 0; c < n; c++) {
          int best = 5 + c;
          for (int r = 1; r < rows; r++) {
            best = x[5 + r * n + c] > x[best] ? 5 + r * n + c : best;
          }
          assertThat(at[1 + c]).as("%d of %d rows of %d", c, rows, n).isEqualTo(best);
        }
        assertThat(at[0] + at[n + 1]).isZero();
      }
    }
  }
}
