package basewise.genome;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How often each base occurs on the forward strand.
 *
 * @param a count of A; c, g and t alike
 * @param n letters that are not known
 */
public record Composition(long a, long c, long g, long t, long n) {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;

  /**
   * Counts all that is left of a source, each base once; its {@link BlockSource#contigs} are known
   * afterwards.
   *
   * @param threads how many count; the counts are the same for any
   */
  public static Composition of(BlockSource source, int threads) {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Composition>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        parts.add(pool.submit(() -> count(source)));
      }
      Composition sum = new Composition(0, 0, 0, 0, 0);
      for (Future<Composition> part : parts) {
        sum = sum.plus(part.get());
      }
      return sum;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException wrong) {
        throw wrong;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Composition count(BlockSource source) {
    SequenceBlock block = new SequenceBlock(1 << 16);
    Composition sum = new Composition(0, 0, 0, 0, 0);
    while (source.next(block)) {
      Composition more = of(block.codes(), block.startLimit());
      // The N between two pieces is none of the sequences'.
      long between = Math.max(0, block.pieces() - 1);
      sum = sum.plus(new Composition(more.a, more.c, more.g, more.t, more.n - between));
    }
    return sum;
  }

  /** Counts codes[0, end): bit 0 is set in C and T, bit 1 in G and T, bit 2 in N. */
  static Composition of(byte[] codes, int end) {
    long ct = 0;
    long gt = 0;
    long t = 0;
    long n = 0;
    int i = 0;
    for (; i + 8 <= end; i += 8) {
      long x = (long) LONGS.get(codes, i);
      ct += Long.bitCount(x & ONES);
      gt += Long.bitCount(x >>> 1 & ONES);
      t += Long.bitCount(x & x >>> 1 & ONES);
      n += Long.bitCount(x >>> 2 & ONES);
    }
    for (; i < end; i++) {
      int x = codes[i];
      ct += x & 1;
      gt += x >>> 1 & 1;
      t += x & x >>> 1 & 1;
      n += x >>> 2 & 1;
    }
    return new Composition(end - ct - gt + t - n, ct - t, gt - t, t, n);
  }

  private Composition plus(Composition o) {
    return new Composition(a + o.a, c + o.c, g + o.g, t + o.t, n + o.n);
  }

  /** The counts of the known bases, A C G T, as weights of a background. */
  public double[] weights() {
    return new double[] {a, c, g, t};
  }
}
