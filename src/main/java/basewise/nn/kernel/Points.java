package basewise.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What networks do number by number or over positions, in floats, and the way back. */
public final class Points {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = S.withLanes(int.class);
  private static final int V = S.length();

  /** Up to so many rows are looked at one by one. */
  private static final int FEW = 8;

  private Points() {}

  /** y[i] = max(x[i], 0) for i in [from, to). */
  public static void relu(int from, int to, float[] x, float[] y) {
    int i = from;
    for (; i <= to - V; i += V) {
      FloatVector.fromArray(S, x, i).max(0).intoArray(y, i);
    }
    for (; i < to; i++) {
      y[i] = Math.max(x[i], 0);
    }
  }

  /** in[i] += out[i] where x[i] is above 0, for i in [from, to). */
  public static void reluBack(int from, int to, float[] x, float[] out, float[] in) {
    int i = from;
    for (; i <= to - V; i += V) {
      VectorMask<Float> on = FloatVector.fromArray(S, x, i).compare(VectorOperators.GT, 0);
      FloatVector.fromArray(S, in, i).add(FloatVector.fromArray(S, out, i), on).intoArray(in, i);
    }
    for (; i < to; i++) {
      in[i] += x[i] > 0 ? out[i] : 0;
    }
  }

  /**
   * y[i] = x[i] * scale[c] + shift[c], c = i modulo their length, for i in [from, to), which are
   * multiples of it.
   */
  public static void scale(int from, int to, float[] x, float[] scale, float[] shift, float[] y) {
    int channels = scale.length;
    for (int at = from; at < to; at += channels) {
      for (int c = 0; c < channels; c++) {
        y[at + c] = Math.fma(x[at + c], scale[c], shift[c]);
      }
    }
  }

  /** in[i] += out[i] * scale[c], c = i modulo its length, for i in [from, to). */
  public static void scaleBack(int from, int to, float[] out, float[] scale, float[] in) {
    int channels = scale.length;
    for (int at = from; at < to; at += channels) {
      for (int c = 0; c < channels; c++) {
        in[at + c] = Math.fma(out[at + c], scale[c], in[at + c]);
      }
    }
  }

  /** sum[at + i] += v * x[from + i] for i in [0, n). */
  public static void add(int n, float[] sum, int at, float[] x, int from, float v) {
    Rows.add(n, sum, at, x, from, v);
  }

  /**
   * The largest of several rows, column by column.
   *
   * @param x the rows lie one after another from {@code from}
   * @param n numbers in a row
   * @param best values go to best[to, to + n)
   * @param row which row it is goes to row[to, to + n); of equal ones the first
   */
  public static void largest(
      float[] x, int from, int rows, int n, float[] best, int[] row, int to) {
    int c = 0;
    for (; c <= n - V; c += V) {
      FloatVector most = FloatVector.fromArray(S, x, from + c);
      IntVector which = IntVector.zero(I);
      for (int r = 1; r < rows; r++) {
        FloatVector other = FloatVector.fromArray(S, x, from + r * n + c);
        VectorMask<Float> larger = other.compare(VectorOperators.GT, most);
        most = most.blend(other, larger);
        which = which.blend(r, larger.cast(I));
      }
      most.intoArray(best, to + c);
      which.intoArray(row, to + c);
    }
    for (; c < n; c++) {
      int which = 0;
      float most = x[from + c];
      for (int r = 1; r < rows; r++) {
        float other = x[from + r * n + c];
        which = other > most ? r : which;
        most = other > most ? other : most;
      }
      best[to + c] = most;
      row[to + c] = which;
    }
  }

  /**
   * The largest of (z + v d) scale + shift over several rows, column by column, if it is larger
   * than what is in {@code best}.
   *
   * @param z the rows lie one after another from {@code from}, those of d likewise
   * @param n numbers in a row
   * @param best values in best[to, to + n)
   * @param row which row it is, plus {@code first}, goes to row[to, to + n)
   */
  public static void largest(
      float[] z,
      float[] d,
      float v,
      float[] scale,
      float[] shift,
      int from,
      int rows,
      int n,
      float[] best,
      int[] row,
      int to,
      int first) {
    int c = 0;
    FloatVector place = FloatVector.broadcast(S, v);
    for (; c <= n - V; c += V) {
      FloatVector a = FloatVector.fromArray(S, scale, c);
      FloatVector b = FloatVector.fromArray(S, shift, c);
      FloatVector most = FloatVector.fromArray(S, best, to + c);
      IntVector which = IntVector.fromArray(I, row, to + c);
      for (int r = 0; r < rows; r++) {
        int i = from + r * n + c;
        FloatVector x = place.fma(FloatVector.fromArray(S, d, i), FloatVector.fromArray(S, z, i));
        FloatVector other = x.fma(a, b);
        VectorMask<Float> larger = other.compare(VectorOperators.GT, most);
        most = most.blend(other, larger);
        which = which.blend(first + r, larger.cast(I));
      }
      most.intoArray(best, to + c);
      which.intoArray(row, to + c);
    }
    for (; c < n; c++) {
      for (int r = 0; r < rows; r++) {
        int i = from + r * n + c;
        float other = Math.fma(Math.fma(v, d[i], z[i]), scale[c], shift[c]);
        if (other > best[to + c]) {
          best[to + c] = other;
          row[to + c] = first + r;
        }
      }
    }
  }

