package basewise.motif.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as motif files hold them. */
final class Rounding {
  private Rounding() {}

  /**
   * Frequencies rounded to some decimals such that the decimals sum to exactly 1: each is cut, and
   * what is missing goes to the largest remainders (ties to the first).
   */
  static double[] toOne(double[] frequencies, int digits) {
    double unit = Math.pow(10, digits);
    long[] whole = new long[frequencies.length];
    double[] rest = new double[frequencies.length];
    long missing = (long) unit;
    for (int i = 0; i < whole.length; i++) {
      double scaled = frequencies[i] * unit;
      // A decimal read back is a hair below or above itself: it must not lose a unit for that.
      long nearest = Math.round(scaled);
      whole[i] = Math.abs(scaled - nearest) < 1e-3 ? nearest : (long) Math.floor(scaled);
      rest[i] = scaled - whole[i];
      missing -= whole[i];
    }
    for (; missing != 0; missing -= Long.signum(missing)) {
      int best = -1;
      for (int i = 0; i < rest.length; i++) {
        boolean may = missing > 0 || whole[i] > 0;
        if (may && (best < 0 || (missing > 0 ? rest[i] > rest[best] : rest[i] < rest[best]))) {
          best = i;
        }
      }
      whole[best] += Long.signum(missing);
      rest[best] -= Long.signum(missing);
    }
    double[] out = new double[whole.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = whole[i] / unit;
    }
    return out;
  }

  /** With that many decimals. */
  static String fixed(double x, int digits) {
    return BigDecimal.valueOf(x).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** With at most that many decimals, without trailing zeros. */
  static String plain(double x, int digits) {
    BigDecimal rounded =
        BigDecimal.valueOf(x).setScale(digits, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.toBigInteger().toString() : rounded.toPlainString();
  }

  /** The shortest decimal that reads back as the same number: 0, 12, 0.5, 4.1e-9. */
  static String shortest(double x) {
    if (x == Math.rint(x) && Math.abs(x) < 1e15) {
      return Long.toString((long) x);
    }
    return Double.toString(x).toLowerCase(Locale.ROOT);
  }
}
