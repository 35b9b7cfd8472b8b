package basewise.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FalseDiscoveryTest {
  /** R 4: p.adjust(c(0.03, 0.01, 0.5, 0.03, 0.9), "BH"). */
  @Test
  void theRatesAreBenjaminiAndHochbergs() {
    double[] p = {0.03, 0.01, 0.5, 0.03, 0.9};
    double[] q = FalseDiscovery.logQvalues(Arrays.stream(p).map(Math::log).toArray());
    double[] expected = {0.05, 0.05, 0.625, 0.05, 0.9};
    for (int i = 0; i < p.length; i++) {
      assertThat(Math.exp(q[i])).isCloseTo(expected[i], within(1e-12));
    }
    assertThat(FalseDiscovery.logQvalues(new double[0])).isEmpty();
  }
}
