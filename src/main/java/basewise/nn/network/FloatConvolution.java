package basewise.nn.network;

import basewise.nn.kernel.Floats;
import basewise.nn.kernel.Gemm;
import basewise.nn.kernel.Im2Row;
import basewise.nn.kernel.Matrix;
import basewise.nn.kernel.MotifKernel;
import basewise.nn.kernel.Panels;
import basewise.nn.kernel.Points;
import basewise.nn.kernel.Rows;
import basewise.nn.kernel.SpectralConvolution;
import basewise.nn.kernel.SpectralSizes;
import basewise.nn.kernel.SpectralWindows;
import basewise.sequence.Dna;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Convolution} in floats: look-ups where it reads one-hot DNA, products of matrices
 * elsewhere. The windows of a sequence are a matrix whose rows overlap, so nothing is copied but
 * the sequence between its padding; where a filter's columns lie apart each is a product of its
 * own.
 */
final class FloatConvolution {
  /** With fewer channels than this a product per column is too narrow. */
  private static final int NARROW = 16;

  /** Behind a maximum over all positions fewer numbers than this part are not zero. */
  private static final double SPARSE = 0.02;

  /** Below this part of numbers that are not zero, products that leave zeros out are best. */
  private static final double DENSE = 0.1;

  /**
   * Numbers that are scattered one after another lie apart by so many parts of all: what has just
   * been written is slow to read.
   */
  private static final int APART = 8;

  private final Convolution convolution;
  private final Convolution.Windows windows;
  private final int filters;
  private final int width;
  private final int channels;

  /** [width][channels][filters]. */
  private final float[] rows;

  private final @Nullable MotifKernel lookups;

  /** For products of neighbouring windows; made when first needed. */
  private volatile @Nullable Panels packed;

  /** By positions in a window; negative for the way back. */
  private final Map<Integer, SpectralConvolution> spectra = new ConcurrentHashMap<>();

  FloatConvolution(Convolution convolution, float[] rows) {
    this.convolution = convolution;
    this.rows = rows;
    windows = convolution.windows();
    filters = convolution.filters();
    width = convolution.width();
    channels = convolution.channels();
    boolean neighbours = windows.stride() == 1 && windows.dilation() == 1;
    lookups =
        channels == Dna.N && neighbours
            ? MotifKernel.of(convolution.weights(), filters, width, false)
            : null;
  }

  double[] forward(double[] x, int length, int positions) {
    float[] out = new float[positions * filters];
    forward(Floats.of(x), 0, 1, length, out, positions);
    return Floats.doubles(out);
  }

  /**
   * Outputs of inputs [first, first + n).
   *
   * @param x [input][length][channels]
   * @param y [input][positions][filters]
   */
  void forward(float[] x, int first, int n, int length, float[] y, int positions) {
    int points = points(positions);
    int in = length * channels;
    int out = positions * filters;
    if (points == 0) {
      for (int i = first; i < first + n; i++) {
        one(x, i * in, length, y, i * out, positions);
      }
      return;
    }
    SpectralConvolution spectrum = spectrum(points);
    SpectralWindows all = new SpectralWindows();
    for (int i = first; i < first + n; i++) {
      spectrum.sequence(all, i * in, length, windows.left(), i * out, positions);
    }
    spectrum.run(all, x, y, convolution.bias());
  }

  private void one(float[] x, int at, int length, float[] y, int to, int positions) {
    byte @Nullable [] codes = lookups == null ? null : padded(x, at, length);
    if (lookups != null && codes != null) {
      int[] prepared = new int[codes.length + 1];
      lookups.prepare(codes, 0, codes.length, prepared);
      lookups.map(prepared, positions, convolution.bias(), y, to);
      return;
    }
    for (int p = 0; p < positions; p++) {
      System.arraycopy(convolution.bias(), 0, y, to + p * filters, filters);
    }
    boolean inside = windows.left() == 0 && windows.right() == 0;
    float[] read = inside ? x : new float[(windows.left() + length + windows.right()) * channels];
    if (!inside) {
      System.arraycopy(x, at, read, windows.left() * channels, length * channels);
    }
    multiply(read, inside ? at : 0, y, to, positions);
  }

  /**
   * Positions in the windows of the transforms that make so many outputs fastest; 0 where sums in
   * order are faster.
   */
  int points(int positions) {
    return wide() ? SpectralSizes.best(width, positions) : 0;
  }

  /** Whether transforms may be worth it. */
  boolean wide() {
    return windows.stride() == 1
        && windows.dilation() == 1
        && channels >= NARROW
        && filters >= NARROW;
  }

  /** The transforms of windows of so many positions, forwards; of the negative, back. */
  SpectralConvolution spectrum(int points) {
    return spectra.computeIfAbsent(
        points,
        n ->
            n > 0
                ? new SpectralConvolution(channels, filters, width, n, rows)
                : new SpectralConvolution(filters, channels, width, -n, turned()));
  }

