package basewise.patterns.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Continuous Jaccard similarity (Shrikumar et al. 2018, section 1.4): the sum over all entries of
 * sign(x) sign(y) min(|x|, |y|), over the sum of max(|x|, |y|). With a = |x + y| and b = |x - y| an
 * entry's terms are (a - b) / 2 and (a + b) / 2: no entry needs a branch. Two zeros are 0 alike.
 */
public final class JaccardKernel {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** 8 lanes, or 4 where the hardware has no more. */
  private static final VectorSpecies<Float> SPECIES =
      LANES < 8 ? FloatVector.SPECIES_128 : FloatVector.SPECIES_256;

  private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_512;

  /** Lanes that lie 8, 2 and 1 further. */
  private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(WIDE, 8, 1, true);

  private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(WIDE, 2, 1, true);
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(WIDE, 1, 1, true);

  private JaccardKernel() {}

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
    if (LANES >= 16 && size % 16 == 0) {
      return ofSixteens(x, xFrom, size, y, yFrom);
    }
    return LANES >= 8 ? ofEights(x, xFrom, size, y, yFrom) : ofFours(x, xFrom, size, y, yFrom);
  }

  /** The same of all of x. The first ones of a process are computed by {@link PlainJaccard}. */
  public static float similarity(float[] x, float[] y, int from) {
    return PlainJaccard.suits(x.length)
        ? PlainJaccard.similarity(x, 0, x.length, y, from)
        : similarity(x, 0, x.length, y, from);
  }

  private static float ofSixteens(float[] x, int xFrom, int size, float[] y, int yFrom) {
    FloatVector together = FloatVector.zero(WIDE);
    FloatVector apart = together;
    for (int i = 0; i < size; i += 16) {
      FloatVector a = FloatVector.fromArray(WIDE, x, xFrom + i);
      FloatVector b = FloatVector.fromArray(WIDE, y, yFrom + i);
      together = together.add(a.add(b).abs());
      apart = apart.add(a.sub(b).abs());
    }
    float sum = sum(together);
    float difference = sum(apart);
    float all = sum + difference;
    return all == 0 ? 0 : (sum - difference) / all;
  }

  /** As {@link #four} of the lower lanes and the upper ones. */
  private static float sum(FloatVector v) {
    FloatVector eight = v.add(v.rearrange(BY_8));
    FloatVector four = eight.add(eight.rearrange(BY_2));
    FloatVector two = four.add(four.rearrange(BY_1));
    return two.lane(0) + two.lane(4);
  }

  private static float ofEights(float[] x, int xFrom, int size, float[] y, int yFrom) {
    FloatVector together = FloatVector.zero(SPECIES);
    FloatVector apart = together;
    FloatVector together2 = together;
    FloatVector apart2 = together;
    int i = 0;
    for (; i <= size - 16; i += 16) {
      FloatVector a = FloatVector.fromArray(SPECIES, x, xFrom + i);
      FloatVector b = FloatVector.fromArray(SPECIES, y, yFrom + i);
      FloatVector a2 = FloatVector.fromArray(SPECIES, x, xFrom + i + 8);
      FloatVector b2 = FloatVector.fromArray(SPECIES, y, yFrom + i + 8);
      together = together.add(a.add(b).abs());
      apart = apart.add(a.sub(b).abs());
      together2 = together2.add(a2.add(b2).abs());
      apart2 = apart2.add(a2.sub(b2).abs());
    }
    if (i <= size - 8) {
      FloatVector a = FloatVector.fromArray(SPECIES, x, xFrom + i);
      FloatVector b = FloatVector.fromArray(SPECIES, y, yFrom + i);
      together = together.add(a.add(b).abs());
      apart = apart.add(a.sub(b).abs());
      i += 8;
    }
    together = together.add(together2);
    apart = apart.add(apart2);
    float sum = four(together, 0) + four(together, 4);
    float difference = four(apart, 0) + four(apart, 4);
    return ratio(x, xFrom + i, xFrom + size, y, yFrom + i, sum, difference);
  }

  private static float ofFours(float[] x, int xFrom, int size, float[] y, int yFrom) {
    float sum = 0;
    float difference = 0;
    int eights = size & -8;
    for (int half = 0; half < 8; half += 4) {
      FloatVector together = FloatVector.zero(SPECIES);
      FloatVector apart = together;
      FloatVector together2 = together;
      FloatVector apart2 = together;
      int i = half;
      for (; i < eights - 8; i += 16) {
        FloatVector a = FloatVector.fromArray(SPECIES, x, xFrom + i);
        FloatVector b = FloatVector.fromArray(SPECIES, y, yFrom + i);
        FloatVector a2 = FloatVector.fromArray(SPECIES, x, xFrom + i + 8);
        FloatVector b2 = FloatVector.fromArray(SPECIES, y, yFrom + i + 8);
        together = together.add(a.add(b).abs());
        apart = apart.add(a.sub(b).abs());
        together2 = together2.add(a2.add(b2).abs());
        apart2 = apart2.add(a2.sub(b2).abs());
      }
      if (i < eights) {
        FloatVector a = FloatVector.fromArray(SPECIES, x, xFrom + i);
        FloatVector b = FloatVector.fromArray(SPECIES, y, yFrom + i);
        together = together.add(a.add(b).abs());
        apart = apart.add(a.sub(b).abs());
      }
      sum += four(together.add(together2), 0);
      difference += four(apart.add(apart2), 0);
    }
    return ratio(x, xFrom + eights, xFrom + size, y, yFrom + eights, sum, difference);
  }

  private static float four(FloatVector v, int from) {
    return v.lane(from) + v.lane(from + 2) + (v.lane(from + 1) + v.lane(from + 3));
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