  /**
   * in[i] += out[i] * (y[x + i] - y[r + i]) / (a[x + i] - a[r + i]) for i in [0, n), where a is
   * what a ReLU read and y what it gave; where inputs differ by less than {@code least}, its
   * derivative at r is the quotient.
   *
   * @param x where the input's numbers begin
   * @param r where the reference's do, and those of out and in
   */
  public static void rescaleRelu(
      int n, float[] a, float[] y, int x, int r, float least, float[] out, float[] in) {
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector reference = FloatVector.fromArray(S, a, r + i);
      FloatVector da = FloatVector.fromArray(S, a, x + i).sub(reference);
      FloatVector dy = FloatVector.fromArray(S, y, x + i).sub(FloatVector.fromArray(S, y, r + i));
      VectorMask<Float> small = da.abs().compare(VectorOperators.LT, least);
      FloatVector at = FloatVector.zero(S).blend(1f, reference.compare(VectorOperators.GT, 0));
      FloatVector quotient = dy.div(da).blend(at, small);
      FloatVector.fromArray(S, out, r + i)
          .fma(quotient, FloatVector.fromArray(S, in, r + i))
          .intoArray(in, r + i);
    }
    for (; i < n; i++) {
      float da = a[x + i] - a[r + i];
      float at = a[r + i] > 0 ? 1 : 0;
      float quotient = Math.abs(da) < least ? at : (y[x + i] - y[r + i]) / da;
      in[r + i] = Math.fma(out[r + i], quotient, in[r + i]);
    }
  }

  /**
   * sum[to + row[i] * n + i] += v * scale[i] * out[i] for i in [0, n) whose row is in [first, first
   * + rows), row counted from first.
   *
   * @param out from {@code at}; row likewise
   */
  public static void scatter(
      int n,
      float[] out,
      int[] row,
      int at,
      float[] scale,
      float v,
      int first,
      int rows,
      float[] sum,
      int to) {
    if (rows > FEW) {
      for (int i = 0; i < n; i++) {
        int r = row[at + i] - first;
        if (r >= 0 && r < rows) {
          sum[to + r * n + i] = Math.fma(v * scale[i], out[at + i], sum[to + r * n + i]);
        }
      }
      return;
    }
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector g = FloatVector.fromArray(S, out, at + i);
      FloatVector by = FloatVector.fromArray(S, scale, i).mul(v);
      IntVector which = IntVector.fromArray(I, row, at + i);
      for (int r = 0; r < rows; r++) {
        VectorMask<Float> here = which.compare(VectorOperators.EQ, first + r).cast(S);
        FloatVector old = FloatVector.fromArray(S, sum, to + r * n + i);
        old.blend(by.fma(g, old), here).intoArray(sum, to + r * n + i);
      }
    }
    for (; i < n; i++) {
      int r = row[at + i] - first;
      if (r >= 0 && r < rows) {
        sum[to + r * n + i] = Math.fma(v * scale[i], out[at + i], sum[to + r * n + i]);
      }
    }
  }

  /** What is not above 0 becomes 0, and its row -1, for i in [from, to). */
  public static void close(int from, int to, float[] x, int[] row) {
    for (int i = from; i < to; i++) {
      row[i] = x[i] > 0 ? row[i] : -1;
      x[i] = Math.max(x[i], 0);
    }
  }

  /** How many of x[from, from + n) are not zero. */
  public static int filled(float[] x, int from, int n) {
    int filled = 0;
    int i = from;
    for (; i <= from + n - V; i += V) {
      filled += FloatVector.fromArray(S, x, i).compare(VectorOperators.NE, 0f).trueCount();
    }
    for (; i < from + n; i++) {
      filled += x[i] != 0 ? 1 : 0;
    }
    return filled;
  }

  /** The first {@code n} of x from {@code from} on that are not zero: how far from there. */
  public static int[] places(float[] x, int from, int n) {
    int[] places = new int[n];
    int found = 0;
    int i = from;
    for (; found < n && i <= x.length - V; i += V) {
      if (FloatVector.fromArray(S, x, i).compare(VectorOperators.NE, 0f).anyTrue()) {
        for (int k = i; k < i + V && found < n; k++) {
          places[found] = k - from;
          found += x[k] != 0 ? 1 : 0;
        }
      }
    }
    for (; found < n; i++) {
      places[found] = i - from;
      found += x[i] != 0 ? 1 : 0;
    }
    return places;
  }
}
