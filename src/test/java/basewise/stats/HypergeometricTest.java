package basewise.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.junit.jupiter.api.Test;

class HypergeometricTest {
  @Test
  void agreesWithCommonsMath() {
    Hypergeometric test = new Hypergeometric(90);
    for (int hits = 0; hits <= 40; hits += 5) {
      for (int misses = 0; misses <= 50; misses += 7) {
        double p =
            new HypergeometricDistribution(90, 40, hits + misses).upperCumulativeProbability(hits);
        assertThat(Math.exp(test.logUpperTail(hits, 40, misses, 50)))
            .as("%d of 40, %d of 50", hits, misses)
            .isCloseTo(p, within(1e-9 * p + 1e-15));
      }
    }
  }

  @Test
  void keepsItsOrderFarBelowTheSmallestDouble() {
    // All 30,000 of 30,000 and none of 30,000: 1 / C(60000, 30000); ln by Stirling's series
    double n = 30_000;
    double expected = -(2 * n * Math.log(2) - 0.5 * Math.log(Math.PI * n) - 1 / (8 * n));
    double p = new Hypergeometric(60_000).logUpperTail(30_000, 30_000, 0, 30_000);
    assertThat(p).isCloseTo(expected, within(1e-6));
  }
}
