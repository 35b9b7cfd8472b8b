package basewise.patterns.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** {@link JaccardKernel}'s similarity by vectors; apart, so that who needs none prepares none. */
final class JaccardVectors {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** 8 lanes, or 4 where the hardware has no more. */
  private static final VectorSpecies<Float> SPECIES =
      LANES < 8 ? FloatVector.SPECIES_128 : FloatVector.SPECIES_256;

  private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_512;

  /** Lanes that lie 8, 2 and 1 further. */
  private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(WIDE, 8, 1, true);

  private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(WIDE, 2, 1, true);
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(WIDE, 1, 1, true);

  private JaccardVectors() {}

  static float similarity(float[] x, int xFrom, int size, float[] y, int yFrom) {
    if (LANES >= 16 && size % 16 == 0) {
      return ofSixteens(x, xFrom, size, y, yFrom);
    }
    return LANES >= 8 ? ofEights(x, xFrom, size, y, yFrom) : ofFours(x, xFrom, size, y, yFrom);
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
    return JaccardKernel.ratio(x, xFrom + i, xFrom + size, y, yFrom + i, sum, difference);
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
    return JaccardKernel.ratio(x, xFrom + eights, xFrom + size, y, yFrom + eights, sum, difference);
  }

  private static float four(FloatVector v, int from) {
    return v.lane(from) + v.lane(from + 2) + (v.lane(from + 1) + v.lane(from + 3));
  }
}
