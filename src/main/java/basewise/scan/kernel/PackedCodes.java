package basewise.scan.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Codes at two bits a base, the first base in the lowest bits, with a bit for each code that is no
 * base (its two bits are 0). Reused; for one thread.
 */
final class PackedCodes {
  /** How many bases {@link #from} gives at least. */
  static final int WINDOW = 29;

  /** Places before the first code that may be asked for. */
  static final int BEFORE = 32;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  byte[] bases = new byte[0];
  private byte[] unknown = new byte[0];

  /** Packs codes; as {@link HitKernel#scan} takes them. */
  void fill(byte[] codes, int length) {
    int eights = (length + 7) / 8;
    if (bases.length < 2 * eights + 128) {
      bases = new byte[2 * eights + 128];
      unknown = new byte[eights + 16];
    }
    for (int i = 0; i < eights; i++) {
      long x = (long) LONGS.get(codes, 8 * i);
      long b = x & 0x0303030303030303L;
      b = (b | b >>> 6) & 0x000f000f000f000fL;
      b = (b | b >>> 12) & 0x000000ff000000ffL;
      SHORTS.set(bases, BEFORE / 4 + 2 * i, (short) (b | b >>> 24));
      // Gathers bit 2 of each byte: the products meet in the top byte without carries.
      unknown[i] = (byte) ((x >>> 2 & 0x0101010101010101L) * 0x0102040810204080L >>> 56);
    }
    LONGS.set(unknown, eights, -1L);
    LONGS.set(unknown, eights + 8, -1L);
  }

  /** The bases from a place on, at least {@link #WINDOW}; the place may be up to 32 below 0. */
  static long from(byte[] bases, int place) {
    int at = place + BEFORE;
    return (long) LONGS.get(bases, at >>> 2) >>> ((at & 3) << 1);
  }

  /** Whether a window within the codes holds nothing but bases. */
  boolean known(int start, int width) {
    int at = start;
    int left = width;
    while (left > 57) {
      if (((long) LONGS.get(unknown, at >>> 3) >>> (at & 7) & (1L << 57) - 1) != 0) {
        return false;
      }
      at += 57;
      left -= 57;
    }
    return ((long) LONGS.get(unknown, at >>> 3) >>> (at & 7) & (1L << left) - 1) == 0;
  }

  /** Whether all of 64 * n codes, from a multiple of 8 on, are no bases. */
  boolean allUnknown(int start, int end) {
    int at = start;
    for (; at + 64 <= end; at += 64) {
      if ((long) LONGS.get(unknown, at >>> 3) != -1) {
        return false;
      }
    }
    return ((long) LONGS.get(unknown, at >>> 3) | -1L << (end - at)) == -1;
  }
}
