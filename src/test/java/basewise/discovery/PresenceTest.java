package basewise.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.stats.Hypergeometric;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private static final Hypergeometric TEST = new Hypergeometric(20);

  @Test
  void findsTheMostTellingThreshold() {
    // At 3: 4 of 4 against 0 of 4: p = 1 / C(8, 4) = 1 / 70; any other threshold tells less.
    Presence p = Presence.mostTelling(new float[] {5, 3, 4, 3}, new float[] {1, 2, 0, 2.5f}, TEST);
    assertThat(p.threshold()).isEqualTo(3);
    assertThat(p.positivesWith()).isEqualTo(4);
    assertThat(p.negativesWith()).isZero();
    assertThat(p.logPvalue()).isCloseTo(-Math.log(70), within(1e-12));
  }

  @Test
  void whatIsNotEnrichedSaysNothing() {
    Presence p = Presence.mostTelling(new float[] {1, 1}, new float[] {2, 2}, TEST);
    assertThat(p.logPvalue()).isZero();
    assertThat(p.positivesWith()).isZero();
  }

  @Test
  void foldsAddUp() {
    Presence a = Presence.at(1, new float[] {1, 0}, new float[] {0, 0}, TEST);
    Presence b = Presence.at(2, new float[] {2, 3}, new float[] {2, 0}, TEST);
    Presence sum = a.plus(b, TEST);
    assertThat(sum.positivesWith()).isEqualTo(3);
    assertThat(sum.negativesWith()).isEqualTo(1);
    // P(X >= 3), 4 positives and 4 negatives, 4 drawn: (16 + 1) / 70
    assertThat(sum.logPvalue()).isCloseTo(Math.log(17 / 70.0), within(1e-12));
  }
}
