package basewise.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  /** scipy.stats.spearmanr of SciPy 1.17.1 says the same; ties share ranks 2.5. */
  @Test
  void tiesShareTheirMeanRank() {
    double[] x = {1, 2, 2, 4, 5};
    double[] y = {5, 6, 7, 8, 7};
    // Ranks 1 2.5 2.5 4 5 and 1 2 3.5 5 3.5: 4 + 0.5 - 0.25 + 2 + 1 = 7.25 over 9.5.
    assertThat(RankCorrelation.spearman(x, y)).isCloseTo(7.25 / 9.5, within(1e-12));
    assertThat(RankCorrelation.spearman(x, x)).isCloseTo(1, within(1e-12));
  }

  @Test
  void nothingToRankIsNotANumber() {
    assertThat(RankCorrelation.spearman(new double[] {1, 1}, new double[] {1, 2})).isNaN();
    assertThat(RankCorrelation.spearman(new double[] {1}, new double[] {1})).isNaN();
    assertThat(RankCorrelation.spearman(new double[0], new double[0])).isNaN();
  }
}
