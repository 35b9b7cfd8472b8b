package basewise.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorFunctionTest {
  /** Python 3.11's math.erfc. */
  @ParameterizedTest
  @CsvSource({
    "-9, 2.0",
    "-4.5, 1.999999999803384",
    "-2, 1.9953222650189528",
    "-0.47, 1.4937450508860821",
    "-0.3, 1.3286267594591274",
    "-1e-09, 1.0000000011283792",
    "0, 1.0",
    "0.2, 0.7772974107895215",
    "0.46875, 0.507386526782062",
    "0.469, 0.5071601050374204",
    "1, 0.15729920705028513",
    "2.5, 0.0004069520174449589",
    "4, 1.541725790028002e-08",
    "4.001, 1.5290782173248732e-08",
    "7, 4.183825607779414e-23",
    "13, 1.7395573154667246e-75",
    "26, 5.663192408856143e-296"
  })
  void complementIsPythons(double x, double y) {
    assertThat(ErrorFunction.complement(x)).isCloseTo(y, within(1e-15 * y));
  }

  /** Commons Math sums a series in the place of ratios of polynomials. */
  @Test
  void complementIsThatOfASeriesEverywhere() {
    for (int i = -700; i <= 700; i++) {
      double x = i / 100.0 + 1e-3;
      double y = Erf.erfc(x);
      assertThat(ErrorFunction.complement(x)).as("at " + x).isCloseTo(y, within(1e-13 * y));
    }
  }

  @Test
  void endsOfTheLine() {
    assertThat(ErrorFunction.complement(40)).isZero();
    assertThat(ErrorFunction.complement(Double.POSITIVE_INFINITY)).isZero();
    assertThat(ErrorFunction.complement(Double.NEGATIVE_INFINITY)).isEqualTo(2);
    assertThat(ErrorFunction.complement(Double.NaN)).isNaN();
  }
}
