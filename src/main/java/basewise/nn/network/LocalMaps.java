package basewise.nn.network;

import basewise.nn.kernel.Gemm;
import basewise.nn.kernel.Matrix;
import basewise.nn.kernel.Points;
import basewise.nn.kernel.Rows;
import basewise.nn.kernel.SpectralSizes;
import basewise.nn.kernel.SpectralWindows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link Changes} through linear maps with weights of their own: what reads them changes too. */
final class LocalMaps {
  /** With fewer channels than this, rows are added one by one. */
  private static final int NARROW = 16;

  /** Dense layers of more weights than this are kept packed. */
  private static final int LARGE = 1 << 17;

  /** Rows with fewer numbers that are not zero than this part are multiplied without the zeros. */
  private static final double FULL = 0.3;

  private LocalMaps() {}

  /** Each row changes the windows that hold it; the changes of a window add up. */
  static Changes convolution(Convolution c, Changes in, Shape shape, Buffers buffers) {
    Convolution.Windows windows = c.windows();
    int width = c.width();
    int positions = c.shape(List.of(shape)).length();
    Changes.Places places = new Changes.Places(in.variants(), positions);
    int[] to = new int[in.rows() * width];
    for (int v = 0; v < in.variants(); v++) {
      int start = in.first()[v] * width;
      int end = in.first()[v + 1] * width;
      for (int i = start; i < end; i++) {
        int first = in.place()[i / width] + windows.left() - i % width * windows.dilation();
        int p = first / windows.stride();
        boolean holds = first >= 0 && first % windows.stride() == 0 && p < positions;
        to[i] = holds ? p : -1;
        if (holds) {
          places.mark(p);
        }
      }
      places.end();
      for (int i = start; i < end; i++) {
        to[i] = to[i] < 0 ? -1 : places.row(to[i]);
      }
    }
    if (c.channels() < NARROW) {
      Changes out = places.zeros(c.filters(), buffers);
      byRows(c, in, to, out.values());
      return out;
    }
    Spectra spectra = Spectra.of(c, in, to);
    boolean whole = spectra.alone && spectra.others.length == 0; // then each output is set once
    Changes out = whole ? places.any(c.filters(), buffers) : places.zeros(c.filters(), buffers);
    float @Nullable [] start = whole ? new float[c.filters()] : null;
    spectra.windows.forEach(
        (points, some) -> c.floats().spectrum(points).run(some, in.values(), out.values(), start));
    byColumns(c, spectra.others, in, to, out.values(), buffers);
    return out;
  }

  private static void byRows(Convolution c, Changes in, int[] to, float[] out) {
    int filters = c.filters();
    int channels = c.channels();
    int width = c.width();
    float[] weights = c.rows();
    for (int r = 0; r < in.rows(); r++) {
      int[] other = substitution(in.values(), r * channels, channels);
      for (int j = 0; j < width; j++) {
        int row = to[r * width + j] * filters;
        int column = j * channels;
        if (row >= 0 && other.length == 2) {
          Rows.addDifference(
              filters,
              out,
              row,
              weights,
              (column + other[0]) * filters,
              (column + other[1]) * filters);
        } else if (row >= 0) {
          for (int k = 0; k < channels; k++) {
            float v = in.values()[r * channels + k];
            if (v != 0) {
              Rows.add(filters, out, row, weights, (column + k) * filters, v);
            }
          }
        }
      }
    }
  }

  /** The channel that goes from 0 to 1 and the one from 1 to 0; nothing if it is more than that. */
  private static int[] substitution(float[] values, int at, int channels) {
    int up = -1;
    int down = -1;
    for (int k = 0; k < channels; k++) {
      float v = values[at + k];
      if (v == 1 && up < 0) {
        up = k;
      } else if (v == -1 && down < 0) {
        down = k;
      } else if (v != 0) {
        return new int[0];
      }
    }
    return up < 0 || down < 0 ? new int[0] : new int[] {up, down};
  }

  /** One after the last of the rows from r on that lie side by side. */
  private static int together(Changes in, int r, int last) {
    int end = r + 1;
    while (end < last && in.place()[end] == in.place()[end - 1] + 1) {
      end++;
    }
    return end;
  }

  /**
   * Rows side by side are one window, and all that comes of it is wanted.
   *
   * @param windows by their length
   * @param others the rows that are better multiplied one by one
   * @param alone whether no variant has more than one window
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Spectra(Map<Integer, SpectralWindows> windows, int[] others, boolean alone) {
    static Spectra of(Convolution c, Changes in, int[] to) {
      int width = c.width();
      Map<Integer, SpectralWindows> windows = new TreeMap<>();
      int[] others = new int[in.rows()];
      int n = 0;
      boolean alone = true;
      for (int v = 0; v < in.variants(); v++) {
        for (int r = in.first()[v]; r < in.first()[v + 1]; ) {
          int end = together(in, r, in.first()[v + 1]);
          alone &= end == in.first()[v + 1];
          int points = c.floats().wide() ? SpectralSizes.around(width, end - r) : 0;
          if (points > 0) {
            window(
                c, r, end, to, points, windows.computeIfAbsent(points, p -> new SpectralWindows()));
          }
          for (; r < end; r++) {
            others[n] = r;
            n += points > 0 ? 0 : 1;
          }
        }
      }
      return new Spectra(windows, Arrays.copyOf(others, n), alone);
    }
  }

  /** The rows lie in the middle of the window: fewer distances from there take fewer sums. */
  private static void window(
      Convolution c, int r, int end, int[] to, int points, SpectralWindows windows) {
    int width = c.width();
    int first = 0;
    int row = -1;
    int last = 0;
    for (int p = 0; p < end - r + width - 1; p++) { // output p, and one of the rows it reads
      int by = Math.min(r + p, end - 1);
      int at = to[by * width + width - 1 - p + by - r];
      if (at >= 0) {
        first = row < 0 ? p : first;
        row = row < 0 ? at : row;
        last = p + 1;
      }
    }
    int low = (points - (end - r)) / 2;
    int ahead = low - (width - 1) + points; // where output 0 is, once around
    windows.add(
        (r - low) * c.channels(),
        low,
        low + end - r,
        (row - first - ahead) * c.filters(),
        first + ahead,
        last + ahead);
  }

