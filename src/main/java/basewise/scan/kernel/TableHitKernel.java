package basewise.scan.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A few matrices, one after the other: as many windows at a time as a vector has bytes, their
 * losses looked up in {@link ByteTables} by byte permutes. With 64 lanes a code is three bases and
 * a table 64 bytes; below that two bases and 16 bytes. What passes is scored by the plain loop.
 */
final class TableHitKernel implements HitKernel {
  /** Windows that are looked at together, so that their codes stay in the first-level cache. */
  private static final int CHUNK = 1 << 13;

  /** The number of groups of each filter is rounded up to one of these. */
  private static final int[] SIZES = {3, 4, 5, 6, 8};

  static final int MOST_GROUPS = 8;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long BASES = 0x0303030303030303L;

  private final VectorSpecies<Byte> species;
  private final int bases;
  private final List<LossMatrix> matrices;

  /** [matrix][group]: the first column of each group. */
  private final int[][] columns;

  /** [matrix][group * lanes + lane], each table repeated to fill a vector. */
  private final byte[][] tables;

  private final int widest;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  TableHitKernel(List<LossMatrix> matrices, List<ByteTables> filters, VectorSpecies<Byte> species) {
    this.species = species;
    this.matrices = List.copyOf(matrices);
    bases = bases(species);
    columns = new int[matrices.size()][];
    tables = new byte[matrices.size()][];
    int lanes = species.length();
    for (int m = 0; m < columns.length; m++) {
      ByteTables filter = filters.get(m);
      int groups = filter.columns().length;
      int size = SIZES[0];
      for (int i = 0; size < groups; i++) {
        size = SIZES[i];
      }
      columns[m] = java.util.Arrays.copyOf(filter.columns(), size);
      tables[m] = new byte[size * lanes];
      for (int g = 0; g < groups; g++) {
        byte[] table = filter.tables()[g];
        for (int i = 0; i < lanes; i++) {
          tables[m][g * lanes + i] = table[i % table.length];
        }
      }
    }
    widest = matrices.stream().mapToInt(m -> m.width).max().orElse(0);
  }

  /** How many bases a code has. */
  static int bases(VectorSpecies<Byte> species) {
    return species.length() >= 64 ? 3 : 2;
  }

  @Override
  public void scan(byte[] codes, int length, int startLimit, HitReceiver hits) {
    Scratch s = scratch.get();
    s.fill(codes, length, bases, widest + 2 * CHUNK);
    int end = Math.min(startLimit, length);
    for (int from = 0; from < end; from += CHUNK) {
      if (nothing(codes, from, Math.min(length, from + CHUNK))) {
        continue;
      }
      for (int m = 0; m < columns.length; m++) {
        LossMatrix matrix = matrices.get(m);
        int to = Math.min(Math.min(startLimit, length - matrix.width + 1), from + CHUNK);
        if (from < to) {
          int n = filter(s.words, from, to, columns[m], tables[m], s.passed);
          for (int i = 0; i < n; i++) {
            int start = s.passed[i];
            int left = start < to ? matrix.left(codes, start) : -1;
            if (left >= 0) {
              matrix.report(start, matrix.cutoff + left, hits);
            }
          }
        }
      }
    }
  }

