package basewise.patterns.kernel;

import java.util.Arrays;

/**
 * What a child shares with a parent at most, of each offset: the sums over its positions of the
 * smaller of two absolute values, those of the first four numbers together and that of the base's.
 * They are whole numbers of 16 bits, rounded up, four offsets side by side in a long.
 *
 * <p>The absolute values of the first four numbers of all positions add up to at most 1, and those
 * of the last four.
 */
final class PlainBounds {
  private static final int CHANNELS = 8;

  /** Rounding of sums of some hundred floats. */
  static final float SLACK = 1e-4f;

  /** What 1 is: numbers have 15 bits, sums of two 16, with room for what is rounded up. */
  private static final float ONE = 32_000;

  private static final int LONGEST = 600;
  private static final long EACH = 0x0001_0001_0001_0001L;
  private static final long HIGH = EACH << 15;

  private PlainBounds() {}

  /** A parent between zeros. */
  static final class Parent {
    final float[] profile;

    /** Of each position, its number and those of the next three. */
    private final long[] mass;

    /** The same letter by letter. */
    private final long[] letters;

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
      int room = positions + 8;
      mass = new long[room];
      letters = new long[4 * room];
      double[] before = new double[positions + 1];
      for (int p = 0; p < positions; p++) {
        before[p + 1] = before[p] + mass(wide, p) + bases(wide, p);
      }
      for (int p = positions - 1; p >= 0; p--) {
        mass[p] = mass[p + 1] << 16 | whole(mass(wide, p));
        for (int c = 0; c < 4; c++) {
          int at = c * room + p;
          letters[at] = letters[at + 1] << 16 | whole(wide[p * CHANNELS + 4 + c]);
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
    private final long[] mass;
    private final long[] base;
    private final byte[] letter;
    private final float weight;

    Child(float[] profile) {
      this.profile = profile;
      int length = profile.length / CHANNELS;
      mass = new long[length];
      base = new long[length];
      letter = new byte[length];
      double masses = 0;
      double bases = 0;
      for (int p = 0; p < length; p++) {
        mass[p] = whole(mass(profile, p)) * EACH;
        for (int c = 0; c < 4; c++) {
          long there = whole(profile[p * CHANNELS + 4 + c]);
          if (there > 0) {
            base[p] = there * EACH;
            letter[p] = (byte) c;
          }
        }
        masses += mass(profile, p);
        bases += bases(profile, p);
      }
      if (length > LONGEST || !(Math.max(masses, bases) < 1 + SLACK)) {
        throw new IllegalArgumentException(length + " positions of " + masses + " and " + bases);
      }
      weight = (float) (masses + bases);
    }
  }

  private static float mass(float[] profile, int p) {
    return four(profile, p * CHANNELS);
  }

  private static float bases(float[] profile, int p) {
    return four(profile, p * CHANNELS + 4);
  }

  private static float four(float[] profile, int at) {
    return Math.abs(profile[at])
        + Math.abs(profile[at + 1])
        + Math.abs(profile[at + 2])
        + Math.abs(profile[at + 3]);
  }

  private static long whole(float x) {
    float scaled = Math.abs(x) * ONE;
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
    long[] mass = parent.mass;
    long[] letters = parent.letters;
    for (int p = 0; p < child.mass.length; p++) {
      add(
          mass,
          p,
          child.mass[p],
          letters,
          child.letter[p] * mass.length + p,
          child.base[p],
          shared);
    }
  }

  private static void add(
      long[] mass, int at, long most, long[] letters, int row, long base, long[] shared) {
    for (int k = 0; k < shared.length; k++) {
      long a = mass[at + 4 * k];
      long b = letters[row + 4 * k];
      long aMore = (a | HIGH) - most & HIGH;
      long bMore = (b | HIGH) - base & HIGH;
      // 15 ones where the parent has no less, so that the child's number is the smaller.
      aMore -= aMore >>> 15;
      bMore -= bMore >>> 15;
      shared[k] += (a ^ (a ^ most) & aMore) + (b ^ (b ^ base) & bMore);
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
