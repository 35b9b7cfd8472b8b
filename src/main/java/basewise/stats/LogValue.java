package basewise.stats;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A number &gt;= 0 kept as its decimal logarithm, so that p and E-values far below 1e-308 keep
 * their order and can be printed.
 *
 * @param log10 the decimal logarithm; negative infinity for zero
 */
public record LogValue(double log10) implements Comparable<LogValue> {
  private static final MathContext THREE = new MathContext(3);

  /** A value from the number itself. */
  public static LogValue of(double value) {
    return new LogValue(Math.log10(value));
  }

  /** A value from its natural logarithm. */
  public static LogValue ofLn(double ln) {
    return new LogValue(ln / Math.log(10));
  }

  /** This value times a positive number, as an E-value is a p-value times the tests made. */
  public LogValue times(double factor) {
    return new LogValue(log10 + Math.log10(factor));
  }

  /** The number itself; 0 if it is too small for a double. */
  public double value() {
    return Math.pow(10, log10);
  }

  /** The digits before the exponent, with three significant digits: 3.12 of 3.12e-450. */
  public String mantissa() {
    return split()[0];
  }

  /** The decimal exponent: -450 of 3.12e-450. */
  public int exponent() {
    return Integer.parseInt(split()[1]);
  }

  /** Whether the value is printed without an exponent: from 1e-4 up to below 1000, and zero. */
  public boolean isPlain() {
    return log10 == Double.NEGATIVE_INFINITY || (exponent() >= -4 && exponent() < 3);
  }

  @Override
  public int compareTo(LogValue other) {
    return Double.compare(log10, other.log10);
  }

  /**
   * Three significant digits without trailing zeros, as C's {@code %.3g}: 0.0123, 3.12e-450, 0; NaN
   * if it is not known.
   */
  @Override
  public String toString() {
    if (Double.isNaN(log10)) {
      return "NaN";
    }
    if (log10 == Double.NEGATIVE_INFINITY) {
      return "0";
    }
    String[] parts = split();
    int exponent = Integer.parseInt(parts[1]);
    if (isPlain()) {
      return strip(new BigDecimal(parts[0]).scaleByPowerOfTen(exponent));
    }
    String digits = Integer.toString(Math.abs(exponent));
    String padded = digits.length() < 2 ? "0" + digits : digits;
    return parts[0] + (exponent < 0 ? "e-" : "e+") + padded;
  }

  private String[] split() {
    if (Double.isInfinite(log10) || Double.isNaN(log10)) {
      return new String[] {"0", "0"};
    }
    int exponent = (int) Math.floor(log10);
    // Logarithms of round numbers end a few bits off; 12 digits first, then three.
    BigDecimal mantissa =
        new BigDecimal(Math.pow(10, log10 - exponent)).round(new MathContext(12)).round(THREE);
    if (mantissa.compareTo(BigDecimal.TEN) >= 0) {
      mantissa = mantissa.movePointLeft(1);
      exponent++;
    }
    return new String[] {strip(mantissa), Integer.toString(exponent)};
  }

  private static String strip(BigDecimal x) {
    return x.signum() == 0 ? "0" : x.stripTrailingZeros().toPlainString();
  }
}
