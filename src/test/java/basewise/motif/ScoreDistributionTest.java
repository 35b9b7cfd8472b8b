package basewise.motif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScoreDistributionTest {
  /** One base likely in each of two columns. */
  private static ScaledMatrix matrix() {
    ProbabilityMatrix p =
        new ProbabilityMatrix(new double[][] {{0.7, 0.1, 0.1, 0.1}, {0.1, 0.1, 0.1, 0.7}});
    return ScaledMatrix.of(Motif.of("m", "", p), ScaledMatrix.FIMO_PSEUDOCOUNT, Background.UNIFORM);
  }

  @Test
  void chancesOfTwoColumnsByHand() {
    ScaledMatrix m = matrix();
    ScoreDistribution d = ScoreDistribution.of(m, Background.UNIFORM);
    int best = m.at(0, 0) + m.at(1, 3);
    int middle = m.at(0, 0) + m.at(1, 0);
    assertThat(d.maximum()).isEqualTo(best);
    // One window of 16 is the best, 6 more have one of the two bases.
    assertThat(d.pvalue(best)).isEqualTo(1 / 16.0);
    assertThat(d.pvalue(middle)).isEqualTo(7 / 16.0);
    assertThat(d.pvalue(middle + 1)).isEqualTo(1 / 16.0);
    assertThat(d.pvalue(0)).isEqualTo(1);
    assertThat(d.pvalue(best + 1)).isZero();
    assertThat(d.cutoff(0.1)).isEqualTo(best);
    assertThat(d.cutoff(0.5)).isEqualTo(middle);
    assertThat(d.cutoff(0.01)).isEqualTo(best + 1);
  }

  @Test
  void highSumsAloneAreTheSame() {
    ScaledMatrix m = matrix();
    ScoreDistribution d = ScoreDistribution.of(m, Background.UNIFORM);
    int middle = m.at(0, 0) + m.at(1, 0);
    ScoreDistribution high = d.above(middle);
    for (int s = middle; s <= d.maximum() + 1; s++) {
      assertThat(high.pvalue(s)).isEqualTo(d.pvalue(s));
    }
    for (double p : new double[] {0.01, 1 / 16.0, 0.4}) {
      assertThat(high.cutoff(p)).isEqualTo(d.cutoff(p));
    }
    assertThat(high.maximum()).isEqualTo(d.maximum());
    assertThat(d.above(0)).isEqualTo(d);
    assertThatThrownBy(() -> high.pvalue(middle - 1)).hasMessageContaining("those kept begin at");
    assertThatThrownBy(() -> high.cutoff(0.9)).hasMessageContaining("below a p-value of 0.9");
    ScoreDistribution none = d.above(d.maximum() + 1);
    assertThat(none.pvalue(d.maximum() + 1)).isZero();
  }
}
