package basewise.patterns.kernel;

import basewise.patterns.kernel.JaccardKernel.Rows;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link JaccardKernel}'s similarity by vectors; apart, so that who needs none prepares none. Those
 * of 16 lanes pass no method: where Java does not inline one, each becomes an object.
 */
final class JaccardVectors {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** 8 lanes, or 4 where the hardware has no more. */
  private static final VectorSpecies<Float> SPECIES =
      LANES < 8 ? FloatVector.SPECIES_128 : FloatVector.SPECIES_256;

  private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_512;
  private static final VectorSpecies<Float> FIRST = FloatVector.SPECIES_128;

  /** Lanes that lie 8, 2 and 1 further. */
  private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(WIDE, 8, 1, true);

  private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(WIDE, 4, 1, true);
  private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(WIDE, 2, 1, true);
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(WIDE, 1, 1, true);
  private static final VectorShuffle<Float> BACK_2 = VectorShuffle.iota(WIDE, 14, 1, true);
  private static final VectorShuffle<Float> BACK_1 = VectorShuffle.iota(WIDE, 15, 1, true);

  /** The upper lanes, and those of the upper of each 4 and of each 2. */
  private static final VectorMask<Float> OF_8 = VectorMask.fromLong(WIDE, 0xff00);

  private static final VectorMask<Float> OF_2 = VectorMask.fromLong(WIDE, 0xcccc);
  private static final VectorMask<Float> OF_1 = VectorMask.fromLong(WIDE, 0xaaaa);

  /** So many rows and four more lie in the nearest cache. */
  private static final int NEAR = 8;

  private JaccardVectors() {}

  private static boolean bySixteens(int size) {
    return LANES >= 16 && size % 16 == 0;
  }

  static float similarity(float[] x, int xFrom, int size, float[] y, int yFrom) {
    if (bySixteens(size)) {
      return ofSixteens(x, xFrom, size, y, yFrom);
    }
    return LANES >= 8 ? ofEights(x, xFrom, size, y, yFrom) : ofFours(x, xFrom, size, y, yFrom);
  }

  /** As {@link JaccardKernel#similarities}. */
  static void similarities(Rows x, Rows y, float[][] into) {
    int fours = 0;
    if (bySixteens(y.size())) {
      fours = y.count() & -4;
      for (int i = 0; i < x.count(); i += NEAR) {
        for (int j = 0; j < fours; j += 4) {
          fours(x, i, Math.min(x.count(), i + NEAR), y, j, into);
        }
      }
    }
    for (int i = 0; i < x.count(); i++) {
      for (int j = fours; j < y.count(); j++) {
        into[i][j] = similarity(x.row(i), 0, y.size(), y.row(j), 0);
      }
    }
  }

  /** Of rows [begin, end) of x with four of y. */
  private static void fours(Rows x, int begin, int end, Rows y, int j, float[][] into) {
    for (int k = begin; k < end; k++) {
      four(x.row(k), y.row(j), y.row(j + 1), y.row(j + 2), y.row(j + 3), into[k], j);
    }
  }

  /** As {@link JaccardKernel#similarities(float[], float[][], int[], int, float[])}. */
  static void similarities(float[] x, float[][] y, int[] which, int count, float[] into) {
    boolean fours = bySixteens(x.length) && count >= 4;
    for (int j = 0; fours && j < count; j += 4) {
      int i = Math.min(j, count - 4);
      four(x, y[which[i]], y[which[i + 1]], y[which[i + 2]], y[which[i + 3]], into, i);
    }
    for (int j = 0; !fours && j < count; j++) {
      into[j] = similarity(x, 0, x.length, y[which[j]], 0);
    }
  }

  /** Of one with four; sums are added as in {@link #ofSixteens}, those of eight vectors in one. */
  private static void four(
      float[] one, float[] y0, float[] y1, float[] y2, float[] y3, float[] into, int at) {
    FloatVector s0 = FloatVector.zero(WIDE);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector d0 = s0;
    FloatVector d1 = s0;
    FloatVector d2 = s0;
    FloatVector d3 = s0;
    for (int i = 0; i < y0.length; i += 16) {
      FloatVector a = FloatVector.fromArray(WIDE, one, i);
      FloatVector b0 = FloatVector.fromArray(WIDE, y0, i);
      FloatVector b1 = FloatVector.fromArray(WIDE, y1, i);
      FloatVector b2 = FloatVector.fromArray(WIDE, y2, i);
      FloatVector b3 = FloatVector.fromArray(WIDE, y3, i);
      s0 = s0.add(a.add(b0).abs());
      d0 = d0.add(a.sub(b0).abs());
      s1 = s1.add(a.add(b1).abs());
      d1 = d1.add(a.sub(b1).abs());
      s2 = s2.add(a.add(b2).abs());
      d2 = d2.add(a.sub(b2).abs());
      s3 = s3.add(a.add(b3).abs());
      d3 = d3.add(a.sub(b3).abs());
    }
    // First the upper half of s0 and d0 onto the lower one, those of s2 and d2 onto the upper, ...
    FloatVector even = s0.blend(d0.rearrange(BY_8), OF_8).add(s0.rearrange(BY_8).blend(d0, OF_8));
    FloatVector odd = s1.blend(d1.rearrange(BY_8), OF_8).add(s1.rearrange(BY_8).blend(d1, OF_8));
    FloatVector even2 = s2.blend(d2.rearrange(BY_8), OF_8).add(s2.rearrange(BY_8).blend(d2, OF_8));
    FloatVector odd2 = s3.blend(d3.rearrange(BY_8), OF_8).add(s3.rearrange(BY_8).blend(d3, OF_8));
    // Of each four lanes two sums of either.
    even = even.blend(even2.rearrange(BACK_2), OF_2).add(even.rearrange(BY_2).blend(even2, OF_2));
    odd = odd.blend(odd2.rearrange(BACK_2), OF_2).add(odd.rearrange(BY_2).blend(odd2, OF_2));
    // Of each two lanes one sum of either.
    FloatVector halves =
        even.blend(odd.rearrange(BACK_1), OF_1).add(even.rearrange(BY_1).blend(odd, OF_1));
    FloatVector sum = halves.add(halves.rearrange(BY_4));
    FloatVector difference = sum.rearrange(BY_8);
    FloatVector all = sum.add(difference);
    FloatVector ratio = sum.sub(difference).div(all);
    ratio.blend(0, all.eq(0)).reinterpretShape(FIRST, 0).reinterpretAsFloats().intoArray(into, at);
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
    // As in four: sums of the one in the lower half, of the other in the upper.
    FloatVector eight =
        together
            .blend(apart.rearrange(BY_8), OF_8)
            .add(together.rearrange(BY_8).blend(apart, OF_8));
    FloatVector four = eight.add(eight.rearrange(BY_2));
    FloatVector two = four.add(four.rearrange(BY_1));
    float sum = two.lane(0) + two.lane(4);
    float difference = two.lane(8) + two.lane(12);
    float all = sum + difference;
    return all == 0 ? 0 : (sum - difference) / all;
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
