package basewise.genome;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns letters into base codes eight at a time. Of the letters A, C, G and T in either case, bits
 * 1 to 3 give the code: {@code (b >> 1 ^ b >> 2) & 3}; the letters the codes would have are made
 * from them and compared, so that nothing else passes.
 */
final class BaseText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long UPPER = 0xdfdfdfdfdfdfdfdfL;

  private BaseText() {}

  /**
   * Writes codes of text[at, limit) into codes[out, ...) up to the first byte that is not one of
   * acgtACGT. Up to 7 bytes of codes past the last may be overwritten; the last 7 letters and the
   * last 7 places are left to the caller.
   *
   * @param most the end of the places that may be filled
   * @param skipMasked whether lower case becomes N
   * @return how many letters were turned
   */
  static int encode(
      byte[] text, int at, int limit, byte[] codes, int out, int most, boolean skipMasked) {
    int n = Math.min(limit - at, most - out) - 8;
    int i = 0;
    while (i <= n) {
      long x = (long) LONGS.get(text, at + i);
      long low = (x >>> 1 ^ x >>> 2) & ONES;
      long high = (x >>> 2 ^ x >>> 3) & ONES;
      long code = low | high << 1;
      // A 0x41, C 2 more, G 6 more, T 19 more.
      long wrong = (x & UPPER) ^ ('A' * ONES + 2 * low + 6 * high + 11 * (low & high));
      if (skipMasked) {
        long masked = x >>> 5 & ONES;
        code = code & ~(3 * masked) | masked << 2;
      }
      LONGS.set(codes, out + i, code);
      if (wrong != 0) {
        return i + (Long.numberOfTrailingZeros(wrong) >>> 3);
      }
      i += 8;
    }
    return i;
  }

  /** As above for a run of one letter that means N; only whole runs of eight are taken. */
  static int encodeRun(
      byte[] text, int at, int limit, byte[] codes, int out, int most, byte letter) {
    int n = Math.min(limit - at, most - out) - 8;
    int i = 0;
    while (i <= n && (long) LONGS.get(text, at + i) == letter * ONES) {
      LONGS.set(codes, out + i, 4 * ONES);
      i += 8;
    }
    return i;
  }
}
