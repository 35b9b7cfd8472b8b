package basewise.scan.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link TableHitKernel}: as many windows at a time as a vector has bytes, their
 * losses looked up by byte permutes and added with saturation. One loop for each number of tables,
 * so that the tables stay in registers; those with two filters load the codes once for both.
 */
final class ByteFilters {
  /** The number of groups of a filter is rounded up to one of these. */
  static final int[] SIZES = {3, 4, 5, 6, 8};

  /** The most groups that two filters can share: twice as many tables must fit the registers. */
  static final int MOST_SHARED = 6;

  private ByteFilters() {}

  /**
   * Lists the windows of [from, to) that pass, and perhaps some after it.
   *
   * @param words codes of several bases; a table's index at each place
   * @param columns places of a window that are looked up, as many as SIZES has
   * @param tables [group * lanes + lane] of one filter, or of two, one after the other
   * @param passed gets the starts, those of the second filter from {@code passed.length / 2} on
   * @return how many pass the first, and in the upper half how many the second
   */
  static long filter(
      VectorSpecies<Byte> species,
      byte[] words,
      int from,
      int to,
      int[] columns,
      byte[] tables,
      int[] passed) {
    boolean two = tables.length > columns.length * species.length();
    return switch (columns.length) {
      case 3 ->
          two
              ? two3(species, words, from, to, columns, tables, passed)
              : one3(species, words, from, to, columns, tables, passed);
      case 4 ->
          two
              ? two4(species, words, from, to, columns, tables, passed)
              : one4(species, words, from, to, columns, tables, passed);
      case 5 ->
          two
              ? two5(species, words, from, to, columns, tables, passed)
              : one5(species, words, from, to, columns, tables, passed);
      case 6 ->
          two
              ? two6(species, words, from, to, columns, tables, passed)
              : one6(species, words, from, to, columns, tables, passed);
      default -> one8(species, words, from, to, columns, tables, passed);
    };
  }