  /** [column from the last][filter][channel]: what takes outputs back to inputs. */
  private float[] turned() {
    float[] out = new float[rows.length];
    for (int j = 0; j < width; j++) {
      for (int c = 0; c < channels; c++) {
        for (int f = 0; f < filters; f++) {
          out[((width - 1 - j) * filters + f) * channels + c] =
              rows[(j * channels + c) * filters + f];
        }
      }
    }
    return out;
  }

  /** Codes of one-hot values between Ns for the padding; null if they are not one-hot. */
  private byte @Nullable [] padded(float[] x, int at, int length) {
    byte[] codes = new byte[windows.left() + length + windows.right()];
    Arrays.fill(codes, Dna.N);
    for (int i = 0; i < length; i++) {
      for (int c = 0; c < channels; c++) {
        float v = x[at + i * channels + c];
        if (v != 0) {
          if (v != 1 || codes[windows.left() + i] != Dna.N) {
            return null;
          }
          codes[windows.left() + i] = (byte) c;
        }
      }
    }
    return codes;
  }

  /** Adds products to outputs from {@code to} on. */
  private void multiply(float[] x, int at, float[] out, int to, int positions) {
    Matrix y = Matrix.rows(out, to, positions, filters, filters);
    int apart = windows.stride() * channels;
    if (windows.dilation() == 1) {
      packed().multiply(y, Matrix.rows(x, at, positions, width * channels, apart), 0, true);
      return;
    }
    for (int j = 0; j < width; j++) {
      Matrix column = Matrix.rows(rows, j * channels * filters, channels, filters, filters);
      int from = at + j * windows.dilation() * channels;
      Gemm.add(y, Matrix.rows(x, from, positions, channels, apart), column);
    }
  }

  private Panels packed() {
    Panels ready = packed;
    if (ready == null) {
      ready = Panels.of(Matrix.of(rows, width * channels, filters)); // two threads may both
      packed = ready;
    }
    return ready;
  }

  /** Adds what outputs send back. */
  void transpose(double[] out, double[] in, int length, int positions) {
    float[] sum = new float[in.length];
    back(Floats.of(out), 0, 1, positions, sum, length);
    Floats.addTo(in, sum, 0);
  }

  /**
   * Adds what outputs of inputs [first, first + n) send back.
   *
   * @param out [input][positions][filters]
   * @param in [input][length][channels]
   */
  void back(float[] out, int first, int n, int positions, float[] in, int length) {
    int points = points(length);
    SpectralWindows all = new SpectralWindows();
    boolean some = false;
    for (int i = first; i < first + n; i++) {
      int from = i * positions * filters;
      int to = i * length * channels;
      int filled = Points.filled(out, from, positions * filters);
      if (filled < SPARSE * positions * filters) {
        scatter(out, from, filled, in, to, length);
      } else if (points == 0 || filled < DENSE * positions * filters) {
        multiplyBack(out, from, positions, in, to, length);
      } else {
        some = true;
        spectrum(-points).sequence(all, from, positions, width - 1 - windows.left(), to, length);
      }
    }
    if (some) {
      spectrum(-points).run(all, out, in, null);
    }
  }

  private void scatter(float[] out, int from, int filled, float[] in, int to, int length) {
    float[] weights = convolution.weights();
    int[] some = Points.places(out, from, filled);
    int part = (filled + APART - 1) / APART;
    for (int k = 0; k < part * APART; k++) {
      int which = k % APART * part + k / APART;
      int i = which < filled ? some[which] : 0;
      float v = which < filled ? out[from + i] : 0;
      int start = i / filters * windows.stride() - windows.left();
      int w = i % filters * width * channels;
      if (windows.dilation() == 1) { // the columns lie side by side in both
        int low = Math.max(0, -start);
        int n = Math.max(0, Math.min(width, length - start) - low) * channels;
        Rows.add(n, in, to + (start + low) * channels, weights, w + low * channels, v);
        continue;
      }
      for (int j = 0; j < width; j++) {
        int p = start + j * windows.dilation();
        if (p >= 0 && p < length) {
          Rows.add(channels, in, to + p * channels, weights, w + j * channels, v);
        }
      }
    }
  }

  private void multiplyBack(float[] out, int from, int positions, float[] in, int to, int length) {
    Matrix y = Matrix.rows(out, from, positions, filters, filters);
    float[] weights = convolution.weights();
    if (channels < NARROW) {
      float[] each = new float[positions * width * channels];
      Gemm.set(
          Matrix.of(each, positions, width * channels),
          y,
          Matrix.of(weights, filters, width * channels));
      im2row(length).addBack(each, 0, in, to);
      return;
    }
    float[] sum = new float[(windows.left() + length + windows.right()) * channels];
    int apart = windows.stride() * channels;
    for (int j = 0; j < width; j++) {
      int at = j * windows.dilation() * channels;
      Gemm.add(
          Matrix.rows(sum, at, positions, channels, apart),
          y,
          Matrix.rows(weights, j * channels, filters, channels, width * channels));
    }
    Rows.add(length * channels, in, to, sum, windows.left() * channels, 1);
  }

  private Im2Row im2row(int length) {
    return new Im2Row(
        length,
        channels,
        width,
        windows.stride(),
        windows.dilation(),
        windows.left(),
        windows.right());
  }
}
