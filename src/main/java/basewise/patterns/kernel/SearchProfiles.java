package basewise.patterns.kernel;

import java.util.Arrays;

/**
 * Profiles of one length for {@link JaccardSearch}, each kind of number in one piece of memory.
 * Threads may set different ones. A profile has 8 numbers a position, of four letters each: any,
 * and those that are 0 but for one letter, the base. The absolute values of either add up to 1, or
 * to less.
 *
 * <p>What two positions share is at most the sum of two smaller ones: of their two numbers of the
 * child's base, where the signs agree, and of their other three of the first four. Numbers for this
 * are whole ones of 16 bits, rounded up.
 */
public final class SearchProfiles {
  /**
   * Rows of a profile's numbers: of each letter and sign what its base has, of each letter the
   * others of the first four, and all four.
   */
  private static final int ROWS = 13;

  private static final int OTHERS = 8;

  /** What sums of 16 bits have room for beside what is shared. */
  static final int SPARE = 8_000;

  private static final int LONGEST = 1 << 13;

  /** The share of a child whose places in its parent are not looked at. */
  private static final float LEFT = 0.09f;

  /** Numbers beyond the last offset that a vector may read. */
  private static final int SPACE = 64;

  private static final int CHANNELS = JaccardKernel.CHANNELS;

  private final int length;
  private final float one;
  private final float[] numbers;

  private final short[] rows;

  /**
   * Of each profile its positions, the heaviest first, or rather where in a parent's table they
   * look: for the base and for the others, and then for both on the other strand.
   */
  private final int[] places;

  /** And their two numbers. */
  private final short[] weights;

  /** How many positions are compared, what is left of the profile then, and all of it. */
  private final int[] count;

  private final float[] left;
  private final float[] all;

  /** Of each position. */
  private final float[] mass;

  private final int pad;
  private final int stride;

  /**
   * Room for profiles.
   *
   * @param length positions of each
   * @param pad positions by which a child may stick out of its parent
   */
  public SearchProfiles(int count, int length, int pad) {
    if (length > LONGEST) {
      throw new IllegalArgumentException("length " + length);
    }
    this.length = length;
    this.pad = pad;
    stride = length + 4 * pad + SPACE;
    one = (Short.MAX_VALUE - SPARE - 2 * length) / (2 + 4 * JaccardKernel.SLACK);
    numbers = new float[Math.multiplyExact(count, CHANNELS * length)];
    rows = new short[Math.multiplyExact(count, ROWS * length)];
    mass = new float[count * length];
    places = new int[Math.multiplyExact(4, mass.length)];
    weights = new short[2 * mass.length];
    this.count = new int[count];
    left = new float[count];
    all = new float[count];
  }

  /**
   * Sets one.
   *
   * @throws IllegalArgumentException if its absolute values add up to too much
   */
  public void set(int i, float[] profile) {
    System.arraycopy(profile, 0, numbers, at(i), CHANNELS * length);
    double masses = 0;
    double bases = 0;
    long[] heaviest = new long[length];
    for (int p = 0; p < length; p++) {
      float four = JaccardKernel.four(profile, p * CHANNELS);
      float base = JaccardKernel.four(profile, p * CHANNELS + 4);
      masses += four;
      bases += base;
      mass[i * length + p] = four + base;
      heaviest[p] = (long) -Float.floatToIntBits(four + base) << 32 | p;
      setRows(i, p, profile, four);
    }
    if (!(Math.max(masses, bases) < 1 + JaccardKernel.SLACK)) {
      throw new IllegalArgumentException("sums " + masses + " and " + bases);
    }
    all[i] = (float) (masses + bases);
    Arrays.sort(heaviest);
    double rest = all[i];
    int n = 0;
    while (n < length && rest > LEFT * all[i]) {
      int p = (int) heaviest[n];
      place(i * length + n++, i, p, profile);
      rest -= mass[i * length + p];
    }
    count[i] = n;
    left[i] = (float) Math.max(0, rest);
  }

  private void setRows(int i, int p, float[] profile, float four) {
    int at = i * ROWS * length + p;
    for (int c = 0; c < 4; c++) {
      float x = profile[p * CHANNELS + c];
      float base = profile[p * CHANNELS + 4 + c];
      rows[at + row(c, 1) * length] = whole(Math.max(0, x) + Math.max(0, base));
      rows[at + row(c, -1) * length] = whole(Math.max(0, -x) + Math.max(0, -base));
      rows[at + (OTHERS + c) * length] = whole(Math.max(0, four - Math.abs(x)));
    }
    rows[at + (OTHERS + 4) * length] = whole(four);
  }

  private static int row(int letter, float sign) {
    return 2 * letter + (sign < 0 ? 1 : 0);
  }

  /** Looks for a position; where there is no base, only for all four. */
  private void place(int k, int i, int p, float[] profile) {
    int base = -1;
    for (int c = 0; c < 4; c++) {
      base = profile[p * CHANNELS + 4 + c] == 0 ? base : c;
    }
    float sign = base < 0 ? 0 : profile[p * CHANNELS + 4 + base];
    int own = base < 0 ? OTHERS : row(base, sign);
    int others = OTHERS + (base < 0 ? 4 : base);
    int at = i * ROWS * length + p;
    weights[2 * k] = base < 0 ? 0 : rows[at + own * length];
    weights[2 * k + 1] = rows[at + others * length];
    int turned = length - 1 - p;
    places[4 * k] = own * stride + p;
    places[4 * k + 1] = others * stride + p;
    places[4 * k + 2] = (base < 0 ? OTHERS : row(3 - base, sign)) * stride + turned;
    places[4 * k + 3] = (OTHERS + (base < 0 ? 4 : 3 - base)) * stride + turned;
  }

  /** Rounded up, and once more what differences of floats lack. */
  private short whole(float x) {
    float scaled = x * one;
    return (short) (scaled + 1);
  }

  int pad() {
    return pad;
  }

  int length() {
    return length;
  }

  /** What 1 is. */
  float one() {
    return one;
  }

  float[] numbers() {
    return numbers;
  }

  /** Where a profile's numbers begin. */
  int at(int i) {
    return i * CHANNELS * length;
  }

  short[] weights() {
    return weights;
  }

  int[] places() {
    return places;
  }

  int first(int i) {
    return i * length;
  }

  int end(int i) {
    return i * length + count[i];
  }

  float left(int i) {
    return left[i];
  }

  float all(int i) {
    return all[i];
  }

  /** Copies a profile between the zeros that it lies among as a parent. */
  void copy(int i, float[] into) {
    System.arraycopy(numbers, at(i), into, CHANNELS * pad, CHANNELS * length);
  }

  /** Room for {@link #table}. */
  short[] table() {
    return new short[ROWS * stride];
  }

  /** Sets where children look. */
  void table(int i, short[] into) {
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(rows, (i * ROWS + row) * length, into, row * stride + pad, length);
    }
  }

  /** Sets of each offset the absolute values that lie under a child. */
  void under(int i, float[] into) {
    double sum = 0;
    for (int p = 0; p < length - pad; p++) {
      sum += mass[i * length + p];
    }
    for (int o = 0; o <= 2 * pad; o++) {
      into[o] = (float) sum;
      int out = o - pad;
      int in = out + length;
      sum -= out >= 0 && out < length ? mass[i * length + out] : 0;
      sum += in >= 0 && in < length ? mass[i * length + in] : 0;
    }
  }
}
