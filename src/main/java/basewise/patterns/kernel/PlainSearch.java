package basewise.patterns.kernel;

/**
 * What {@link JaccardSearch} finds, bit for bit, among few profiles and in plain loops. What two
 * profiles share at most at an offset is the same whichever is the parent, so it is added up once
 * for both.
 *
 * <p>Profiles have 8 numbers a position, of four letters each: any, and those that are 0 but for
 * one letter. Threads may set different ones, and compare different pairs.
 */
public final class PlainSearch {
  private static final int CHANNELS = 8;

  /** Of so few profiles all have been compared with all before vectors are compiled. */
  private static final int FEW = 500;

  /** What 1 is as a whole number. */
  private static final float ONE = 1 << 20;

  /** Rounding of sums of some hundred floats. */
  private static final float SLACK = 1e-4f;

  private final int length;
  private final int pad;
  private final int offsets;
  private final boolean bothStrands;
  private final One[] all;

  /** A profile as a child, and between zeros as a parent on either strand. */
  private static final class One {
    private final float[] profile;
    private final float[] forward;
    private final float[] turned;

    /** Absolute sums of the first four numbers of positions between zeros, rounded up. */
    private final int[] mass;

    /** The absolute values of the last four, letter by letter, between zeros, rounded up. */
    private final int[] letters;

    /** The same of the other strand. */
    private final int[] turnedMass;

    private final int[] turnedLetters;

    /** Where the row of a position's letter begins. */
    private final int[] row;

    /** The absolute value of a position's letter. */
    private final int[] base;

    /** Of each offset, the absolute values that a child lies on. */
    private final float[] under;

    private final float weight;

    One(float[] profile, int length, int pad) {
      this.profile = profile;
      int wide = length + 2 * pad;
      int last = wide - 1;
      forward = new float[CHANNELS * wide];
      turned = new float[CHANNELS * wide];
      mass = new int[wide];
      letters = new int[4 * wide];
      turnedMass = new int[wide];
      turnedLetters = new int[4 * wide];
      row = new int[length];
      base = new int[length];
      under = new float[2 * pad + 1];
      System.arraycopy(profile, 0, forward, CHANNELS * pad, profile.length);
      double[] before = new double[wide + 1];
      for (int p = 0; p < wide; p++) {
        float sum = 0;
        float bases = 0;
        for (int c = 0; c < 4; c++) {
          float any = forward[p * CHANNELS + c];
          float there = forward[p * CHANNELS + 4 + c];
          int to = (last - p) * CHANNELS + 3 - c;
          turned[to] = any;
          turned[to + 4] = there;
          sum += Math.abs(any);
          bases += Math.abs(there);
          int whole = whole(there);
          letters[c * wide + p] = whole;
          turnedLetters[(3 - c) * wide + last - p] = whole;
          if (whole > 0) {
            row[p - pad] = c * wide;
            base[p - pad] = whole;
          }
        }
        mass[p] = whole(sum);
        turnedMass[last - p] = mass[p];
        before[p + 1] = before[p] + sum + bases;
      }
      for (int o = 0; o < under.length; o++) {
        under[o] = (float) (before[o + length] - before[o]);
      }
      weight = (float) before[wide];
    }

    private static int whole(float x) {
      return (int) Math.ceil(Math.abs(x) * ONE);
    }
  }

  /** What one thread compares with. */
  public final class Worker {
    private final int[] straight = new int[offsets];
    private final int[] crossed = new int[offsets];
    private final float[] bound = new float[2 * offsets];

    /** Compares a child with a parent, and the two the other way round. */
    public void compare(int i, int j, float[][] largest) {
      One a = all[i];
      One b = all[j];
      share(b, a.mass, a.letters, straight, pad);
      if (bothStrands) {
        share(b, a.turnedMass, a.turnedLetters, crossed, pad);
      }
      largest[i][j] = largest(a, b, false);
      if (i != j) {
        largest[j][i] = largest(b, a, true);
      }
    }

    private float largest(One parent, One child, boolean swapped) {
      int first = 0;
      float most = -1;
      int last = offsets - 1;
      for (int o = 0; o < offsets; o++) {
        bound[o] = bound(straight[swapped ? last - o : o], parent.under[o], child.weight);
        bound[offsets + o] =
            bothStrands ? bound(crossed[o], parent.under[last - o], child.weight) : -1;
        if (bound[o] > most) {
          most = bound[o];
          first = o;
        }
        if (bound[offsets + o] > most) {
          most = bound[offsets + o];
          first = offsets + o;
        }
      }
      float best = similarity(parent, child, first);
      for (int o = 0; o < bound.length; o++) {
        if (bound[o] + SLACK >= best && o != first) {
          best = Math.max(best, similarity(parent, child, o));
        }
      }
      return best;
    }

    private static float bound(int shared, float under, float weight) {
      float s = shared / ONE;
      return s / Math.max(under + weight - s, Float.MIN_NORMAL);
    }

    private float similarity(One parent, One child, int at) {
      boolean there = at < offsets;
      return PlainJaccard.similarity(
          child.profile,
          0,
          child.profile.length,
          there ? parent.forward : parent.turned,
          CHANNELS * (there ? at : at - offsets));
    }
  }

  /**
   * Room for profiles.
   *
   * @param length positions of each
   * @param pad positions by which a child may stick out of its parent
   * @param bothStrands whether children are tried on their other strand too
   */
  public PlainSearch(int count, int length, int pad, boolean bothStrands) {
    this.length = length;
    this.pad = pad;
    this.bothStrands = bothStrands;
    offsets = 2 * pad + 1;
    all = new One[count];
  }

  /** Whether this is the way to compare so many profiles. */
  public static boolean suits(int profiles) {
    return PlainJaccard.ALWAYS || profiles <= FEW;
  }

  /** Sets one, which must stay as it is. */
  public void set(int i, float[] profile) {
    all[i] = new One(profile, length, pad);
  }

  /** What a thread needs, once all are set. */
  public Worker worker() {
    return new Worker();
  }

  /** Of each offset, what a child and a parent share at most. */
  private static void share(One child, int[] mass, int[] letters, int[] shared, int pad) {
    java.util.Arrays.fill(shared, 0);
    int[] base = child.base;
    int[] row = child.row;
    for (int p = 0; p < base.length; p++) {
      add(mass, p, child.mass[pad + p], letters, row[p] + p, base[p], shared);
    }
  }

  private static void add(
      int[] mass, int at, int most, int[] letters, int row, int base, int[] shared) {
    for (int o = 0; o < shared.length; o++) {
      shared[o] += Math.min(mass[at + o], most) + Math.min(letters[row + o], base);
    }
  }
}