  private static void byColumns(
      Convolution c, int[] some, Changes in, int[] to, float[] out, Buffers buffers) {
    int filters = c.filters();
    int channels = c.channels();
    if (some.length == 0) {
      return;
    }
    float[] each = buffers.any(some.length * filters);
    float[] values = in.values();
    if (some.length < in.rows()) {
      values = buffers.any(some.length * channels);
      for (int i = 0; i < some.length; i++) {
        System.arraycopy(in.values(), some[i] * channels, values, i * channels, channels);
      }
    }
    Matrix rows = Matrix.of(values, some.length, channels);
    for (int j = 0; j < c.width(); j++) {
      int from = j * channels * filters;
      Gemm.set(
          Matrix.of(each, some.length, filters),
          rows,
          Matrix.rows(c.rows(), from, channels, filters, filters));
      for (int i = 0; i < some.length; i++) {
        int row = to[some[i] * c.width() + j];
        if (row >= 0) {
          Rows.add(filters, out, row * filters, each, i * filters, 1);
        }
      }
    }
    buffers.back(each);
    if (some.length < in.rows()) {
      buffers.back(values);
    }
  }

  /** Rows at one place, of whatever variants, meet the same weights: one product for each place. */
  static Changes dense(
      Operation.Dense dense, Supplier<DenseFloats> packed, Changes in, Buffers buffers) {
    int outputs = dense.bias().length;
    Changes.Places places = new Changes.Places(in.variants(), 1);
    int[] to = new int[in.rows()];
    for (int v = 0; v < in.variants(); v++) {
      if (in.first()[v] < in.first()[v + 1]) {
        places.mark(0);
      }
      places.end();
      Arrays.fill(to, in.first()[v], in.first()[v + 1], places.rows() - 1);
    }
    Changes out = places.zeros(outputs, buffers);
    int[] order = byPlace(in);
    int width = in.width();
    float[] rows = buffers.any(in.rows() * width);
    for (int r = 0; r < order.length; r++) {
      System.arraycopy(in.values(), order[r] * width, rows, r * width, width);
    }
    float[] each = buffers.any(in.rows() * outputs);
    for (int start = 0; start < order.length; ) {
      int place = in.place()[order[start]];
      int end = start;
      while (end < order.length && in.place()[order[end]] == place) {
        end++;
      }
      Matrix product = Matrix.rows(each, start * outputs, end - start, outputs, outputs);
      Matrix some = Matrix.rows(rows, start * width, end - start, width, width);
      int from = place * width;
      int filled = Points.filled(rows, start * width, (end - start) * width);
      boolean full = filled > FULL * (end - start) * width;
      if (full && dense.weights().length > LARGE) { // the same bits, without copies of weights
        packed.get().weights().multiply(product, some, from, false);
      } else {
        float[] weights = dense.weights();
        Gemm.set(product, some, Matrix.rows(weights, from * outputs, width, outputs, outputs));
      }
      start = end;
    }
    for (int r = 0; r < order.length; r++) {
      Rows.add(outputs, out.values(), to[order[r]] * outputs, each, r * outputs, 1);
    }
    buffers.back(rows);
    buffers.back(each);
    return out;
  }

  /** Numbers of all rows, those at one place together and in their order. */
  private static int[] byPlace(Changes in) {
    int places = Arrays.stream(in.place()).max().orElse(0) + 1;
    int[] next = new int[places + 1];
    for (int p : in.place()) {
      next[p + 1]++;
    }
    for (int p = 0; p < places; p++) {
      next[p + 1] += next[p];
    }
    int[] order = new int[in.rows()];
    for (int r = 0; r < order.length; r++) {
      order[next[in.place()[r]]++] = r;
    }
    return order;
  }

  static Changes batchNorm(Operation.BatchNorm norm, Changes in, float[] out) {
    float[] scale = norm.scale();
    int width = in.width();
    for (int r = 0; r < in.rows(); r++) {
      int channel = in.place()[r] * width % scale.length;
      for (int i = 0; i < width; i++) {
        out[r * width + i] = in.values()[r * width + i] * scale[channel + i];
      }
    }
    return in.with(out);
  }

  static Changes crop(Crop crop, Changes in, Buffers buffers) {
    Changes.Places places = new Changes.Places(in.variants(), crop.end() - crop.start());
    int[] kept = new int[in.rows()];
    int n = 0;
    for (int v = 0; v < in.variants(); v++) {
      for (int r = in.first()[v]; r < in.first()[v + 1]; r++) {
        int at = in.place()[r];
        if (at >= crop.start() && at < crop.end()) {
          places.mark(at - crop.start());
          kept[n++] = r;
        }
      }
      places.end();
    }
    Changes out = places.any(in.width(), buffers);
    for (int r = 0; r < n; r++) {
      System.arraycopy(in.values(), kept[r] * in.width(), out.values(), r * in.width(), in.width());
    }
    return out;
  }
}
