package basewise.patterns.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Continuous Jaccard similarity (Shrikumar et al. 2018, section 1.4): the sum over all entries of
 * sign(x) sign(y) min(|x|, |y|), over the sum of max(|x|, |y|). With a = |x + y| and b = |x - y| an
 * entry's terms are (a - b) / 2 and (a + b) / 2: no entry needs a branch. Two zeros are 0 alike.
 */
public final class JaccardKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

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
      float score = similarity(x, y, o * step);
      if (score > best) {
        best = score;
        at = o;
      }
    }
    return new Best(at, best);
  }

  /** The larger of two rows' largest similarity; as {@link #best}, for x and its other strand. */
  public static float largest(float[] x, float[] reverse, float[] y, int step, int offsets) {
    float best = Float.NEGATIVE_INFINITY;
    for (int o = 0; o < offsets; o++) {
      best = Math.max(best, similarity(x, y, o * step));
      best = Math.max(best, similarity(reverse, y, o * step));
    }
    return best;
  }

  /** The similarity of x and y[from, from + x.length). */
  public static float similarity(float[] x, float[] y, int from) {
    int lanes = SPECIES.length();
    FloatVector together = FloatVector.zero(SPECIES);
    FloatVector apart = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i <= x.length - lanes; i += lanes) {
      FloatVector a = FloatVector.fromArray(SPECIES, x, i);
      FloatVector b = FloatVector.fromArray(SPECIES, y, from + i);
      together = together.add(a.add(b).abs());
      apart = apart.add(a.sub(b).abs());
    }
    float sum = together.reduceLanes(VectorOperators.ADD);
    float difference = apart.reduceLanes(VectorOperators.ADD);
    for (; i < x.length; i++) {
      sum += Math.abs(x[i] + y[from + i]);
      difference += Math.abs(x[i] - y[from + i]);
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
