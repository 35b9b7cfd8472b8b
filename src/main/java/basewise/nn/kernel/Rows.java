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
