package basewise.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShortNumbersTest {
  private static final double[] HARD = {
    0,
    -0.0,
    1,
    10,
    9.5,
    9.995,
    9.9949999,
    0.1,
    1e-5,
    1e-4,
    9.999e-5,
    9.995e-5,
    0.00012345,
    0.000123456,
    999999.5,
    1e6,
    1234565,
    1234575,
    123456.5,
    1e11,
    1e13,
    1e-13,
    1e-300,
    4.9e-324,
    0.5,
    0.25,
    2.5,
    0.125,
    1.005,
    1.0050000001,
    100.5,
    1005,
    1015,
    12.34565,
    12.34575,
    -18.75,
    9999995,
    99999.95,
    999.9995,
    Double.NaN,
    Double.POSITIVE_INFINITY
  };

  private static String g(double x, int digits) {
    Rows rows = new Rows(64);
    ShortNumbers.g(x, digits, rows);
    return rows.toString();
  }

  private static String score(double x) {
    Rows rows = new Rows(64);
    ShortNumbers.score(x, rows);
    return rows.toString();
  }

  private static void same(double x) {
    for (int digits = 1; digits <= 10; digits++) {
      assertThat(g(x, digits)).as("%s to %d", x, digits).isEqualTo(GFormat.g(x, digits));
    }
    assertThat(score(x)).as("score %s", x).isEqualTo(slow(x));
  }

  private static String slow(double x) {
    return Double.isFinite(x) ? GFormat.g(Double.parseDouble(GFormat.g(x, 10))) : GFormat.g(x);
  }

  @Test
  void equalsTheExactFormatter() {
    for (double x : HARD) {
      if (Double.isFinite(x)) {
        same(x);
        same(Math.nextUp(x));
        same(Math.nextDown(x));
      } else {
        assertThat(g(x, 3)).isEqualTo(GFormat.g(x, 3));
      }
    }
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      same((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-16, 14)));
      same(random.nextInt(-1_000_000, 1_000_000) / Math.pow(10, random.nextInt(0, 9)));
    }
  }

  @Test
  void hundredthsHaveTwoDecimals() {
    Rows rows = new Rows(64);
    for (long n : new long[] {0, 7, 10, 99, 100, 1806, 123_456_789}) {
      ShortNumbers.hundredths(n, rows);
      rows.put(' ');
    }
    assertThat(rows.toString()).isEqualTo("0.00 0.07 0.10 0.99 1.00 18.06 1234567.89 ");
  }

  @Test
  void wholeNumbersOfEveryLength() {
    for (int digits = 0; digits < 19; digits++) {
      long ten = (long) Math.pow(10, digits);
      for (long x : new long[] {ten - 1, ten, ten + 1, 7 * ten / 3, -ten}) {
        assertThat(new Rows(32).put(x).toString()).isEqualTo(Long.toString(x));
      }
    }
    assertThat(new Rows(32).put(Long.MAX_VALUE).toString()).isEqualTo("9223372036854775807");
    assertThat(new Rows(32).put(Long.MIN_VALUE).toString()).isEqualTo("-9223372036854775808");
  }
}
