package basewise.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private final double[] scores = new double[400];
  private final boolean[] positive = new boolean[400];

  BootstrapTest() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < scores.length; i++) {
      positive[i] = i < 200;
      scores[i] = random.nextGaussian() + (positive[i] ? 1 : 0);
    }
  }

  @Test
  void intervalIsAsWideAsTheory() {
    Estimate e = Bootstrap.auroc(scores, positive, 2000, 7);
    assertThat(e.value()).isEqualTo(Ranking.auroc(scores, positive));
    // Hanley and McNeil 1982: A = 0.76, 200 and 200 examples, standard error 0.0238.
    assertThat((e.high() - e.low()) / (2 * 1.96)).isCloseTo(0.0238, Assertions.within(0.003));
    assertThat(e.low()).isLessThan(e.value());
    assertThat(e).isEqualTo(Bootstrap.auroc(scores, positive, 2000, 7));
    assertThat(e).isNotEqualTo(Bootstrap.auroc(scores, positive, 2000, 8));
  }

  @Test
  void averagePrecisionSurroundsItsValue() {
    Estimate e = Bootstrap.auprc(scores, positive, 500, 7);
    assertThat(e.value()).isEqualTo(Ranking.auprc(scores, positive));
    assertThat(e.low()).isLessThan(e.value());
    assertThat(e.high()).isGreaterThan(e.value());
  }

  @Test
  void perfectScoresHaveNoWidth() {
    double[] s = {4, 3, 2, 1};
    boolean[] p = {true, true, false, false};
    assertThat(Bootstrap.auroc(s, p, 100, 1)).isEqualTo(new Estimate(1, 1, 1));
    assertThat(Bootstrap.auprc(s, p, 100, 1)).isEqualTo(new Estimate(1, 1, 1));
  }
}
