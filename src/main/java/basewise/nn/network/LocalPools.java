package basewise.nn.network;

import basewise.nn.kernel.Deltas;
import basewise.nn.kernel.Rows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@link Changes} through pools over positions. The largest of what stays as it is in a long window
 * comes from maxima kept from both ends.
 */
final class LocalPools {
  /** Windows shorter than this are read as a whole. */
  private static final int LONG = 8;

  private final Operation.MaxPool pool;
  private final int windows;
  private final int channels;

  /** What the pool, or the ReLU before it, reads and what comes out for the sequence as it is. */
  private final float[] before;

  private final float[] after;

  /** The least that comes out: 0 behind a ReLU. */
  private final float least;

  /**
   * Largest value of the window up to a position, and from it on; for long windows that do not
   * overlap.
   */
  private final float @Nullable [] upTo;

  private final float @Nullable [] onwards;

  /**
   * Prepares.
   *
   * @param relu whether there is a ReLU before the maximum; the largest is then found first
   */
  LocalPools(
      Operation.MaxPool pool, boolean relu, Shape in, Shape out, float[] before, float[] after) {
    this.pool = pool;
    least = relu ? 0 : Float.NEGATIVE_INFINITY;
    windows = out.length();
    channels = in.channels();
    this.before = before;
    this.after = after;
    boolean ends = fromEnds(pool);
    upTo = ends ? before.clone() : null;
    onwards = ends ? before.clone() : null;
    for (int w = 0; upTo != null && onwards != null && w < windows; w++) {
      int start = w * pool.stride() * channels;
      for (int p = 1; p < pool.window(); p++) {
        int at = start + p * channels;
        Deltas.max(channels, upTo, at, upTo, at - channels);
        at = start + (pool.window() - 1 - p) * channels;
        Deltas.max(channels, onwards, at, onwards, at + channels);
      }
    }
  }

  /** Whether maxima are kept from both ends of its windows. */
  private static boolean fromEnds(Operation.MaxPool pool) {
    return pool.window() >= LONG && pool.stride() >= pool.window();
  }

  /**
   * What a window gives, minus what it gives for the sequence as it is.
   *
   * @param w a window; none overlap
   * @param from first position that changed
   * @param until one after the last
   * @param best the largest of those, from {@code to}: becomes the difference
   */
  void others(int w, int from, int until, float[] best, int to) {
    int start = w * pool.stride();
    int end = start + pool.window();
    if (upTo != null && onwards != null) {
      if (from > start) {
        Deltas.max(channels, best, to, upTo, (from - 1) * channels);
      }
      if (until < end) {
        Deltas.max(channels, best, to, onwards, until * channels);
      }
    } else {
      for (int p = start; p < from; p++) {
        Deltas.max(channels, best, to, before, p * channels);
      }
      for (int p = until; p < end; p++) {
        Deltas.max(channels, best, to, before, p * channels);
      }
    }
    Deltas.above(channels, best, to, least, after, w * channels);
  }

  /** Through the maximum. */
  Changes changes(Changes in, Buffers buffers) {
    Changes out = touched(in, pool.window(), pool.stride(), windows).any(channels, buffers);
    for (int v = 0; v < in.variants(); v++) {
      int row = in.first()[v];
      int end = in.first()[v + 1];
      for (int o = out.first()[v]; o < out.first()[v + 1]; o++) {
        int start = out.place()[o] * pool.stride();
        while (in.place()[row] < start) {
          row++;
        }
        maximum(in, row, end, start, out.values(), o * channels);
        int was = out.place()[o] * channels;
        Deltas.above(channels, out.values(), o * channels, least, after, was);
      }
    }
    return out;
  }

  /** Windows that hold some of positions [from, until); those windows do not overlap. */
  int firstOf(int from) {
    return from / pool.stride();
  }

  /** One after the last of them, no less than the first. */
  int endOf(int from, int until) {
    return Math.max(firstOf(from), Math.min((until - 1) / pool.stride() + 1, windows));
  }

  /** Whether windows lie side by side, so that each position is in one, or in none at the end. */
  boolean tiles() {
    return pool.stride() == pool.window();
  }

  /**
   * Through the maximum where all of positions [from, until) change.
   *
   * @param d the change, [position][channel]
   * @param out for each of windows {@link #firstOf} to {@link #endOf}, from {@code to}
   */
  void neighbours(int from, int until, float[] d, float[] out, int to) {
    int end = endOf(from, until);
    for (int w = firstOf(from); w < end; w++) {
      int at = to + (w - firstOf(from)) * channels;
      int first = Math.max(from, w * pool.stride());
      int last = Math.min(until, w * pool.stride() + pool.window());
      Arrays.fill(out, at, at + channels, Float.NEGATIVE_INFINITY);
      int x = first * channels;
      Deltas.max(last - first, channels, out, at, before, x, d, x - from * channels);
      others(w, first, last, out, at);
    }
  }

  /** Rows from {@code row} on that are in the window, and what else is there. */
  private void maximum(Changes in, int row, int end, int start, float[] out, int to) {
    Arrays.fill(out, to, to + channels, Float.NEGATIVE_INFINITY);
    int last = row;
    while (last + 1 < end && in.place()[last + 1] < start + pool.window()) {
      last++;
    }
    int from = start;
    int until = start + pool.window();
    if (upTo != null && onwards != null) {
      from = in.place()[row];
      until = in.place()[last] + 1;
      if (from > start) {
        Deltas.max(channels, out, to, upTo, (from - 1) * channels);
      }
      if (until < start + pool.window()) {
        Deltas.max(channels, out, to, onwards, until * channels);
      }
    }
    int r = row;
    for (int p = from; p < until; ) {
      int n = 0;
      while (r + n <= last && in.place()[r + n] == p + n) {
        n++;
      }
      if (n > 0) {
        Deltas.max(n, channels, out, to, before, p * channels, in.values(), r * channels);
        r += n;
        p += n;
      } else {
        Deltas.max(channels, out, to, before, p * channels);
        p++;
      }
    }
  }

  /** Through the mean, which is linear. */
  static Changes average(AveragePool pool, Changes in, Shape shape, Buffers buffers) {
    int channels = shape.channels();
    Changes out =
        touched(in, pool.window(), pool.stride(), shape.length()).zeros(channels, buffers);
    for (int v = 0; v < in.variants(); v++) {
      int row = in.first()[v];
      for (int o = out.first()[v]; o < out.first()[v + 1]; o++) {
        int start = out.place()[o] * pool.stride();
        while (in.place()[row] < start) {
          row++;
        }
        for (int r = row; r < in.first()[v + 1] && in.place()[r] < start + pool.window(); r++) {
          Rows.add(
              channels, out.values(), o * channels, in.values(), r * channels, 1f / pool.window());
        }
      }
    }
    return out;
  }

  /** The windows that hold a row. */
  private static Changes.Places touched(Changes in, int window, int stride, int windows) {
    Changes.Places places = new Changes.Places(in.variants(), windows);
    for (int v = 0; v < in.variants(); v++) {
      for (int r = in.first()[v]; r < in.first()[v + 1]; r++) {
        int at = in.place()[r];
        int first = at < window ? 0 : (at - window) / stride + 1;
        int last = Math.min(at / stride, windows - 1);
        for (int w = first; w <= last; w++) {
          places.mark(w);
        }
      }
      places.end();
    }
    return places;
  }
}
