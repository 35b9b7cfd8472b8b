package basewise.scan;

import basewise.genome.PackedBlock;
import basewise.genome.SequenceBlock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many windows of each width hold no N and so could be scored, on one strand. Not thread-safe;
 * one per thread, then {@link #add}ed.
 */
public final class WindowCounts {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long N_BITS = 0x0404040404040404L;

  private final int[] widths;
  private final long[] windows;
  private long bases;

  /** Counts for some widths, in any order, repeated or not. */
  public WindowCounts(IntStream widths) {
    this.widths = widths.distinct().sorted().toArray();
    windows = new long[this.widths.length];
  }

  /** Counts the windows that belong to a block. */
  void count(ScanBlock block) {
    bases += block.block().fresh();
    for (int i = 0; i < block.runs(); i++) {
      run(block.start(i), block.end(i), block.block().startLimit());
    }
  }

  /** As above, of a block that was read. */
  void count(PackedBlock block) {
    bases += block.fresh();
    int[] unknown = block.unknown();
    int start = 0;
    for (int i = 0; i < block.unknowns(); i += 2) {
      if (unknown[i] > start) {
        run(start, unknown[i], block.startLimit());
      }
      start = unknown[i + 1];
    }
  }

  /**
   * Lists the stretches without N.
   *
   * @return how many
   */
  static int runs(SequenceBlock block, ScanBlock to) {
    byte[] codes = block.codes();
    int length = block.length();
    int n = 0;
    int at = 0;
    while (at < length) {
      int end = nextN(codes, at);
      if (end > at) {
        to.run(n++, at, Math.min(end, length));
      }
      at = end + 1;
    }
    return n;
  }

  /** The place of the next N; there is always one in the padding. */
  private static int nextN(byte[] codes, int from) {
    int at = from;
    while (at + 32 <= codes.length
        && (((long) LONGS.get(codes, at)
                    | (long) LONGS.get(codes, at + 8)
                    | (long) LONGS.get(codes, at + 16)
                    | (long) LONGS.get(codes, at + 24))
                & N_BITS)
            == 0) {
      at += 32;
    }
    while (true) {
      long bits = (long) LONGS.get(codes, at) & N_BITS;
      if (bits != 0) {
        return at + (Long.numberOfTrailingZeros(bits) >>> 3);
      }
      at += 8;
    }
  }

  private void run(int start, int end, int startLimit) {
    for (int i = 0; i < widths.length; i++) {
      int n = Math.min(end - widths[i] + 1, startLimit) - start;
      if (n <= 0) {
        if (end - start < widths[i]) {
          return;
        }
        continue;
      }
      windows[i] += n;
    }
  }

  /** Adds what another thread counted. */
  void add(WindowCounts other) {
    bases += other.bases;
    for (int i = 0; i < windows.length; i++) {
      windows[i] += other.windows[i];
    }
  }

  /** Windows of a width without an N. */
  public long of(int width) {
    int i = Arrays.binarySearch(widths, width);
    if (i < 0) {
      throw new IllegalArgumentException("no motif is " + width + " wide");
    }
    return windows[i];
  }

  /** Bases read, Ns among them. */
  public long bases() {
    return bases;
  }
}