  private static ByteVector at(VectorSpecies<Byte> s, byte[] bytes, int place) {
    return ByteVector.fromArray(s, bytes, place);
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

  private static long both(int first, int second) {
    return first | (long) second << 32;
  }

  private static int one3(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = at(s, t, 0 * s.length());
    ByteVector t1 = at(s, t, 1 * s.length());
    ByteVector t2 = at(s, t, 2 * s.length());
    int n = 0;
    for (int p = from; p < to; p += s.length()) {
      ByteVector a =
          plus(
              plus(at(s, w, p + c[0]).selectFrom(t0), at(s, w, p + c[1]).selectFrom(t1)),
              at(s, w, p + c[2]).selectFrom(t2));
      n = list(pass(a), p, passed, n);
    }
    return n;
  }

  private static int one4(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = at(s, t, 0 * s.length());
    ByteVector t1 = at(s, t, 1 * s.length());
    ByteVector t2 = at(s, t, 2 * s.length());
    ByteVector t3 = at(s, t, 3 * s.length());
    int n = 0;
    for (int p = from; p < to; p += s.length()) {
      ByteVector a =
          plus(
              plus(at(s, w, p + c[0]).selectFrom(t0), at(s, w, p + c[1]).selectFrom(t1)),
              plus(at(s, w, p + c[2]).selectFrom(t2), at(s, w, p + c[3]).selectFrom(t3)));
      n = list(pass(a), p, passed, n);
    }
    return n;
  }

  private static int one5(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = at(s, t, 0 * s.length());
    ByteVector t1 = at(s, t, 1 * s.length());
    ByteVector t2 = at(s, t, 2 * s.length());
    ByteVector t3 = at(s, t, 3 * s.length());
    ByteVector t4 = at(s, t, 4 * s.length());
    int n = 0;
    for (int p = from; p < to; p += s.length()) {
      ByteVector a =
          plus(
              plus(
                  plus(at(s, w, p + c[0]).selectFrom(t0), at(s, w, p + c[1]).selectFrom(t1)),
                  plus(at(s, w, p + c[2]).selectFrom(t2), at(s, w, p + c[3]).selectFrom(t3))),
              at(s, w, p + c[4]).selectFrom(t4));
      n = list(pass(a), p, passed, n);
    }
    return n;
  }

  private static int one6(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = at(s, t, 0 * s.length());
    ByteVector t1 = at(s, t, 1 * s.length());
    ByteVector t2 = at(s, t, 2 * s.length());
    ByteVector t3 = at(s, t, 3 * s.length());
    ByteVector t4 = at(s, t, 4 * s.length());
    ByteVector t5 = at(s, t, 5 * s.length());
    int n = 0;
    for (int p = from; p < to; p += s.length()) {
      ByteVector a =
          plus(
              plus(
                  plus(at(s, w, p + c[0]).selectFrom(t0), at(s, w, p + c[1]).selectFrom(t1)),
                  plus(at(s, w, p + c[2]).selectFrom(t2), at(s, w, p + c[3]).selectFrom(t3))),
              plus(at(s, w, p + c[4]).selectFrom(t4), at(s, w, p + c[5]).selectFrom(t5)));
      n = list(pass(a), p, passed, n);
    }
    return n;
  }

  private static int one8(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = at(s, t, 0 * s.length());
    ByteVector t1 = at(s, t, 1 * s.length());
    ByteVector t2 = at(s, t, 2 * s.length());
    ByteVector t3 = at(s, t, 3 * s.length());
    ByteVector t4 = at(s, t, 4 * s.length());
    ByteVector t5 = at(s, t, 5 * s.length());
    ByteVector t6 = at(s, t, 6 * s.length());
    ByteVector t7 = at(s, t, 7 * s.length());
    int n = 0;
    for (int p = from; p < to; p += s.length()) {
      ByteVector a =
          plus(
              plus(
                  plus(at(s, w, p + c[0]).selectFrom(t0), at(s, w, p + c[1]).selectFrom(t1)),
                  plus(at(s, w, p + c[2]).selectFrom(t2), at(s, w, p + c[3]).selectFrom(t3))),
              plus(
                  plus(at(s, w, p + c[4]).selectFrom(t4), at(s, w, p + c[5]).selectFrom(t5)),
                  plus(at(s, w, p + c[6]).selectFrom(t6), at(s, w, p + c[7]).selectFrom(t7))));
      n = list(pass(a), p, passed, n);
    }
    return n;
  }

  private static long two3(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = at(s, t, 0 * s.length());
    ByteVector t1 = at(s, t, 1 * s.length());
    ByteVector t2 = at(s, t, 2 * s.length());
    ByteVector u0 = at(s, t, 3 * s.length());
    ByteVector u1 = at(s, t, 4 * s.length());
    ByteVector u2 = at(s, t, 5 * s.length());
    int n = 0;
    int m = passed.length / 2;
    for (int p = from; p < to; p += s.length()) {
      ByteVector w0 = at(s, w, p + c[0]);
      ByteVector w1 = at(s, w, p + c[1]);
      ByteVector w2 = at(s, w, p + c[2]);
      ByteVector a = plus(plus(w0.selectFrom(t0), w1.selectFrom(t1)), w2.selectFrom(t2));
      ByteVector b = plus(plus(w0.selectFrom(u0), w1.selectFrom(u1)), w2.selectFrom(u2));
      if (pass(a.lanewise(VectorOperators.UMIN, b)) != 0) {
        n = list(pass(a), p, passed, n);
        m = list(pass(b), p, passed, m);
      }
    }
    return both(n, m - passed.length / 2);
  }

  private static long two4(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = at(s, t, 0 * s.length());
    ByteVector t1 = at(s, t, 1 * s.length());
    ByteVector t2 = at(s, t, 2 * s.length());
    ByteVector t3 = at(s, t, 3 * s.length());
    ByteVector u0 = at(s, t, 4 * s.length());
    ByteVector u1 = at(s, t, 5 * s.length());
    ByteVector u2 = at(s, t, 6 * s.length());
    ByteVector u3 = at(s, t, 7 * s.length());
    int n = 0;
    int m = passed.length / 2;
    for (int p = from; p < to; p += s.length()) {
      ByteVector w0 = at(s, w, p + c[0]);
      ByteVector w1 = at(s, w, p + c[1]);
      ByteVector w2 = at(s, w, p + c[2]);
      ByteVector w3 = at(s, w, p + c[3]);
      ByteVector a =
          plus(
              plus(w0.selectFrom(t0), w1.selectFrom(t1)),
              plus(w2.selectFrom(t2), w3.selectFrom(t3)));
      ByteVector b =
          plus(
              plus(w0.selectFrom(u0), w1.selectFrom(u1)),
              plus(w2.selectFrom(u2), w3.selectFrom(u3)));
      if (pass(a.lanewise(VectorOperators.UMIN, b)) != 0) {
        n = list(pass(a), p, passed, n);
        m = list(pass(b), p, passed, m);
      }
    }
    return both(n, m - passed.length / 2);
  }

  private static long two5(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = at(s, t, 0 * s.length());
    ByteVector t1 = at(s, t, 1 * s.length());
    ByteVector t2 = at(s, t, 2 * s.length());
    ByteVector t3 = at(s, t, 3 * s.length());
    ByteVector t4 = at(s, t, 4 * s.length());
    ByteVector u0 = at(s, t, 5 * s.length());
    ByteVector u1 = at(s, t, 6 * s.length());
    ByteVector u2 = at(s, t, 7 * s.length());
    ByteVector u3 = at(s, t, 8 * s.length());
    ByteVector u4 = at(s, t, 9 * s.length());
    int n = 0;
    int m = passed.length / 2;
    for (int p = from; p < to; p += s.length()) {
      ByteVector w0 = at(s, w, p + c[0]);
      ByteVector w1 = at(s, w, p + c[1]);
      ByteVector w2 = at(s, w, p + c[2]);
      ByteVector w3 = at(s, w, p + c[3]);
      ByteVector w4 = at(s, w, p + c[4]);
      ByteVector a =
          plus(
              plus(
                  plus(w0.selectFrom(t0), w1.selectFrom(t1)),
                  plus(w2.selectFrom(t2), w3.selectFrom(t3))),
              w4.selectFrom(t4));
      ByteVector b =
          plus(
              plus(
                  plus(w0.selectFrom(u0), w1.selectFrom(u1)),
                  plus(w2.selectFrom(u2), w3.selectFrom(u3))),
              w4.selectFrom(u4));
      if (pass(a.lanewise(VectorOperators.UMIN, b)) != 0) {
        n = list(pass(a), p, passed, n);
        m = list(pass(b), p, passed, m);
      }
    }
    return both(n, m - passed.length / 2);
  }

  private static long two6(
      VectorSpecies<Byte> s, byte[] w, int from, int to, int[] c, byte[] t, int[] passed) {
    ByteVector t0 = at(s, t, 0 * s.length());
    ByteVector t1 = at(s, t, 1 * s.length());
    ByteVector t2 = at(s, t, 2 * s.length());
    ByteVector t3 = at(s, t, 3 * s.length());
    ByteVector t4 = at(s, t, 4 * s.length());
    ByteVector t5 = at(s, t, 5 * s.length());
    ByteVector u0 = at(s, t, 6 * s.length());
    ByteVector u1 = at(s, t, 7 * s.length());
    ByteVector u2 = at(s, t, 8 * s.length());
    ByteVector u3 = at(s, t, 9 * s.length());
    ByteVector u4 = at(s, t, 10 * s.length());
    ByteVector u5 = at(s, t, 11 * s.length());
    int n = 0;
    int m = passed.length / 2;
    for (int p = from; p < to; p += s.length()) {
      ByteVector w0 = at(s, w, p + c[0]);
      ByteVector w1 = at(s, w, p + c[1]);
      ByteVector w2 = at(s, w, p + c[2]);
      ByteVector w3 = at(s, w, p + c[3]);
      ByteVector w4 = at(s, w, p + c[4]);
      ByteVector w5 = at(s, w, p + c[5]);
      ByteVector a =
          plus(
              plus(
                  plus(w0.selectFrom(t0), w1.selectFrom(t1)),
                  plus(w2.selectFrom(t2), w3.selectFrom(t3))),
              plus(w4.selectFrom(t4), w5.selectFrom(t5)));
      ByteVector b =
          plus(
              plus(
                  plus(w0.selectFrom(u0), w1.selectFrom(u1)),
                  plus(w2.selectFrom(u2), w3.selectFrom(u3))),
              plus(w4.selectFrom(u4), w5.selectFrom(u5)));
      if (pass(a.lanewise(VectorOperators.UMIN, b)) != 0) {
        n = list(pass(a), p, passed, n);
        m = list(pass(b), p, passed, m);
      }
    }
    return both(n, m - passed.length / 2);
  }
}
