package basewise.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  /** scipy.stats.spearmanr of SciPy 1.17.1 says the same; ties share ranks 2.5. */
  @Test
  void tiesShareTheirMeanRank() {
    float[] x = {1, 2, 2, 4, 5};
    float[] y = {5, 6, 7, 8, 7};
    // Ranks 1 2.5 2.5 4 5 and 1 2 3.5 5 3.5: 4 + 0.5 - 0.25 + 2 + 1 = 7.25 over 9.5.
    assertThat(RankCorrelation.spearman(x, y, 5)).isCloseTo(7.25 / 9.5, within(1e-12));
    assertThat(RankCorrelation.spearman(x, x, 5)).isCloseTo(1, within(1e-12));
  }

  /** Whatever the order and the signs, and however many there is room for; ranks by hand. */
  @Test
  void fallingAndNegativeNumbers() {
    float[] falling = {3, 3, -0f, 0f, -2, 9};
    float[] mixed = {-1, -5, 7, 2, 2, 9};
    // Ranks 4.5 4.5 2.5 2.5 1 and 2 1 5 3.5 3.5: -1.5 - 3 - 1 - 0.25 - 1 = -6.75 over 9, 9.5.
    assertThat(RankCorrelation.spearman(falling, mixed, 5))
        .isCloseTo(-6.75 / Math.sqrt(9 * 9.5), within(1e-12));
    assertThat(RankCorrelation.spearman(mixed, falling, 5))
        .isEqualTo(RankCorrelation.spearman(falling, mixed, 5));
  }

  /** Many are sorted another way: ranks are how many are less, and half of the others alike. */
  @Test
  void manyNumbersWithTies() {
    Random random = new Random(7);
    int n = 400;
    float[] x = new float[n];
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (random.nextInt(101) - 50) / 8f;
      y[i] = i % 3 == 0 ? x[i] : random.nextFloat(-1e-3f, 1e3f);
    }
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < n; i++) {
      double a = rank(x, i) - (n - 1) / 2.0;
      double b = rank(y, i) - (n - 1) / 2.0;
      ab += a * b;
      aa += a * a;
      bb += b * b;
    }
    assertThat(RankCorrelation.spearman(x, y, n)).isCloseTo(ab / Math.sqrt(aa * bb), within(1e-12));
  }

  private static double rank(float[] x, int of) {
    double rank = -0.5;
    for (float other : x) {
      rank += other < x[of] ? 1 : other == x[of] ? 0.5 : 0;
    }
    return rank;
  }

  @Test
  void nothingToRankIsNotANumber() {
    assertThat(RankCorrelation.spearman(new float[] {1, 1}, new float[] {1, 2}, 2)).isNaN();
    assertThat(RankCorrelation.spearman(new float[] {1}, new float[] {1}, 1)).isNaN();
    assertThat(RankCorrelation.spearman(new float[0], new float[0], 0)).isNaN();
  }
}
