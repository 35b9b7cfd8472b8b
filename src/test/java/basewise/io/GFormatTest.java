package basewise.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GFormatTest {
  /** Expected strings: CPython 3.11.7, {@code '%g' % x} and {@code '%.3g' % x}. */
  @ParameterizedTest
  @CsvSource({
    "1e-4, 0.0001, 0.0001",
    "1e-5, 1e-05, 1e-05",
    "123456, 123456, 1.23e+05",
    "1234567, 1.23457e+06, 1.23e+06",
    "999999.5, 1e+06, 1e+06",
    "0.1, 0.1, 0.1",
    "0.3333333333333333, 0.333333, 0.333",
    "100000, 100000, 1e+05",
    "1e6, 1e+06, 1e+06",
    "5e-324, 4.94066e-324, 4.94e-324",
    "1.7976931348623157e308, 1.79769e+308, 1.8e+308",
    "2.5, 2.5, 2.5",
    "0.00012345675, 0.000123457, 0.000123",
    "-0.000033, -3.3e-05, -3.3e-05",
    "1e-100, 1e-100, 1e-100",
    "12345.65, 12345.6, 1.23e+04",
    "0, 0, 0",
    "-0.0, -0, -0",
    "NaN, nan, nan",
    "-Infinity, -inf, -inf"
  })
  void isPrintfs(double x, String g, String g3) {
    assertThat(GFormat.g(x)).isEqualTo(g);
    assertThat(GFormat.g(x, 3)).isEqualTo(g3);
  }
}
