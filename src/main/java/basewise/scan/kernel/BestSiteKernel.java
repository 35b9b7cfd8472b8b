package basewise.scan.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The best window of one sequence for many motifs at once. Scores are looked up two columns at a
 * time: {@code table[pair][25][motifs]} holds, for each pair of base codes 5 * first + second, the
 * sum of the two columns' scores. Columns beyond a motif's width score 0 for every code; an unknown
 * base inside a motif scores {@link #IMPOSSIBLE}.
 */
public final class BestSiteKernel {
  /** The score of an unknown base; far below any sum of real scores, far above -infinity. */
  public static final float IMPOSSIBLE = -1e9f;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Motif counts are padded to a multiple of this. */
  public static final int LANES = 2 * SPECIES.length();

  private BestSiteKernel() {}

  /**
   * Finds for each motif the first position with the highest score.
   *
   * @param pairCodes 5 * code[i] + code[i + 1]; readable up to positions + 2 * the most pairs
   * @param positions how many start positions to try, from 0
   * @param table [pairs][25][motifs]
   * @param pairs pairs of columns, for each {@link #LANES} motifs; what their tables hold beyond is
   *     0
   * @param motifs number of motifs, a multiple of {@link #LANES}
   * @param value [motifs] out: the best score
   * @param position [motifs] out: where it is, or -1 if positions is 0
   */
  public static void best(
      byte[] pairCodes,
      int positions,
      float[] table,
      int[] pairs,
      int motifs,
      float[] value,
      float[] position) {
    int v = SPECIES.length();
    for (int f = 0; f < motifs; f += 2 * v) {
      int most = pairs[f / LANES];
      FloatVector m0 = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      FloatVector m1 = m0;
      FloatVector p0 = FloatVector.broadcast(SPECIES, -1);
      FloatVector p1 = p0;
      for (int p = 0; p < positions; p++) {
        int row = pairCodes[p] * motifs + f;
        FloatVector a0 = FloatVector.fromArray(SPECIES, table, row);
        FloatVector a1 = FloatVector.fromArray(SPECIES, table, row + v);
        int base = f;
        for (int k = 1; k < most; k++) {
          base += 25 * motifs;
          row = base + pairCodes[p + 2 * k] * motifs;
          a0 = a0.add(FloatVector.fromArray(SPECIES, table, row));
          a1 = a1.add(FloatVector.fromArray(SPECIES, table, row + v));
        }
        VectorMask<Float> g0 = a0.compare(VectorOperators.GT, m0);
        VectorMask<Float> g1 = a1.compare(VectorOperators.GT, m1);
        m0 = m0.max(a0);
        m1 = m1.max(a1);
        p0 = p0.blend((float) p, g0);
        p1 = p1.blend((float) p, g1);
      }
      m0.intoArray(value, f);
      m1.intoArray(value, f + v);
      p0.intoArray(position, f);
      p1.intoArray(position, f + v);
    }
  }

  /** The definition: the same sums in the same order, one at a time. */
  public static void bestScalar(
      byte[] pairCodes,
      int positions,
      float[] table,
      int[] pairs,
      int motifs,
      float[] value,
      float[] position) {
    for (int f = 0; f < motifs; f++) {
      float best = Float.NEGATIVE_INFINITY;
      int at = -1;
      for (int p = 0; p < positions; p++) {
        float sum = table[pairCodes[p] * motifs + f];
        for (int k = 1; k < pairs[f / LANES]; k++) {
          sum += table[(k * 25 + pairCodes[p + 2 * k]) * motifs + f];
        }
        if (sum > best) {
          best = sum;
          at = p;
        }
      }
      value[f] = best;
      position[f] = at;
    }
  }
}
