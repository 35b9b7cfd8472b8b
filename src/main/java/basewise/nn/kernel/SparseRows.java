package basewise.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rows of a matrix that is mostly zeros, for a product that reads only what is not: behind a
 * ReLU and a maximum over positions that is a fourth and less. Sums are those of {@link Gemm}.
 */
final class SparseRows {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();
  private static final VectorSpecies<Integer> I = S.withLanes(int.class);
  private static final IntVector LANES = IntVector.zero(I).addIndex(1);
  private static final int CHUNK = 4 * V;

  /** Above this part of numbers that are not zero the dense product is faster (measured). */
  private static final double WORTH_IT = 0.3;

  /** Rows that are counted first, to see whether it is worth counting them all. */
  private static final int LOOKED_AT = 8;

  private final int[] first;
  private final int[] column;
  private final float[] value;

  private SparseRows(Matrix a, int filled) {
    first = new int[a.rows() + 1];
    column = new int[filled + V];
    value = new float[filled + V];
    int n = 0;
    for (int i = 0; i < a.rows(); i++) {
      int from = a.offset() + i * a.rowStep();
      int p = 0;
      for (; p <= a.columns() - V; p += V) {
        FloatVector x = FloatVector.fromArray(S, a.values(), from + p);
        VectorMask<Float> some = x.compare(VectorOperators.NE, 0f);
        x.compress(some).intoArray(value, n);
        LANES.add(p).compress(some.cast(I)).intoArray(column, n);
        n += some.trueCount();
      }
      for (; p < a.columns(); p++) {
        float x = a.values()[from + p];
        column[n] = p;
        value[n] = x;
        n += x != 0 ? 1 : 0;
      }
      first[i + 1] = n;
    }
  }

  /** Whether the product is better made here. */
  static boolean suit(Matrix a, Matrix b, int filled) {
    return b.columnStep() == 1 && b.columns() >= V && filled < WORTH_IT * a.rows() * a.columns();
  }

  /**
   * How many numbers are not zero; all of them if the rows of {@code a} do not lie in order, or
   * some of them say already that it is not worth counting.
   */
  static int filled(Matrix a) {
    int step = Math.max(1, a.rows() / LOOKED_AT);
    int some = (a.rows() + step - 1) / step * a.columns();
    return a.columnStep() != 1 || filled(a, step) > 2 * WORTH_IT * some
        ? a.rows() * a.columns()
        : filled(a, 1);
  }

  private static int filled(Matrix a, int step) {
    int n = 0;
    for (int i = 0; i < a.rows(); i += step) {
      int from = a.offset() + i * a.rowStep();
      int p = 0;
      for (; p <= a.columns() - V; p += V) {
        n +=
            FloatVector.fromArray(S, a.values(), from + p)
                .compare(VectorOperators.NE, 0f)
                .trueCount();
      }
      for (; p < a.columns(); p++) {
        n += a.values()[from + p] != 0 ? 1 : 0;
      }
    }
    return n;
  }

  /** C += A B. */
  static void add(Matrix c, Matrix a, int filled, Matrix b) {
    new SparseRows(a, filled).add(c, b);
  }

  private void add(Matrix c, Matrix b) {
    int n = b.columns();
    int j = 0;
    for (; j <= n - CHUNK; j += CHUNK) {
      for (int i = 0; i < c.rows(); i++) {
        addFour(i, b, j, c.values(), c.offset() + i * c.rowStep() + j);
      }
    }
    if (j < n) {
      addRest(c, b, j);
    }
  }

  private void addFour(int i, Matrix b, int j, float[] c, int at) {
    float[] y = b.values();
    int from = b.offset() + j;
    int lead = b.rowStep();
    FloatVector c0 = FloatVector.fromArray(S, c, at);
    FloatVector c1 = FloatVector.fromArray(S, c, at + V);
    FloatVector c2 = FloatVector.fromArray(S, c, at + 2 * V);
    FloatVector c3 = FloatVector.fromArray(S, c, at + 3 * V);
    for (int t = first[i]; t < first[i + 1]; t++) {
      int row = from + column[t] * lead;
      FloatVector x = FloatVector.broadcast(S, value[t]);
      c0 = x.fma(FloatVector.fromArray(S, y, row), c0);
      c1 = x.fma(FloatVector.fromArray(S, y, row + V), c1);
      c2 = x.fma(FloatVector.fromArray(S, y, row + 2 * V), c2);
      c3 = x.fma(FloatVector.fromArray(S, y, row + 3 * V), c3);
    }
    c0.intoArray(c, at);
    c1.intoArray(c, at + V);
    c2.intoArray(c, at + 2 * V);
    c3.intoArray(c, at + 3 * V);
  }

  /** The last columns, fewer than a chunk: through copies that are filled up. */
  private void addRest(Matrix c, Matrix b, int j) {
    int n = b.columns() - j;
    float[] panel = new float[b.rows() * CHUNK];
    for (int p = 0; p < b.rows(); p++) {
      System.arraycopy(b.values(), b.offset() + p * b.rowStep() + j, panel, p * CHUNK, n);
    }
    Matrix rest = Matrix.of(panel, b.rows(), CHUNK);
    float[] sum = new float[CHUNK];
    for (int i = 0; i < c.rows(); i++) {
      int at = c.offset() + i * c.rowStep() + j;
      System.arraycopy(c.values(), at, sum, 0, n);
      addFour(i, rest, 0, sum, 0);
      System.arraycopy(sum, 0, c.values(), at, n);
    }
  }
}
