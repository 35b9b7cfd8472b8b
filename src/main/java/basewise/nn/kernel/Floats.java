package basewise.nn.kernel;

/** Numbers from doubles to floats and back; plain loops that compilers make vectors of. */
public final class Floats {
  private Floats() {}

  /** Rounds x[from, from+n) into to[at, at+n). */
  public static void round(double[] x, int from, int n, float[] to, int at) {
    for (int i = 0; i < n; i++) {
      to[at + i] = (float) x[from + i];
    }
  }

  /** All of them, rounded. */
  public static float[] of(double[] x) {
    float[] out = new float[x.length];
    round(x, 0, x.length, out, 0);
    return out;
  }

  /** The same numbers as doubles. */
  public static double[] doubles(float[] x) {
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i];
    }
    return out;
  }

  /** sum[i] += x[from + i] for all of {@code sum}. */
  public static void addTo(double[] sum, float[] x, int from) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += x[from + i];
    }
  }
}
