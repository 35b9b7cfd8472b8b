package basewise.stats;

import java.util.Arrays;

/**
 * Sorts many numbers byte by byte, from the lowest byte on; what is equal stays in order: for a few
 * hundred numbers and more a fraction of what comparing them takes.
 */
public final class ByteSort {
  /** With fewer, comparing them is as fast. */
  private static final int MANY = 100;

  private static final int VALUES = 1 << Byte.SIZE;

  private ByteSort() {}

  /** Sorts numbers that are no NaN, ascending; -0 comes before 0. */
  public static void sort(double[] numbers) {
    if (numbers.length < MANY) {
      Arrays.sort(numbers);
      return;
    }
    long[] ordered = new long[numbers.length];
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = turned(Double.doubleToRawLongBits(numbers[i]));
    }
    ordered = byBytes(ordered, ordered.length, 0);
    for (int i = 0; i < ordered.length; i++) {
      numbers[i] = Double.longBitsToDouble(turned(ordered[i]));
    }
  }

  /** Bits of a double as a long that is ordered as they are, and the reverse. */
  private static long turned(long bits) {
    return bits ^ bits >> 63 & Long.MAX_VALUE;
  }

  /**
   * Sorts the first n by their upper halves, ascending; of equal halves, the first stays first if
   * lower halves ascend.
   */
  static void sortByUpperHalves(long[] numbers, int n) {
    if (n < MANY) {
      Arrays.sort(numbers, 0, n);
      return;
    }
    long[] sorted = byBytes(numbers, n, Integer.SIZE);
    if (sorted != numbers) {
      System.arraycopy(sorted, 0, numbers, 0, n);
    }
  }

  /** The first n, sorted by their bits from {@code lowest} on, in this array or in a new one. */
  private static long[] byBytes(long[] numbers, int n, int lowest) {
    long[] from = numbers;
    long[] to = new long[n];
    for (int shift = lowest; shift < Long.SIZE; shift += Byte.SIZE) {
      // The sign's byte comes last, negative numbers first.
      int flip = shift == Long.SIZE - Byte.SIZE ? VALUES / 2 : 0;
      int[] next = new int[VALUES];
      count(from, n, shift, flip, next);
      if (next[(int) (from[0] >>> shift) & VALUES - 1 ^ flip] < n) {
        move(from, n, shift, flip, next, to);
        long[] t = from;
        from = to;
        to = t;
      }
    }
    return from;
  }

  private static void count(long[] numbers, int n, int shift, int flip, int[] counts) {
    for (int i = 0; i < n; i++) {
      counts[(int) (numbers[i] >>> shift) & VALUES - 1 ^ flip]++;
    }
  }

  private static void move(long[] numbers, int n, int shift, int flip, int[] counts, long[] into) {
    int[] next = new int[VALUES];
    for (int b = 1; b < VALUES; b++) {
      next[b] = next[b - 1] + counts[b - 1];
    }
    for (int i = 0; i < n; i++) {
      into[next[(int) (numbers[i] >>> shift) & VALUES - 1 ^ flip]++] = numbers[i];
    }
  }
}
