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
  /** Rows of a profile's numbers: two for each letter and sign of a base, and two for none. */
  static final int TABLE = 18;

  private static final int NONE = 16;

  /** What sums of 16 bits have room for beside what is shared. */
  static final int SPARE = 8_000;

  private static final int LONGEST = 1 << 13;

  /** The share of a child whose places in its parent are not looked at. */
  private static final float LEFT = 0.09f;

  private static final int CHANNELS = JaccardKernel.CHANNELS;

  private final int length;
  private final float one;
  private final float[] numbers;

  /** Rows of a profile: of letters and signs what its base has, of letters the others, all. */
  private final short[] rows;

  private static final int ROWS = 13;

  /** Of each profile its positions, the heaviest first: the row they are compared with. */
  private final int[] places;

  /** And their two numbers. */
  private final short[] weights;

  /** How many positions are compared, what is left of the profile then, and all of it. */
  private final int[] count;

  private final float[] left;
  private final float[] all;

  /** Of each position. */
  private final float[] mass;

  /** Room for profiles of {@code length} positions. */
  public SearchProfiles(int count, int length) {
    if (length > LONGEST) {
      throw new IllegalArgumentException("length " + length);
    }
    this.length = length;
    one = (Short.MAX_VALUE - SPARE - 2 * length) / (2 + 4 * JaccardKernel.SLACK);
    numbers = new float[Math.multiplyExact(count, CHANNELS * length)];
    rows = new short[Math.multiplyExact(count, ROWS * length)];
    places = new int[count * length];
    weights = new short[2 * places.length];
    mass = new float[places.length];
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
      float four = four(profile, p * CHANNELS);
      float base = four(profile, p * CHANNELS + 4);
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
      rows[at + 2 * c * length] = whole(Math.max(0, x) + Math.max(0, base));
      rows[at + (2 * c + 1) * length] = whole(Math.max(0, -x) + Math.max(0, -base));
      rows[at + (8 + c) * length] = whole(Math.max(0, four - Math.abs(x)));
    }
    rows[at + 12 * length] = whole(four);
  }

  /** What is looked for at a parent's position: the row is that of the base and its sign. */
  private void place(int k, int i, int p, float[] profile) {
    int row = NONE;
    for (int c = 0; c < 4; c++) {
      float base = profile[p * CHANNELS + 4 + c];
      if (base != 0) {
        row = 4 * c + (base < 0 ? 2 : 0);
      }
    }
    places[k] = row * LONGEST | p;
    int at = i * ROWS * length + p;
    weights[2 * k] = row == NONE ? 0 : rows[at + row / 2 * length];
    weights[2 * k + 1] = rows[at + (8 + row / 4) * length];
  }

  private static float four(float[] profile, int at) {
    return Math.abs(profile[at])
        + Math.abs(profile[at + 1])
        + Math.abs(profile[at + 2])
        + Math.abs(profile[at + 3]);
  }

  /** Rounded up, and once more what differences of floats lack. */
  private short whole(float x) {
    float scaled = x * one;
    return (short) (scaled + 1);
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

  static int row(int place) {
    return place / LONGEST;
  }

  static int position(int place) {
    return place % LONGEST;
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

  void copy(int i, float[] into, int to) {
    System.arraycopy(numbers, at(i), into, to, CHANNELS * length);
  }

  /** Of each offset, the absolute values that lie under a child. */
  void under(int i, int pad, float[] into) {
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

  /** Copies rows as a parent has them. */
  void rows(int i, short[] into, int to, int stride) {
    for (int row = 0; row < TABLE; row += 2) {
      int from = i * ROWS * length;
      if (row < NONE) {
        System.arraycopy(rows, from + row / 2 * length, into, to + row * stride, length);
      }
      int others = from + (8 + row / 4) * length;
      System.arraycopy(rows, others, into, to + (row + 1) * stride, length);
    }
  }

  /** The same of the other strand. */
  void turnedRows(int i, short[] into, int to, int stride) {
    for (int row = 0; row < TABLE; row += 2) {
      int from = i * ROWS * length;
      if (row < NONE) {
        int letter = 3 - row / 4;
        turn(from + (2 * letter + row / 2 % 2) * length, into, to + row * stride);
      }
      turn(from + (row < NONE ? 11 - row / 4 : 12) * length, into, to + (row + 1) * stride);
    }
  }

  private void turn(int from, short[] into, int to) {
    for (int p = 0; p < length; p++) {
      into[to + length - 1 - p] = rows[from + p];
    }
  }
}
