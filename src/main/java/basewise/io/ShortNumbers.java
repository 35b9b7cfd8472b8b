package basewise.io;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * {@link GFormat}'s text of a double at the cost of a few multiplications: the number is scaled in
 * double arithmetic, whose error is far below the distance to the nearest tie; where it is not, or
 * the power of ten is not an exact double, the exact binary value is rounded.
 */
public final class ShortNumbers {
  /** Room a number takes at most. */
  public static final int ROOM = 24;

  private static final int EXACT = 22;
  private static final double[] POWER = new double[EXACT + 1];
  private static final long[] WHOLE = new long[11];

  static {
    for (int i = 0; i < POWER.length; i++) {
      POWER[i] = Double.parseDouble("1e" + i); // exact up to 1e22
    }
    WHOLE[0] = 1;
    for (int i = 1; i < WHOLE.length; i++) {
      WHOLE[i] = 10 * WHOLE[i - 1];
    }
  }

  /** Relative error of one multiplication or division, times 8. */
  private static final double SLACK = 1e-15;

  private static final int SHIFT = 10;
  private static final int BIAS = 512;

  private ShortNumbers() {}

  /** C's {@code %.Ng}, at most 10 digits. */
  public static void g(double x, int digits, Rows out) {
    if (x == 0 || !Double.isFinite(x)) {
      out.put(GFormat.g(x, digits).getBytes(StandardCharsets.US_ASCII));
    } else {
      write(x < 0, decimal(x, digits), digits, out);
    }
  }

  /**
   * A score as FIMO prints it: rounded to 10 significant digits, that number's nearest double
   * printed with {@code %g}.
   */
  public static void score(double x, Rows out) {
    if (x == 0 || !Double.isFinite(x)) {
      g(x, 6, out);
    } else {
      write(x < 0, scoreDecimal(x), 6, out);
    }
  }

  /** With two decimals; x is at least 0 and below 1e13. */
  public static void hundredths(long n, Rows out) {
    int rest = (int) (n % 100);
    out.put(n / 100).put('.').put((char) ('0' + rest / 10)).put((char) ('0' + rest % 10));
  }

  /** The digits of a decimal of {@link #decimal}, without the point. */
  public static long number(long decimal) {
    return decimal >> SHIFT;
  }

  /** The power of ten of its first digit. */
  public static int exponent(long decimal) {
    return (int) (decimal & (1 << SHIFT) - 1) - BIAS;
  }

  /** Digits and power of ten in one number. */
  public static long decimal(long number, int exponent) {
    return number << SHIFT | exponent + BIAS;
  }

  /** |x|, finite and not 0, rounded to significant digits. */
  public static long decimal(double x, int digits) {
    double size = Math.abs(x);
    if (size >= 1e-22 && size < 1e22) {
      int e = floorLog10(size);
      int shift = digits - 1 - e;
      if (Math.abs(shift) <= EXACT) {
        double scaled = shift >= 0 ? size * POWER[shift] : size / POWER[-shift];
        double floor = Math.floor(scaled);
        double rest = scaled - floor;
        if (Math.abs(rest - 0.5) > SLACK * scaled && floor >= WHOLE[digits - 1]) {
          return carried((long) floor + (rest > 0.5 ? 1 : 0), e, digits);
        }
      }
    }
    BigDecimal exact = new BigDecimal(size).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int e = exact.precision() - exact.scale() - 1;
    return decimal(exact.scaleByPowerOfTen(digits - 1 - e).longValueExact(), e);
  }

  /** |x| in 6 digits as {@link #score} says. */
  public static long scoreDecimal(double x) {
    long ten = decimal(x, 10);
    long n = number(ten);
    long rest = n % 10_000;
    if (rest == 5000) {
      return decimal(Double.parseDouble(GFormat.g(Math.abs(x), 10)), 6);
    }
    return carried(n / 10_000 + (rest > 5000 ? 1 : 0), exponent(ten), 6);
  }

  private static long carried(long n, int e, int digits) {
    return n == WHOLE[digits] ? decimal(n / 10, e + 1) : decimal(n, e);
  }

  private static int floorLog10(double size) {
    int e = 0;
    if (size >= 1) {
      while (e < EXACT && size >= POWER[e + 1]) {
        e++;
      }
    } else {
      while (-e < EXACT && size * POWER[-e] < 1) {
        e--;
      }
    }
    return e;
  }

  /** A decimal of so many digits as {@code %g} writes it. */
  public static void write(boolean minus, long decimal, int digits, Rows out) {
    long n = number(decimal);
    int e = exponent(decimal);
    if (minus) {
      out.put('-');
    }
    int kept = digits;
    while (kept > 1 && n % 10 == 0) {
      n /= 10;
      kept--;
    }
    if (e < -4 || e >= digits) {
      digits(n, kept, 1, out);
      out.put('e').put(e < 0 ? '-' : '+');
      int size = Math.abs(e);
      if (size < 10) {
        out.put('0');
      }
      out.put((long) size);
    } else if (e < 0) {
      out.put('0').put('.');
      for (int i = -1; i > e; i--) {
        out.put('0');
      }
      out.put(n);
    } else {
      digits(n, kept, e + 1, out);
    }
  }

  /** The digits of n with a point after some of them; zeros where there are more before it. */
  private static void digits(long n, int count, int beforePoint, Rows out) {
    if (count <= beforePoint) {
      out.put(n * WHOLE[beforePoint - count]);
      return;
    }
    int below = (int) WHOLE[count - beforePoint];
    if (n <= Integer.MAX_VALUE) { // int division is several times as fast
      int whole = (int) n / below;
      out.put((long) whole).put('.').padded((int) n - whole * below, count - beforePoint);
    } else {
      long whole = n / below;
      out.put(whole).put('.').padded((int) (n - whole * below), count - beforePoint);
    }
  }
}
