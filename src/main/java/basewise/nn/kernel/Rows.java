package basewise.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums of rows of numbers; each number is a chain of fused multiply-adds of its own. */
public final class Rows {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();

  private Rows() {}

  /** y[at + i] += v * x[from + i] for i in [0, n). */
  public static void add(int n, float[] y, int at, float[] x, int from, float v) {
    FloatVector v0 = FloatVector.broadcast(S, v);
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector.fromArray(S, x, from + i)
          .fma(v0, FloatVector.fromArray(S, y, at + i))
          .intoArray(y, at + i);
    }
    for (; i < n; i++) {
      y[at + i] = Math.fma(v, x[from + i], y[at + i]);
    }
  }

  /** y[at + i] += x[plus + i] - x[minus + i] for i in [0, n). */
  public static void addDifference(int n, float[] y, int at, float[] x, int plus, int minus) {
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector.fromArray(S, x, plus + i)
          .sub(FloatVector.fromArray(S, x, minus + i))
          .add(FloatVector.fromArray(S, y, at + i))
          .intoArray(y, at + i);
    }
    for (; i < n; i++) {
      y[at + i] = x[plus + i] - x[minus + i] + y[at + i];
    }
  }

  /**
   * The sum of a[i + k] * b[j + k] for k in [0, n); its last bits depend on the width of vectors.
   */
  public static float dot(int n, float[] a, int i, float[] b, int j) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int k = 0;
    for (; k <= n - 4 * V; k += 4 * V) {
      s0 = FloatVector.fromArray(S, a, i + k).fma(FloatVector.fromArray(S, b, j + k), s0);
      s1 = FloatVector.fromArray(S, a, i + k + V).fma(FloatVector.fromArray(S, b, j + k + V), s1);
      s2 =
          FloatVector.fromArray(S, a, i + k + 2 * V)
              .fma(FloatVector.fromArray(S, b, j + k + 2 * V), s2);
      s3 =
          FloatVector.fromArray(S, a, i + k + 3 * V)
              .fma(FloatVector.fromArray(S, b, j + k + 3 * V), s3);
    }
    for (; k <= n - V; k += V) {
      s0 = FloatVector.fromArray(S, a, i + k).fma(FloatVector.fromArray(S, b, j + k), s0);
    }
    float[] lanes = s0.add(s1).add(s2.add(s3)).toArray();
    float sum = 0; // in order: a reduction of lanes has none, and may change when it is compiled
    for (float each : lanes) {
      sum += each;
    }
    for (; k < n; k++) {
      sum = Math.fma(a[i + k], b[j + k], sum);
    }
    return sum;
  }

  /** Adds four rows of x that begin {@code lead} apart, one after another. */
  static void add4(
      int n,
      float[] y,
      int at,
      float[] x,
      int from,
      int lead,
      float v0,
      float v1,
      float v2,
      float v3) {
    FloatVector w0 = FloatVector.broadcast(S, v0);
    FloatVector w1 = FloatVector.broadcast(S, v1);
    FloatVector w2 = FloatVector.broadcast(S, v2);
    FloatVector w3 = FloatVector.broadcast(S, v3);
    int from1 = from + lead;
    int from2 = from1 + lead;
    int from3 = from2 + lead;
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector sum = FloatVector.fromArray(S, y, at + i);
      sum = w0.fma(FloatVector.fromArray(S, x, from + i), sum);
      sum = w1.fma(FloatVector.fromArray(S, x, from1 + i), sum);
      sum = w2.fma(FloatVector.fromArray(S, x, from2 + i), sum);
      sum = w3.fma(FloatVector.fromArray(S, x, from3 + i), sum);
      sum.intoArray(y, at + i);
    }
    for (; i < n; i++) {
      float sum = Math.fma(v0, x[from + i], y[at + i]);
      sum = Math.fma(v1, x[from1 + i], sum);
      sum = Math.fma(v2, x[from2 + i], sum);
      y[at + i] = Math.fma(v3, x[from3 + i], sum);
    }
  }
}
