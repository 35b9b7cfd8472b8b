package basewise.scan.output;

import basewise.io.GFormat;
import java.nio.charset.StandardCharsets;

/**
 * {@link GFormat}'s text of a double at the cost of a few multiplications: the number is scaled in
 * double arithmetic, whose error is far below the distance to the nearest tie; where it is not, or
 * the number is too small or too large for an exact power of ten, {@link GFormat} is asked.
 */
final class ShortNumbers {
  private static final double[] POWER = new double[23];
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

  /** Room a number takes at most. */
  static final int ROOM = 24;

  /** Relative error of one multiplication or division, times 8. */
  private static final double SLACK = 1e-15;

  private ShortNumbers() {}

  /** C's {@code %.Ng}, at most 10 digits. */
  static void g(double x, int digits, Rows out) {
    double size = Math.abs(x);
    int exponent = exponent(size);
    long n = exponent == NONE ? -1 : significant(size, exponent, digits);
    if (n < 0) {
      out.put(GFormat.g(x, digits).getBytes(StandardCharsets.US_ASCII));
    } else {
      write(x < 0, n, exponent, digits, out);
    }
  }

  /**
   * A score as FIMO prints it: rounded to 10 significant digits, that number's nearest double
   * printed with {@code %g}.
   */
  static void score(double x, Rows out) {
    double size = Math.abs(x);
    int exponent = exponent(size);
    long ten = exponent == NONE ? -1 : significant(size, exponent, 10);
    long rest = ten % 10_000;
    if (ten < 0 || ten == WHOLE[10] || rest == 5000) {
      double rounded = Double.parseDouble(GFormat.g(x, 10));
      out.put(GFormat.g(rounded).getBytes(StandardCharsets.US_ASCII));
    } else {
      write(x < 0, ten / 10_000 + (rest > 5000 ? 1 : 0), exponent, 6, out);
    }
  }

  /** With a fixed number of decimals, 0 to 6, half to even as the double has it; |x| below 1e9. */
  static void fixed(double x, int decimals, Rows out) {
    long n = (long) Math.rint(Math.abs(x) * POWER[decimals]);
    if (x < 0 && n > 0) {
      out.put('-');
    }
    out.put(n / WHOLE[decimals]);
    if (decimals > 0) {
      out.put('.');
      long rest = n % WHOLE[decimals];
      for (int i = decimals - 1; i >= 0; i--) {
        out.put((char) ('0' + rest / WHOLE[i] % 10));
      }
    }
  }

  private static final int NONE = Integer.MIN_VALUE;

  /** floor(log10(size)), or NONE where powers of ten are not exact. */
  private static int exponent(double size) {
    if (!(size >= 1e-12 && size < 1e12)) {
      return NONE;
    }
    if (size >= 1) {
      int e = 0;
      while (size >= POWER[e + 1]) {
        e++;
      }
      return e;
    }
    int e = -1;
    while (size * POWER[-e] < 1) {
      e--;
    }
    return e;
  }

  /** The digits as a whole number, 10^digits where it rounds up to one more; -1 if in doubt. */
  private static long significant(double size, int exponent, int digits) {
    int shift = digits - 1 - exponent;
    double scaled = shift >= 0 ? size * POWER[shift] : size / POWER[-shift];
    double floor = Math.floor(scaled);
    double rest = scaled - floor;
    double error = SLACK * scaled;
    if (Math.abs(rest - 0.5) <= error || floor < WHOLE[digits - 1]) {
      return -1;
    }
    return (long) floor + (rest > 0.5 ? 1 : 0);
  }

  private static void write(boolean minus, long number, int exponent, int digits, Rows out) {
    long n = number;
    int e = exponent;
    if (n == WHOLE[digits]) {
      n /= 10;
      e++;
    }
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
      out.put(size);
    } else if (e < 0) {
      out.put('0').put('.');
      for (int i = -1; i > e; i--) {
        out.put('0');
      }
      digits(n, kept, kept, out);
    } else {
      digits(n, kept, e + 1, out);
    }
  }

  /** The digits of n with a point after some of them; zeros where there are more before it. */
  private static void digits(long n, int count, int beforePoint, Rows out) {
    for (int i = 0; i < count; i++) {
      if (i == beforePoint) {
        out.put('.');
      }
      out.put((char) ('0' + n / WHOLE[count - 1 - i] % 10));
    }
    for (int i = count; i < beforePoint; i++) {
      out.put('0');
    }
  }
}
