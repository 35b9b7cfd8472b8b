package basewise.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Which numbers may come to 0 if they change by no more than a bound. */
public final class Margins {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();
  private static final VectorSpecies<Integer> I = S.withLanes(int.class);
  private static final IntVector LANES = IntVector.zero(I).addIndex(1);

  private Margins() {}

  /** Room that the places of n numbers take. */
  public static int room(int n) {
    return n + V;
  }

  /**
   * Places i in [0, n) with |x[i]| up to bound[i], in their order.
   *
   * @param places of {@link #room} numbers
   * @return how many
   */
  public static int within(int n, float[] x, float[] bound, int[] places) {
    int found = 0;
    int i = 0;
    for (; i <= n - V; i += V) {
      VectorMask<Float> some =
          FloatVector.fromArray(S, x, i)
              .abs()
              .compare(VectorOperators.LE, FloatVector.fromArray(S, bound, i));
      if (some.anyTrue()) {
        LANES.add(i).compress(some.cast(I)).intoArray(places, found);
        found += some.trueCount();
      }
    }
    for (; i < n; i++) {
      places[found] = i;
      found += Math.abs(x[i]) <= bound[i] ? 1 : 0;
    }
    return found;
  }
}
