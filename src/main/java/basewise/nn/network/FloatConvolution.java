package basewise.nn.network;

import basewise.nn.kernel.Floats;
import basewise.nn.kernel.Gemm;
import basewise.nn.kernel.Im2Row;
import basewise.nn.kernel.Matrix;
import basewise.nn.kernel.MotifKernel;
import basewise.nn.kernel.SpectralConvolution;
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

  private final Convolution convolution;
  private final Convolution.Windows windows;
  private final int filters;
  private final int width;
  private final int channels;

  /** [width][channels][filters]. */
  private final float[] rows;

  private final @Nullable MotifKernel lookups;

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
    byte @Nullable [] codes = lookups == null ? null : padded(x, length);
    if (lookups != null && codes != null) {
      int[] prepared = new int[codes.length + 1];
      lookups.prepare(codes, 0, codes.length, prepared);
      lookups.map(prepared, positions, out, out);
      return withBias(out, positions);
    }
    int points = points(positions);
    if (points > 0) {
      spectral(points, Floats.of(x), length, windows.left(), out, positions);
      return Floats.doubles(out);
    }
    multiply(paddedFloats(x, length), positions, out);
    return withBias(out, positions);
  }

  private void spectral(
      int points, float[] x, int length, int left, float[] out, int positions) {
    SpectralConvolution spectrum = spectrum(points);
    SpectralConvolution.Windows all = new SpectralConvolution.Windows();
    spectrum.sequence(all, 0, length, left, 0, positions);
    spectrum.run(all, x, out, points > 0 ? convolution.bias() : null);
  }

  /**
   * Positions in the windows of the transforms that make so many outputs fastest; 0 where sums in
   * order are faster.
   */
  int points(int positions) {
    return wide() ? SpectralConvolution.best(width, positions) : 0;
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

  private double[] withBias(float[] out, int positions) {
    float[] bias = convolution.bias();
    double[] y = new double[out.length];
    for (int p = 0; p < positions; p++) {
      int at = p * filters;
      for (int f = 0; f < filters; f++) {
        y[at + f] = (float) (out[at + f] + bias[f]);
      }
    }
    return y;
  }

  /** Codes of one-hot values between Ns for the padding; null if they are not one-hot. */
  private byte @Nullable [] padded(double[] x, int length) {
    byte[] codes = new byte[windows.left() + length + windows.right()];
    Arrays.fill(codes, Dna.N);
    for (int i = 0; i < length; i++) {
      for (int c = 0; c < channels; c++) {
        double v = x[i * channels + c];
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

  private float[] paddedFloats(double[] x, int length) {
    float[] out = new float[(windows.left() + length + windows.right()) * channels];
    Floats.round(x, 0, x.length, out, windows.left() * channels);
    return out;
  }

  private void multiply(float[] x, int positions, float[] out) {
    Matrix y = Matrix.of(out, positions, filters);
    int apart = windows.stride() * channels;
    if (windows.dilation() == 1) {
      Gemm.set(
          y,
          Matrix.rows(x, 0, positions, width * channels, apart),
          Matrix.of(rows, width * channels, filters));
      return;
    }
    for (int j = 0; j < width; j++) {
      Matrix column = Matrix.rows(rows, j * channels * filters, channels, filters, filters);
      Gemm.add(
          y, Matrix.rows(x, j * windows.dilation() * channels, positions, channels, apart), column);
    }
  }

  /**
   * Adds what outputs send back.
   *
   * @param dense whether many of them are not zero
   */
  void transpose(double[] out, double[] in, int length, int positions, boolean dense) {
    Matrix y = Matrix.of(Floats.of(out), positions, filters);
    float[] weights = convolution.weights();
    if (channels < NARROW) {
      float[] sum = new float[in.length];
      float[] each = new float[positions * width * channels];
      Gemm.set(
          Matrix.of(each, positions, width * channels),
          y,
          Matrix.of(weights, filters, width * channels));
      im2row(length).addBack(each, 0, sum, 0);
      Floats.addTo(in, sum, 0);
      return;
    }
    int points = dense ? points(length) : 0;
    if (points > 0) {
      float[] sum = new float[in.length];
      spectral(-points, y.values(), positions, width - 1 - windows.left(), sum, length);
      Floats.addTo(in, sum, 0);
      return;
    }
    float[] sum = new float[(windows.left() + length + windows.right()) * channels];
    int apart = windows.stride() * channels;
    for (int j = 0; j < width; j++) {
      int to = j * windows.dilation() * channels;
      Gemm.add(
          Matrix.rows(sum, to, positions, channels, apart),
          y,
          Matrix.rows(weights, j * channels, filters, channels, width * channels));
    }
    Floats.addTo(in, sum, windows.left() * channels);
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
