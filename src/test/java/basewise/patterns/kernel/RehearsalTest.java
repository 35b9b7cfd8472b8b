package basewise.patterns.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RehearsalTest {
  /** Vectors are faster than plain loops once Java has compiled them; then they are taken. */
  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void endsWithVectors() throws InterruptedException {
    Rehearsal.begin();
    while (!Rehearsal.over()) {
      Thread.sleep(20);
    }
    assertThat(PlainJaccard.suits(1)).isFalse();
  }
}
