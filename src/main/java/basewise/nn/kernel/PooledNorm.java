package basewise.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What follows a convolution, in one go: scale and shift per channel (batch norm), ReLU, and the
 * maximum over windows of positions. Arrays are [position][channels]; of equal values the first
 * position is the maximum.
 */
public final class PooledNorm {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();

  private final int channels;
  private final int window;
  private final float[] scale;
  private final float[] shift;

  /**
   * Takes the arrays as they are.
   *
   * @param window positions per window
   * @param scale [channels]
   * @param shift [channels]
   */
  public PooledNorm(int window, float[] scale, float[] shift) {
    this.channels = scale.length;
    this.window = window;
    this.scale = scale;
    this.shift = shift;
  }

  /**
   * Values of one sequence.
   *
   * @param y values before, from {@code at}
   * @param windows how many windows; what is left after them is not read
   * @param out values after, from {@code to}
   * @param best the value before of each maximum, from {@code bestAt}; empty if nobody asks
   */
  public void forward(
      float[] y, int at, int windows, float[] out, int to, float[] best, int bestAt) {
    boolean keep = best.length > 0;
    for (int w = 0; w < windows; w++) {
      for (int c = 0; c < channels; c += V) {
        VectorMask<Float> m = S.indexInRange(c, channels);
        FloatVector a = FloatVector.fromArray(S, scale, c, m);
        FloatVector b = FloatVector.fromArray(S, shift, c, m);
        int from = at + w * window * channels + c;
        FloatVector raw = FloatVector.fromArray(S, y, from, m);
        FloatVector top = raw.fma(a, b);
        for (int k = 1; k < window; k++) {
          FloatVector next = FloatVector.fromArray(S, y, from + k * channels, m);
          FloatVector z = next.fma(a, b);
          VectorMask<Float> higher = z.compare(VectorOperators.GT, top);
          top = top.blend(z, higher);
          raw = raw.blend(next, higher);
        }
        top.max(0f).intoArray(out, to + w * channels + c, m);
        if (keep) {
          raw.intoArray(best, bestAt + w * channels + c, m);
        }
      }
    }
  }

  /**
   * What batch norm's gradient needs of one sequence: per channel the sum of the gradient by
   * outputs where ReLU lets it through, and that of its product with (best - mean).
   *
   * @param gradient by outputs, from {@code gradientAt}
   * @param best as {@link #forward} gave it, from {@code bestAt}
   * @param mean [channels]
   * @param sum [channels] is overwritten
   * @param product [channels] is overwritten
   */
  public void sums(
      int windows,
      float[] gradient,
      int gradientAt,
      float[] best,
      int bestAt,
      float[] mean,
      float[] sum,
      float[] product) {
    for (int c = 0; c < channels; c += V) {
      VectorMask<Float> m = S.indexInRange(c, channels);
      FloatVector a = FloatVector.fromArray(S, scale, c, m);
      FloatVector b = FloatVector.fromArray(S, shift, c, m);
      FloatVector centre = FloatVector.fromArray(S, mean, c, m);
      FloatVector s = FloatVector.zero(S);
      FloatVector p = FloatVector.zero(S);
      for (int w = 0; w < windows; w++) {
        int i = w * channels + c;
        FloatVector y = FloatVector.fromArray(S, best, bestAt + i, m);
        VectorMask<Float> open = y.fma(a, b).compare(VectorOperators.GT, 0f);
        FloatVector g =
            FloatVector.zero(S).blend(FloatVector.fromArray(S, gradient, gradientAt + i, m), open);
        s = s.add(g);
        p = g.fma(y.sub(centre), p);
      }
      s.intoArray(sum, c, m);
      p.intoArray(product, c, m);
    }
  }

  /**
   * Turns values before into gradients by them, in place: slope * g + offset + tilt * (y - mean),
   * where g is the gradient by the output at the position of a maximum that ReLU lets through, else
   * 0.
   *
   * @param y values before, from {@code at}, overwritten
   * @param length positions, those after the last window among them
   * @param gradient by outputs, from {@code gradientAt}
   * @param slope [channels]
   * @param offset [channels]
   * @param tilt [channels]
   * @param mean [channels]
   */
  public void backward(
      float[] y,
      int at,
      int length,
      float[] gradient,
      int gradientAt,
      float[] slope,
      float[] offset,
      float[] tilt,
      float[] mean) {
    int windows = length / window;
    for (int w = 0; w < windows; w++) {
      for (int c = 0; c < channels; c += V) {
        VectorMask<Float> m = S.indexInRange(c, channels);
        FloatVector a = FloatVector.fromArray(S, scale, c, m);
        FloatVector b = FloatVector.fromArray(S, shift, c, m);
        FloatVector t = FloatVector.fromArray(S, tilt, c, m);
        FloatVector centre = FloatVector.fromArray(S, mean, c, m);
        FloatVector plus = FloatVector.fromArray(S, offset, c, m);
        FloatVector g =
            FloatVector.fromArray(S, gradient, gradientAt + w * channels + c, m)
                .mul(FloatVector.fromArray(S, slope, c, m));
        int from = at + w * window * channels + c;
        FloatVector top = FloatVector.zero(S);
        FloatVector where = FloatVector.broadcast(S, -1f);
        for (int k = 0; k < window; k++) {
          FloatVector y0 = FloatVector.fromArray(S, y, from + k * channels, m);
          FloatVector z = y0.fma(a, b);
          VectorMask<Float> higher = z.compare(VectorOperators.GT, top);
          top = top.blend(z, higher);
          where = where.blend(FloatVector.broadcast(S, (float) k), higher);
        }
        for (int k = 0; k < window; k++) {
          int i = from + k * channels;
          FloatVector d = FloatVector.fromArray(S, y, i, m).sub(centre).fma(t, plus);
          VectorMask<Float> here =
              where.compare(VectorOperators.EQ, FloatVector.broadcast(S, (float) k));
          d.blend(d.add(g), here).intoArray(y, i, m);
        }
      }
    }
    rest(y, at + windows * window * channels, length - windows * window, offset, tilt, mean);
  }

  /** Positions after the last window: no maximum is among them. */
  private void rest(float[] y, int at, int positions, float[] offset, float[] tilt, float[] mean) {
    for (int p = 0; p < positions; p++) {
      for (int c = 0; c < channels; c++) {
        int i = at + p * channels + c;
        y[i] = Math.fma(y[i] - mean[c], tilt[c], offset[c]);
      }
    }
  }
}
