package basewise.patterns.kernel;

import java.util.Arrays;

/**
 * What a child shares with a parent at most, of each offset: the sum over its positions of the
 * smaller of two absolute values. Of the first four numbers of a position the largest is compared
 * with the parent's of that letter, and the others with the parent's others together; of the last
 * four the base's with the parent's. What differs in sign shares nothing. Sums are whole numbers of
 * 16 bits, rounded up, four offsets side by side in a long.
 *
 * <p>The absolute values of the first four numbers of all positions add up to at most 1, and those
 * of the last four.
 */
final class PlainBounds {
  private static final int CHANNELS = JaccardKernel.CHANNELS;

  /** What 1 is: numbers have 15 bits, sums of two 16, with room for what is rounded up. */
  private static final float ONE = 31_000;

  private static final int LONGEST = 600;
  private static final long EACH = 0x0001_0001_0001_0001L;
  private static final long HIGH = EACH << 15;

  private PlainBounds() {}

  /** A parent between zeros. */
  static final class Parent {
    final float[] profile;

    /** A row for each sign and letter of the first four numbers, and then of the last. */
    private final long[] numbers;

    /** A row for each letter: the absolute values of the other three of the first four. */
    private final long[] others;

    /** Of a row there are a position's number and those of the next three side by side. */
    private final int room;

    /** Of each offset, the absolute values that a child lies on. */
    private final float[] under;

    /**
     * Takes a profile.
     *
     * @param wide the parent with zeros on either side
     * @param length positions of children
     */
    Parent(float[] wide, int length) {
      profile = wide;
      int positions = wide.length / CHANNELS;
      int offsets = positions - length + 1;
      room = positions + 8;
      numbers = new long[2 * CHANNELS * room];
      others = new long[4 * room];
      double[] before = new double[positions + 1];
      for (int p = 0; p < positions; p++) {
        before[p + 1] =
            before[p]
                + JaccardKernel.four(wide, p * CHANNELS)
                + JaccardKernel.four(wide, p * CHANNELS + 4);
      }
      for (int c = 0; c < CHANNELS; c++) {
        int plus = row(c, 1) * room;
        int minus = row(c, -1) * room;
        for (int p = positions - 1; p >= 0; p--) {
          float x = wide[p * CHANNELS + c];
          numbers[plus + p] = numbers[plus + p + 1] << 16 | (x > 0 ? whole(x) : 0);
          numbers[minus + p] = numbers[minus + p + 1] << 16 | (x < 0 ? whole(-x) : 0);
          if (c < 4) {
            int at = c * room + p;
            float rest = Math.max(0, JaccardKernel.four(wide, p * CHANNELS) - Math.abs(x));
            others[at] = others[at + 1] << 16 | Math.min(Short.MAX_VALUE, whole(rest) + 1);
          }
        }
      }
      under = new float[offsets];
      for (int o = 0; o < offsets; o++) {
        under[o] = (float) (before[o + length] - before[o]);
      }
    }

    /** How many offsets there are. */
    int offsets() {
      return under.length;
    }
  }

  /** A child that may have one base a position. */
  static final class Child {
    final float[] profile;

    /** Of each position the largest of the first four numbers, the others, and the base's. */
    private final long[] largest;

    private final long[] others;
    private final long[] base;

    /** The rows of a parent that these are compared with. */
    private final byte[] largestRow;

    private final byte[] othersRow;
    private final byte[] baseRow;

    private final float weight;

    Child(float[] profile) {
      this.profile = profile;
      int length = profile.length / CHANNELS;
      largest = new long[length];
      others = new long[length];
      base = new long[length];
      largestRow = new byte[length];
      othersRow = new byte[length];
      baseRow = new byte[length];
      double masses = 0;
      double bases = 0;
      for (int p = 0; p < length; p++) {
        int at = p * CHANNELS;
        int most = 0;
        for (int c = 0; c < 4; c++) {
          most = Math.abs(profile[at + c]) > Math.abs(profile[at + most]) ? c : most;
          float there = profile[at + 4 + c];
          if (there != 0) {
            base[p] = whole(Math.abs(there)) * EACH;
            baseRow[p] = (byte) row(4 + c, there);
          }
        }
        float mass = JaccardKernel.four(profile, at);
        float strength = Math.abs(profile[at + most]);
        largest[p] = whole(strength) * EACH;
        largestRow[p] = (byte) row(most, profile[at + most]);
        others[p] = (whole(Math.max(0, mass - strength)) + 1) * EACH;
        othersRow[p] = (byte) most;
        masses += mass;
        bases += JaccardKernel.four(profile, at + 4);
      }
      if (length > LONGEST || !(Math.max(masses, bases) < 1 + JaccardKernel.SLACK)) {
        throw new IllegalArgumentException(length + " positions of " + masses + " and " + bases);
      }
      weight = (float) (masses + bases);
    }
  }

  /** The row of a channel's numbers of a sign. */
  private static int row(int channel, float sign) {
    return 2 * channel + (sign < 0 ? 1 : 0);
  }

  private static long whole(float x) {
    float scaled = x * ONE;
    int cut = (int) scaled;
    return Math.min(Short.MAX_VALUE, cut < scaled ? cut + 1 : cut);
  }

  /** Room for what is shared at so many offsets. */
  static long[] room(int offsets) {
    return new long[(offsets + 3) / 4];
  }

  /** Adds up what is shared at all offsets. */
  static void share(Parent parent, Child child, long[] shared) {
    Arrays.fill(shared, 0);
    int room = parent.room;
    for (int p = 0; p < child.base.length; p++) {
      add(parent.numbers, child.largestRow[p] * room + p, child.largest[p], shared);
      add(parent.others, child.othersRow[p] * room + p, child.others[p], shared);
      if (child.base[p] > 0) {
        add(parent.numbers, child.baseRow[p] * room + p, child.base[p], shared);
      }
    }
  }

  private static void add(long[] numbers, int at, long most, long[] shared) {
    for (int k = 0; k < shared.length; k++) {
      long x = numbers[at + 4 * k];
      long more = (x | HIGH) - most & HIGH;
      more -= more >>> 15; // 15 ones where the parent has no less: there the child's is the smaller
      shared[k] += x ^ (x ^ most) & more;
    }
  }

  /** What a similarity is at most. */
  static float bound(Parent parent, Child child, long[] shared, int offset) {
    return bound(parent, child, shared, offset, offset);
  }

  /**
   * The same, of what was shared at another offset when the child was the parent.
   *
   * @param sharedAt that offset
   */
  static float bound(Parent parent, Child child, long[] shared, int sharedAt, int offset) {
    long sum = shared[sharedAt >> 2] >>> 16 * (sharedAt & 3) & 0xffff;
    float s = sum / ONE;
    return s / Math.max(parent.under[offset] + child.weight - s, Float.MIN_NORMAL);
  }

  /** The similarity itself. */
  static float similarity(Parent parent, Child child, int offset) {
    return PlainJaccard.similarity(
        child.profile, 0, child.profile.length, parent.profile, CHANNELS * offset);
  }
}