  /** Whether there is no base in a stretch. */
  private static boolean nothing(byte[] codes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (codes[i] < 4) {
        return false;
      }
    }
    return true;
  }

  private int filter(byte[] words, int from, int to, int[] columns, byte[] table, int[] passed) {
    return switch (columns.length) {
      case 3 -> filter3(species, words, from, to, columns, table, passed);
      case 4 -> filter4(species, words, from, to, columns, table, passed);
      case 5 -> filter5(species, words, from, to, columns, table, passed);
      case 6 -> filter6(species, words, from, to, columns, table, passed);
      default -> filter8(species, words, from, to, columns, table, passed);
    };
  }

  private static ByteVector table(VectorSpecies<Byte> s, byte[] tables, int group) {
    return ByteVector.fromArray(s, tables, group * s.length());
  }

  private static ByteVector loss(VectorSpecies<Byte> s, byte[] words, int at, ByteVector table) {
    return ByteVector.fromArray(s, words, at).selectFrom(table);
  }

  private static ByteVector plus(ByteVector a, ByteVector b) {
    return a.lanewise(VectorOperators.SUADD, b);
  }

  private static long pass(ByteVector sum) {
    return sum.compare(VectorOperators.NE, (byte) ByteTables.FULL).toLong();
  }

  private static int list(long bits, int p, int[] passed, int n) {
    int size = n;
    for (long left = bits; left != 0; left &= left - 1) {
      passed[size++] = p + Long.numberOfTrailingZeros(left);
    }
    return size;
  }

  private static int filter3(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = table(s, t, 0);
    ByteVector t1 = table(s, t, 1);
    ByteVector t2 = table(s, t, 2);
    int n = 0;
    for (int p = from; p < to; p += s.length()) {
      ByteVector a = plus(loss(s, w, p + c[0], t0), loss(s, w, p + c[1], t1));
      long bits = pass(plus(a, loss(s, w, p + c[2], t2)));
      if (bits != 0) {
        n = list(bits, p, passed, n);
      }
    }
    return n;
  }

  private static int filter4(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = table(s, t, 0);
    ByteVector t1 = table(s, t, 1);
    ByteVector t2 = table(s, t, 2);
    ByteVector t3 = table(s, t, 3);
    int n = 0;
    for (int p = from; p < to; p += s.length()) {
      ByteVector a = plus(loss(s, w, p + c[0], t0), loss(s, w, p + c[1], t1));
      ByteVector b = plus(loss(s, w, p + c[2], t2), loss(s, w, p + c[3], t3));
      long bits = pass(plus(a, b));
      if (bits != 0) {
        n = list(bits, p, passed, n);
      }
    }
    return n;
  }

  private static int filter5(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = table(s, t, 0);
    ByteVector t1 = table(s, t, 1);
    ByteVector t2 = table(s, t, 2);
    ByteVector t3 = table(s, t, 3);
    ByteVector t4 = table(s, t, 4);
    int n = 0;
    for (int p = from; p < to; p += s.length()) {
      ByteVector a = plus(loss(s, w, p + c[0], t0), loss(s, w, p + c[1], t1));
      ByteVector b = plus(loss(s, w, p + c[2], t2), loss(s, w, p + c[3], t3));
      long bits = pass(plus(plus(a, loss(s, w, p + c[4], t4)), b));
      if (bits != 0) {
        n = list(bits, p, passed, n);
      }
    }
    return n;
  }

  private static int filter6(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = table(s, t, 0);
    ByteVector t1 = table(s, t, 1);
    ByteVector t2 = table(s, t, 2);
    ByteVector t3 = table(s, t, 3);
    ByteVector t4 = table(s, t, 4);
    ByteVector t5 = table(s, t, 5);
    int n = 0;
    for (int p = from; p < to; p += s.length()) {
      ByteVector a = plus(loss(s, w, p + c[0], t0), loss(s, w, p + c[1], t1));
      ByteVector b = plus(loss(s, w, p + c[2], t2), loss(s, w, p + c[3], t3));
      ByteVector d = plus(loss(s, w, p + c[4], t4), loss(s, w, p + c[5], t5));
      long bits = pass(plus(plus(a, b), d));
      if (bits != 0) {
        n = list(bits, p, passed, n);
      }
    }
    return n;
  }

  private static int filter8(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = table(s, t, 0);
    ByteVector t1 = table(s, t, 1);
    ByteVector t2 = table(s, t, 2);
    ByteVector t3 = table(s, t, 3);
    ByteVector t4 = table(s, t, 4);
    ByteVector t5 = table(s, t, 5);
    ByteVector t6 = table(s, t, 6);
    ByteVector t7 = table(s, t, 7);
    int n = 0;
    for (int p = from; p < to; p += s.length()) {
      ByteVector a = plus(loss(s, w, p + c[0], t0), loss(s, w, p + c[1], t1));
      ByteVector b = plus(loss(s, w, p + c[2], t2), loss(s, w, p + c[3], t3));
      ByteVector d = plus(loss(s, w, p + c[4], t4), loss(s, w, p + c[5], t5));
      ByteVector e = plus(loss(s, w, p + c[6], t6), loss(s, w, p + c[7], t7));
      long bits = pass(plus(plus(a, b), plus(d, e)));
      if (bits != 0) {
        n = list(bits, p, passed, n);
      }
    }
    return n;
  }

  @Override
  public String describe() {
    return matrices.size()
        + " by tables of "
        + bases
        + " bases on "
        + species.vectorBitSize()
        + " bits";
  }

  /** What one thread needs. */
  private static final class Scratch {
    byte[] words = new byte[0];
    final int[] passed = new int[CHUNK + 64];

    /** Fills each place with the bases that begin there; N reads as A. */
    void fill(byte[] codes, int length, int bases, int margin) {
      if (words.length < length + margin) {
        words = new byte[length + margin];
      }
      for (int i = 0; i < length; i += 8) {
        long x = (long) LONGS.get(codes, i) & BASES;
        x |= ((long) LONGS.get(codes, i + 1) & BASES) << 2;
        if (bases == 3) {
          x |= ((long) LONGS.get(codes, i + 2) & BASES) << 4;
        }
        LONGS.set(words, i, x);
      }
    }
  }
}
