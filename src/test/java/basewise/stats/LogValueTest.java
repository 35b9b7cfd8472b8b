package basewise.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogValueTest {
  /** Right-hand sides are what C's {@code printf("%.3g")} prints for the left. */
  @ParameterizedTest
  @CsvSource({
    "0.05, 0.05",
    "0.00019, 0.00019",
    "0.0001, 0.0001",
    "1e-5, 1e-05",
    "9.996e-7, 1e-06",
    "3.124e-10, 3.12e-10",
    "1, 1",
    "3.4, 3.4",
    "999.6, 1e+03",
    "12345, 1.23e+04",
    "0, 0",
    "1e-300, 1e-300"
  })
  void printsThreeDigitsAsC(double value, String text) {
    assertThat(LogValue.of(value)).hasToString(text);
  }

  @Test
  void keepsWhatADoubleCannotHold() {
    // exp(-1000) = 5.0759588975494567...e-435
    LogValue tiny = LogValue.ofLn(-1000);
    assertThat(tiny).hasToString("5.08e-435");
    assertThat(tiny.value()).isZero();
    assertThat(tiny.times(100)).hasToString("5.08e-433");
    assertThat(tiny).isLessThan(LogValue.ofLn(-999));
    assertThat(tiny.exponent()).isEqualTo(-435);
    assertThat(tiny.mantissa()).isEqualTo("5.08");
  }

  @Test
  void saysWhenItIsNotKnown() {
    assertThat(new LogValue(Double.NaN)).hasToString("NaN");
  }
}
