package basewise.io;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as C's {@code printf} writes them with {@code %g}: the exact binary value rounded to some
 * significant digits, trailing zeros gone, an exponent of at least two digits when it is below -4
 * or not below the number of digits. Java's own {@code %g} differs in all three.
 */
public final class GFormat {
  private GFormat() {}

  /** C's {@code %g}: six significant digits. */
  public static String g(double x) {
    return g(x, 6);
  }

  /**
   * C's {@code %.Ng}.
   *
   * @param x any number; NaN is "nan", infinities are "inf" and "-inf"
   * @param digits significant digits, at least 1
   */
  public static String g(double x, int digits) {
    if (Double.isNaN(x)) {
      return "nan";
    }
    if (Double.isInfinite(x)) {
      return x > 0 ? "inf" : "-inf";
    }
    if (x == 0) {
      return 1 / x < 0 ? "-0" : "0";
    }
    BigDecimal rounded = new BigDecimal(x).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    BigDecimal bare = rounded.stripTrailingZeros();
    if (exponent >= -4 && exponent < digits) {
      return bare.toPlainString();
    }
    String all = bare.unscaledValue().abs().toString();
    StringBuilder text = new StringBuilder(x < 0 ? "-" : "");
    text.append(all.charAt(0));
    if (all.length() > 1) {
      text.append('.').append(all, 1, all.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    return text.append(size < 10 ? "0" : "").append(size).toString();
  }
}
