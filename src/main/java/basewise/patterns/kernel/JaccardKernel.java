package basewise.patterns.kernel;

/**
 * Continuous Jaccard similarity (Shrikumar et al. 2018, section 1.4): the sum over all entries of
 * sign(x) sign(y) min(|x|, |y|), over the sum of max(|x|, |y|). With a = |x + y| and b = |x - y| an
 * entry's terms are (a - b) / 2 and (a + b) / 2: no entry needs a branch. Two zeros are 0 alike.
 */
public final class JaccardKernel {
  /** Numbers a position of profiles: two of each letter. */
  public static final int CHANNELS = 8;

  /** Rounding of sums of some hundred floats. */
  static final float SLACK = 1e-4f;

  private JaccardKernel() {}

  /** A profile with positions of zeros on both sides. */
  public static float[] padded(float[] profile, int positions) {
    float[] out = new float[profile.length + 2 * positions * CHANNELS];
    System.arraycopy(profile, 0, out, positions * CHANNELS, profile.length);
    return out;
  }

  /** A profile as the other strand shows it. */
  public static float[] turned(float[] profile) {
    float[] out = new float[profile.length];
    turn(profile, out);
    return out;
  }

  static void turn(float[] profile, float[] into) {
    for (int from = 0; from < profile.length; from += CHANNELS) {
      int to = profile.length - CHANNELS - from;
      for (int c = 0; c < 4; c++) {
        into[to + 3 - c] = profile[from + c];
        into[to + 7 - c] = profile[from + 4 + c];
      }
    }
  }

  /** Of four numbers the absolute values. */
  static float four(float[] profile, int at) {
    return Math.abs(profile[at])
        + Math.abs(profile[at + 1])
        + Math.abs(profile[at + 2])
        + Math.abs(profile[at + 3]);
  }

  /** A similarity, and where it was found. */
  public record Best(int offset, float score) {}

  /**
   * The largest similarity of x with the entries of y that lie beside it, and the first offset that
   * has it.
   *
   * @param x all of its entries
   * @param y at least as many and what the offsets reach
   * @param step entries from an offset to the next
   * @param offsets how many offsets are tried, at least 1
   */
  public static Best best(float[] x, float[] y, int step, int offsets) {
    float best = Float.NEGATIVE_INFINITY;
    int at = 0;
    for (int o = 0; o < offsets; o++) {
      float score = similarity(x, 0, x.length, y, o * step);
      if (score > best) {
        best = score;
        at = o;
      }
    }
    return new Best(at, best);
  }

  /** The largest similarity with y or its other strand; as {@link #best}. */
  public static float largest(float[] x, float[] y, float[] turned, int step, int offsets) {
    return Math.max(best(x, y, step, offsets).score, best(x, turned, step, offsets).score);
  }

  /**
   * The similarity of x[xFrom, xFrom + size) and as many of y. Sums are 16 partial ones, of every
   * 16th entry, that are added in one order, so that they do not depend on the width of vectors.
   */
  public static float similarity(float[] x, int xFrom, int size, float[] y, int yFrom) {
    return JaccardVectors.similarity(x, xFrom, size, y, yFrom);
  }

  /** The same of all of x. The first ones of a process are computed by {@link PlainJaccard}. */
  public static float similarity(float[] x, float[] y, int from) {
    return PlainJaccard.suits(x.length)
        ? PlainJaccard.similarity(x, 0, x.length, y, from)
        : similarity(x, 0, x.length, y, from);
  }

  /** Rows [from, to) of some, of one size. */
  public record Rows(float[][] all, int from, int to) {
    /** How many they are. */
    public int count() {
      return to - from;
    }

    float[] row(int i) {
      return all[from + i];
    }

    int size() {
      return count() == 0 ? 0 : all[from].length;
    }
  }

  /**
   * Sets the similarities of all of x, the first index, with all of y, the second.
   *
   * @param x no shorter than those of y, as long as which they are compared
   */
  public static void similarities(Rows x, Rows y, float[][] into) {
    if (PlainJaccard.suits(x.count() * y.count() * y.size())) {
      for (int i = 0; i < x.count(); i++) {
        for (int j = 0; j < y.count(); j++) {
          into[i][j] = PlainJaccard.similarity(x.row(i), 0, y.size(), y.row(j), 0);
        }
      }
    } else {
      JaccardVectors.similarities(x, y, into);
    }
  }

  /**
   * Sets the similarities of x with those of y that the first {@code count} of some indices name.
   */
  public static void similarities(float[] x, float[][] y, int[] which, int count, float[] into) {
    if (PlainJaccard.suits(count * x.length)) {
      for (int j = 0; j < count; j++) {
        into[j] = PlainJaccard.similarity(x, 0, x.length, y[which[j]], 0);
      }
    } else {
      JaccardVectors.similarities(x, y, which, count, into);
    }
  }

  /** From two sums and the entries x[from, to), which are added to them. */
  static float ratio(float[] x, int from, int to, float[] y, int yFrom, float sums, float gaps) {
    float sum = sums;
    float difference = gaps;
    for (int i = from; i < to; i++) {
      sum += Math.abs(x[i] + y[yFrom + i - from]);
      difference += Math.abs(x[i] - y[yFrom + i - from]);
    }
    float all = sum + difference;
    return all == 0 ? 0 : (sum - difference) / all;
  }

  /** What {@link #similarity} is, said plainly; it differs by rounding only. */
  public static double definition(float[] x, float[] y, int from) {
    double shared = 0;
    double all = 0;
    for (int i = 0; i < x.length; i++) {
      double a = Math.abs(x[i]);
      double b = Math.abs(y[from + i]);
      shared += Math.signum(x[i]) * Math.signum(y[from + i]) * Math.min(a, b);
      all += Math.max(a, b);
    }
    return all == 0 ? 0 : shared / all;
  }
}
