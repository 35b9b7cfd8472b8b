package basewise.patterns.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops over all patterns at one position of a region, the patterns side by side. Arrays of
 * weights are [4 letters][width][patterns], of everything else [positions][patterns]; the number of
 * patterns is padded to a multiple of {@link #LANES} with weights and scales of 0 and limits of 1.
 */
public final class FitKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** How many patterns are worked on at once. */
  public static final int LANES = SPECIES.length();

  private FitKernel() {}

  /** So many patterns with their padding. */
  public static int padded(int patterns) {
    return (patterns + LANES - 1) / LANES * LANES;
  }

  /**
   * Of each pattern the sum over its positions of a track times the weight of the letter there.
   *
   * @param track numbers along the sequence; 0 where there is no base
   * @param row where the weights of the letter at each position of the sequence begin, with those
   *     of position 0 of a pattern
   * @param at the position of the sequence that position 0 of the weights lies on
   * @param width positions of the weights
   * @param out sums go to [place, place + lanes)
   */
  public static void correlate(
      float[] track,
      int[] row,
      int at,
      float[] weights,
      int lanes,
      int width,
      float[] out,
      int place) {
    for (int m = 0; m < lanes; m += LANES) {
      FloatVector even = FloatVector.zero(SPECIES);
      FloatVector odd = FloatVector.zero(SPECIES);
      int w = 0;
      for (; w + 1 < width; w += 2) {
        even =
            FloatVector.fromArray(SPECIES, weights, row[at + w] + w * lanes + m)
                .fma(FloatVector.broadcast(SPECIES, track[at + w]), even);
        odd =
            FloatVector.fromArray(SPECIES, weights, row[at + w + 1] + (w + 1) * lanes + m)
                .fma(FloatVector.broadcast(SPECIES, track[at + w + 1]), odd);
      }
      if (w < width) {
        even =
            FloatVector.fromArray(SPECIES, weights, row[at + w] + w * lanes + m)
                .fma(FloatVector.broadcast(SPECIES, track[at + w]), even);
      }
      even.add(odd).intoArray(out, place + m);
    }
  }

  /**
   * One step of the coefficients at one position: up the gradient, down by the limit, not below 0,
   * and on by momentum.
   *
   * @param sums what {@link #correlate} found, [0, lanes)
   * @param place where the position's coefficients begin in the next three
   * @param scale of each coefficient
   * @param coefficient before the step; after it, what it leads to
   * @param ahead where the step starts from; after it, the momentum's next start
   * @param limit lambdas, [0, lanes)
   * @param step its width
   * @param momentum how much of the way from the last coefficient is gone again
   * @param dual of each lane the largest gradient over limit so far
   * @return whether any coefficient or start is not 0
   */
  public static boolean step(
      float[] sums,
      int place,
      float[] scale,
      float[] coefficient,
      float[] ahead,
      float[] limit,
      int lanes,
      float step,
      float momentum,
      float[] dual) {
    boolean any = false;
    for (int m = 0; m < lanes; m += LANES) {
      FloatVector lambda = FloatVector.fromArray(SPECIES, limit, m);
      FloatVector gradient =
          FloatVector.fromArray(SPECIES, sums, m)
              .mul(FloatVector.fromArray(SPECIES, scale, place + m));
      FloatVector.fromArray(SPECIES, dual, m).max(gradient.div(lambda)).intoArray(dual, m);
      FloatVector start = FloatVector.fromArray(SPECIES, ahead, place + m);
      FloatVector before = FloatVector.fromArray(SPECIES, coefficient, place + m);
      FloatVector after = start.add(gradient.sub(lambda).mul(step)).max(0);
      FloatVector next = after.mul(1 + momentum).sub(before.mul(momentum));
      after.intoArray(coefficient, place + m);
      next.intoArray(ahead, place + m);
      VectorMask<Float> moved =
          after.compare(VectorOperators.NE, 0).or(next.compare(VectorOperators.NE, 0));
      any |= moved.anyTrue();
    }
    return any;
  }
}
