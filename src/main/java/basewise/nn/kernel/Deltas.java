package basewise.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What changes of numbers change where a network is not linear; loops over n neighbours. */
public final class Deltas {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();

  private Deltas() {}

  /** out[to+i] = max(x[at+i] + d[from+i], 0) - max(x[at+i], 0). */
  public static void relu(int n, float[] x, int at, float[] d, int from, float[] out, int to) {
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector before = FloatVector.fromArray(S, x, at + i);
      FloatVector after = before.add(FloatVector.fromArray(S, d, from + i));
      after.max(0).sub(before.max(0)).intoArray(out, to + i);
    }
    for (; i < n; i++) {
      out[to + i] = Math.max(x[at + i] + d[from + i], 0) - Math.max(x[at + i], 0);
    }
  }

  /** best[at+i] becomes x[from+i] if that is larger. */
  public static void max(int n, float[] best, int at, float[] x, int from) {
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector.fromArray(S, best, at + i)
          .max(FloatVector.fromArray(S, x, from + i))
          .intoArray(best, at + i);
    }
    for (; i < n; i++) {
      best[at + i] = Math.max(best[at + i], x[from + i]);
    }
  }

  /**
   * best[at+i] becomes the largest of itself and of x + d over {@code rows} rows of n numbers that
   * lie one after another, those of x from {@code xFrom} and those of d from {@code dFrom}.
   */
  public static void max(
      int rows, int n, float[] best, int at, float[] x, int xFrom, float[] d, int dFrom) {
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector most = FloatVector.fromArray(S, best, at + i);
      for (int r = 0; r < rows; r++) {
        most =
            most.max(
                FloatVector.fromArray(S, x, xFrom + r * n + i)
                    .add(FloatVector.fromArray(S, d, dFrom + r * n + i)));
      }
      most.intoArray(best, at + i);
    }
    for (; i < n; i++) {
      float most = best[at + i];
      for (int r = 0; r < rows; r++) {
        most = Math.max(most, x[xFrom + r * n + i] + d[dFrom + r * n + i]);
      }
      best[at + i] = most;
    }
  }

  /**
   * best[at+i] becomes the largest of itself and of z + w[plus..] - w[minus..] over {@code rows}
   * rows of n numbers: those of z lie one after another from {@code zFrom}, those of w begin {@code
   * step} apart.
   */
  public static void exchanged(
      int rows,
      int n,
      float[] best,
      int at,
      float[] z,
      int zFrom,
      float[] w,
      int plus,
      int minus,
      int step) {
    int i = 0;
    for (; i <= n - 2 * V; i += 2 * V) {
      FloatVector most = FloatVector.fromArray(S, best, at + i);
      FloatVector most1 = FloatVector.fromArray(S, best, at + i + V);
      for (int r = 0; r < rows; r++) {
        int up = plus + r * step + i;
        int down = minus + r * step + i;
        int from = zFrom + r * n + i;
        FloatVector d = FloatVector.fromArray(S, w, up).sub(FloatVector.fromArray(S, w, down));
        FloatVector d1 =
            FloatVector.fromArray(S, w, up + V).sub(FloatVector.fromArray(S, w, down + V));
        most = most.max(FloatVector.fromArray(S, z, from).add(d));
        most1 = most1.max(FloatVector.fromArray(S, z, from + V).add(d1));
      }
      most.intoArray(best, at + i);
      most1.intoArray(best, at + i + V);
    }
    for (; i < n; i++) {
      float most = best[at + i];
      for (int r = 0; r < rows; r++) {
        float d = w[plus + r * step + i] - w[minus + r * step + i];
        most = Math.max(most, z[zFrom + r * n + i] + d);
      }
      best[at + i] = most;
    }
  }

  /** x[at+i] becomes max(x[at+i], least) - y[from+i]. */
  public static void above(int n, float[] x, int at, float least, float[] y, int from) {
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector.fromArray(S, x, at + i)
          .max(least)
          .sub(FloatVector.fromArray(S, y, from + i))
          .intoArray(x, at + i);
    }
    for (; i < n; i++) {
      x[at + i] = Math.max(x[at + i], least) - y[from + i];
    }
  }

  /** x[at+i] -= y[from+i]. */
  public static void subtract(int n, float[] x, int at, float[] y, int from) {
    Rows.add(n, x, at, y, from, -1);
  }
}
