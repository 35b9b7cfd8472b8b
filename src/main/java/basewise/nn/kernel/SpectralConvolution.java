package basewise.nn.kernel;

import static basewise.nn.kernel.Panels.PANEL;
import static basewise.nn.kernel.Panels.S;
import static basewise.nn.kernel.Panels.TILE;
import static basewise.nn.kernel.Panels.V;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * A convolution over positions with several channels, as products of discrete Fourier transforms:
 * of a window of N positions at a time, N odd. Instead of one product of matrices per column of the
 * filters and position it needs (3 N - 1) / 2 per window, of which N - width + 1 outputs come: a
 * third to a sixth as many for filters of 7 columns and more.
 *
 * <p>With x_n at n = 0..N-1, c = (N - 1) / 2 and w = 2 pi / N, A_k = sum x_n cos(w k (n - c)) and
 * B_k = sum x_n sin(w k (n - c)); of the filters C_k and D_k likewise around their own middle. The
 * transform of the outputs around theirs is A C + B D + i (A D - B C), made of three real products
 * (Gauss): (A + B) C, B (D - C) and A (D + C). Sums over n and k are made of the even and the odd
 * part, so each takes N / 2 steps. In floats; results differ from sums in order by a few units in
 * the last place of the largest terms.
 */
public final class SpectralConvolution {
  /** SpectralWindows at a time: what is kept of them is read again soon. */
  private static final int AT_ONCE = 12 * TILE;

  /** Numbers between streams, so that not all of them lie in the same lines of the cache. */
  private static final int APART = 16;

  private final int channels;
  private final int filters;
  private final int width;
  private final int points;

  /** Frequencies above 0. */
  private final int top;

  /** [frequency][distance from the middle]: cosines, and sines of frequencies from 1 on. */
  private final float[] cosines;

  private final float[] sines;

  /** [distance from the middle of the outputs][frequency], for as many outputs as are made. */
  private final float[] evens;

  private final float[] odds;
  private final int distances;

  /** Whether the middle of the outputs lies between two of them. */
  private final boolean between;

  /** C_0; then A's, B's and (A + B)'s factors for each frequency. */
  private final Panels[] factors;

  private final Queue<Work> idle = new ConcurrentLinkedQueue<>();

  /** What one thread needs. */
  private record Work(
      float[] in, float[] out, float[] even, float[] odd, float[] e, float[] o, float[] rows) {}

