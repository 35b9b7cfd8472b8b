package basewise.nn.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Which of several rows of numbers holds the largest, column by column. */
public final class Maxima {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I =
      VectorSpecies.of(int.class, VectorShape.forBitSize(D.vectorBitSize() / 2));
  private static final int V = D.length();

  private Maxima() {}

  /**
   * Finds them.
   *
   * @param x values; the rows lie one after another from {@code from}
   * @param n numbers in a row
   * @param at indices into x go to at[to, to + n); of equal numbers that of the first
   */
  public static void find(double[] x, int from, int rows, int n, int[] at, int to) {
    int c = 0;
    for (; c <= n - V; c += V) {
      DoubleVector best = DoubleVector.fromArray(D, x, from + c);
      DoubleVector row = DoubleVector.zero(D);
      for (int r = 1; r < rows; r++) {
        DoubleVector other = DoubleVector.fromArray(D, x, from + r * n + c);
        VectorMask<Double> larger = other.compare(VectorOperators.GT, best);
        best = best.blend(other, larger);
        row = row.blend((double) r, larger);
      }
      ((IntVector) row.convertShape(VectorOperators.D2I, I, 0))
          .mul(n)
          .add(from + c)
          .addIndex(1)
          .intoArray(at, to + c);
    }
    for (; c < n; c++) {
      int best = from + c;
      for (int r = 1; r < rows; r++) {
        int other = from + r * n + c;
        best = x[other] > x[best] ? other : best;
      }
      at[to + c] = best;
    }
  }
}