  /** Takes the outputs of one window after another. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Outputs of a window.
     *
     * @param window its number
     * @param rows those that are wanted, [output][filter]; other ones the next time
     */
    void take(int window, float[] rows);
  }

  /**
   * Prepares filters.
   *
   * @param points in a window: odd, and more than {@code width}
   * @param weights [width][channels][filters], flat; not kept
   */
  public SpectralConvolution(int channels, int filters, int width, int points, float[] weights) {
    if (points % 2 == 0 || points <= width || weights.length != width * channels * filters) {
      throw new IllegalArgumentException(
          "%d filters of %d x %d, windows of %d".formatted(filters, width, channels, points));
    }
    this.channels = channels;
    this.filters = filters;
    this.width = width;
    this.points = points;
    top = (points - 1) / 2;
    between = (points - width + 1) % 2 == 0;
    distances = top + 1;
    cosines = new float[Panels.tiled(top + 1) * (top + 1)];
    sines = new float[Panels.tiled(top) * (top + 1)];
    evens = new float[Panels.tiled(distances) * (top + 1)];
    odds = new float[Panels.tiled(distances) * (top + 1)];
    double unit = 2 * Math.PI / points;
    for (int k = 0; k <= top; k++) {
      for (int m = 0; m <= top; m++) {
        cosines[k * (top + 1) + m] = (float) Math.cos(unit * (k * m % points));
        if (k > 0) {
          sines[(k - 1) * (top + 1) + m] = (float) Math.sin(unit * (k * m % points));
        }
        double place = (between ? m + 0.5 : m) * k % points;
        evens[m * (top + 1) + k] = (float) Math.cos(unit * place);
        odds[m * (top + 1) + k] = (float) Math.sin(unit * place);
      }
    }
    factors = factors(weights);
  }

  private Panels[] factors(float[] weights) {
    Panels[] out = new Panels[3 * top + 1];
    Arrays.setAll(out, i -> new Panels(channels, filters));
    float[] row = new float[filters];
    float[] other = new float[filters];
    double[] even = new double[filters];
    double[] odd = new double[filters];
    for (int k = 0; k <= top; k++) {
      double scale = (k == 0 ? 1.0 : 2.0) / points;
      for (int c = 0; c < channels; c++) {
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
        for (int j = 0; j < width; j++) {
          double angle = 2 * Math.PI / points * (k * (j - (width - 1) / 2.0) % points);
          double cos = scale * Math.cos(angle);
          double sin = scale * Math.sin(angle);
          int at = (j * channels + c) * filters;
          for (int f = 0; f < filters; f++) {
            even[f] += cos * weights[at + f];
            odd[f] += sin * weights[at + f];
          }
        }
        for (int f = 0; f < filters; f++) {
          row[f] = (float) (k == 0 ? even[f] : odd[f] + even[f]);
          other[f] = (float) (odd[f] - even[f]);
        }
        out[k].put(c, row, 0);
        if (k > 0) {
          out[top + k].put(c, other, 0);
          for (int f = 0; f < filters; f++) {
            row[f] = (float) even[f];
          }
          out[2 * top + k].put(c, row, 0);
        }
      }
    }
    return out;
  }

  /** Positions in a window. */
  public int points() {
    return points;
  }

  /** Columns of the filters. */
  public int width() {
    return width;
  }

  /** Outputs of a window that read nothing beyond it. */
  public int whole() {
    return points - width + 1;
  }

  /**
   * Adds the windows of a sequence, so that output p of it reads positions p - left and on.
   *
   * @param at of its first position
   * @param outAt of its first output
   */
  public void sequence(
      SpectralWindows windows, int at, int length, int left, int outAt, int positions) {
    int whole = whole();
    for (int p = 0; p < positions; p += whole) {
      int start = p - left;
      windows.add(
          at + start * channels,
          Math.max(0, -start),
          Math.min(points, length - start),
          outAt + p * filters,
          0,
          Math.min(whole, positions - p));
    }
  }

  /**
   * Computes outputs.
   *
   * @param x values read
   * @param start [filters]: outputs begin there and overwrite what was in y; null: they are added
   *     to what is there
   */
  public void run(SpectralWindows windows, float[] x, float[] y, float @Nullable [] start) {
    run(
        windows,
        x,
        (b, row, work) ->
            back(windows, b, row, work, y, windows.out[b] + windows.first[b] * filters, start));
  }

  /**
   * Computes outputs and hands them on.
   *
   * @param x values read
   */
  public void run(SpectralWindows windows, float[] x, Sink sink) {
    float[] zeros = new float[filters];
    run(
        windows,
        x,
        (b, row, work) -> {
          back(windows, b, row, work, work.rows, 0, zeros);
          sink.take(b, work.rows);
        });
  }

  /** What is done with the transform of the outputs of window b, at {@code row} of many. */
  @FunctionalInterface
  private interface Last {
    void take(int b, int row, Work work);
  }

  private void run(SpectralWindows windows, float[] x, Last last) {
    Work work = idle.poll();
    if (work == null) {
      int streams = 3 * top + 1;
      work =
          new Work(
              new float[(streams + TILE) * inStep()],
              new float[streams * outStep()],
              new float[(top + 1) * PANEL],
              new float[(top + 1) * PANEL],
              new float[Panels.tiled(distances) * PANEL],
              new float[Panels.tiled(distances) * PANEL],
              new float[points * filters]);
    }
    int lead = Panels.padded(channels);
    int outLead = Panels.padded(filters);
    for (int from = 0; from < windows.n; from += AT_ONCE) {
      int to = Math.min(from + AT_ONCE, windows.n);
      int m = Panels.tiled(to - from);
      for (int b = from; b < to; b++) {
        transform(windows, b, b - from, x, work);
      }
      for (int s = 0; s < factors.length; s++) {
        factors[s].multiply(m, work.in, s * inStep(), lead, work.out, s * outStep(), outLead);
      }
      for (int b = from; b < to; b++) {
        last.take(b, b - from, work);
      }
    }
    idle.offer(work);
  }

  /** Numbers from one stream of transforms to the next: [stream][window][channel]. */
  private int inStep() {
    return AT_ONCE * Panels.padded(channels) + APART;
  }

  private int outStep() {
    return AT_ONCE * Panels.padded(filters) + APART;
  }

  /** A, B and A + B of window b. */
  private void transform(SpectralWindows windows, int b, int row, float[] x, Work work) {
    int lead = Panels.padded(channels);
    int step = inStep();
    float[] even = work.even;
    float[] odd = work.odd;
    float[] in = work.in;
    // Distances from the middle at which something is.
    int some = 1 + Math.max(top - windows.low[b], windows.high[b] - 1 - top);
    for (int c = 0; c < lead; c += V) {
      halves(x, windows, b, some, c, work);
      int a = row * lead + c;
      FloatVector sum = FloatVector.fromArray(S, even, 0);
      for (int m = 1; m < some; m++) {
        sum = sum.add(FloatVector.fromArray(S, even, m * V));
      }
      sum.intoArray(in, a);
      for (int k = 1; k <= top; k++) {
        int cos = k * (top + 1);
        int sin = cos - (top + 1);
        FloatVector cosine = FloatVector.fromArray(S, even, 0); // the middle: cos 0
        FloatVector sine = FloatVector.zero(S);
        for (int m = 1; m < some; m++) {
          cosine =
              FloatVector.fromArray(S, even, m * V)
                  .fma(FloatVector.broadcast(S, cosines[cos + m]), cosine);
          sine =
              FloatVector.fromArray(S, odd, m * V)
                  .fma(FloatVector.broadcast(S, sines[sin + m]), sine);
        }
        int at = a + k * step;
        cosine.intoArray(in, at);
        sine.intoArray(in, at + top * step);
        cosine.add(sine).intoArray(in, at + 2 * top * step);
      }
    }
  }

  /** Sums and differences of positions on both sides of the middle. */
  private void halves(float[] x, SpectralWindows windows, int b, int some, int channel, Work work) {
    int at = windows.in[b] + channel;
    int low = windows.low[b];
    int high = windows.high[b];
    boolean whole = channel + V <= channels;
    VectorMask<Float> here = S.indexInRange(channel, channels);
    FloatVector zero = FloatVector.zero(S);
    for (int m = 0; m < some; m++) {
      int r = top + m;
      int l = top - m;
      FloatVector right = zero;
      FloatVector left = zero;
      if (r >= low && r < high) {
        int from = at + r * channels;
        right = whole ? FloatVector.fromArray(S, x, from) : FloatVector.fromArray(S, x, from, here);
      }
      if (m > 0 && l >= low && l < high) {
        int from = at + l * channels;
        left = whole ? FloatVector.fromArray(S, x, from) : FloatVector.fromArray(S, x, from, here);
      }
      right.add(left).intoArray(work.even, m * V);
      right.sub(left).intoArray(work.odd, m * V);
    }
  }

  /** Outputs of window b, the first that is wanted at {@code at}. */
  private void back(
      SpectralWindows windows,
      int b,
      int row,
      Work work,
      float[] y,
      int at,
      float @Nullable [] start) {
    int lead = Panels.padded(filters);
    int step = outStep();
    int whole = whole();
    int first = windows.first[b];
    int last = windows.last[b];
    // Distances that are needed: outputs 0 to whole - 1 lie around the middle, others beyond.
    int needed = last <= whole ? Math.min(distances, (whole + 1) / 2) : distances;
    for (int f = 0; f < lead; f += PANEL) {
      int panel = Math.min(PANEL, lead - f);
      for (int v = 0; v < panel; v += V) {
        parts(row * lead + f + v, step, panel, v, work);
      }
      for (int q = 0; q < needed; q += TILE) {
        sums(evens, work.even, q, panel, work.e);
        sums(odds, work.odd, q, panel, work.o);
      }
      for (int p = first; p < last; p++) {
        int twice = 2 * p - (whole - 1); // twice the distance from the middle
        twice = twice > points - 1 + (between ? 1 : 0) ? twice - 2 * points : twice;
        int q = (Math.abs(twice) - (between ? 1 : 0)) / 2 * panel;
        int to = at + (p - first) * filters + f;
        for (int v = 0; v < panel && f + v < filters; v += V) {
          FloatVector e = FloatVector.fromArray(S, work.e, q + v);
          FloatVector o = FloatVector.fromArray(S, work.o, q + v);
          FloatVector value = twice < 0 ? e.add(o) : e.sub(o);
          float[] old = start == null ? y : start;
          int from = start == null ? to + v : f + v;
          if (f + v + V <= filters) {
            FloatVector.fromArray(S, old, from).add(value).intoArray(y, to + v);
          } else {
            VectorMask<Float> here = S.indexInRange(f + v, filters);
            FloatVector.fromArray(S, old, from, here).add(value).intoArray(y, to + v, here);
          }
        }
      }
    }
  }

  /** Sums over frequencies for {@link Panels#TILE} distances from q on. */
  private void sums(float[] table, float[] parts, int q, int panel, float[] out) {
    int n = top + 1;
    Panels.tile(n, panel, table, q * n, n, parts, 0, false, out, q * panel, panel);
  }

  /** Real and imaginary parts of the products. */
  private void parts(int at, int step, int panel, int v, Work work) {
    float[] p = work.out;
    FloatVector.fromArray(S, p, at).intoArray(work.even, v);
    FloatVector.zero(S).intoArray(work.odd, v);
    for (int k = 1; k <= top; k++) {
      int a = at + k * step;
      FloatVector both = FloatVector.fromArray(S, p, a + 2 * top * step);
      both.add(FloatVector.fromArray(S, p, a + top * step)).intoArray(work.even, k * panel + v);
      FloatVector.fromArray(S, p, a).sub(both).intoArray(work.odd, k * panel + v);
    }
  }
}
