package basewise.nn.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution: output p of filter f is bias[f] plus the sum over j and c of weights[f][j][c] *
 * x[p * stride - left + j * dilation][c], where positions beyond the ends are 0. Zeros of the input
 * are skipped, so on one-hot DNA it is one look-up per base.
 */
public final class Convolution implements Weighted {
  /**
   * Where the windows are.
   *
   * @param stride positions from one window to the next
   * @param dilation positions from one column of a filter to the next
   * @param left positions of zeros before the first
   * @param right positions of zeros after the last
   */
  public record Windows(int stride, int dilation, int left, int right) {
    /** Every window of neighbours, no padding. */
    public static final Windows PLAIN = new Windows(1, 1, 0, 0);

    private static final int LARGEST = 1 << 24;

    /** Checks the numbers; none may exceed 16,777,216. */
    public Windows {
      Shapes.require(
          stride > 0
              && dilation > 0
              && left >= 0
              && right >= 0
              && Math.max(Math.max(stride, dilation), Math.max(left, right)) <= LARGEST,
          "stride %d, dilation %d, padding %d and %d",
          stride,
          dilation,
          left,
          right);
    }
  }

  private final int filters;
  private final int width;
  private final int channels;
  private final Windows windows;
  private final float[] weights;
  private final float[] bias;

  /** [width][channels][filters]: what one input number adds to all filters. */
  private final float[] rows;

  /** Made when first needed: many convolutions are run in doubles only. */
  private volatile @Nullable FloatConvolution floats;

  /** As below, with stride 1 and no padding. */
  public Convolution(int filters, int width, int channels, float[] weights, float[] bias) {
    this(filters, width, channels, Windows.PLAIN, weights, bias);
  }

  /**
   * Takes the arrays as they are; do not change them afterwards.
   *
   * @param weights [filters][width][channels], flat
   * @param bias [filters]
   */
  public Convolution(
      int filters, int width, int channels, Windows windows, float[] weights, float[] bias) {
    Shapes.require(
        filters > 0
            && width > 0
            && channels > 0
            && weights.length == (long) filters * width * channels
            && bias.length == filters,
        "a convolution of %d filters of %d x %d with %d weights and %d biases",
        filters,
        width,
        channels,
        weights.length,
        bias.length);
    this.filters = filters;
    this.width = width;
    this.channels = channels;
    this.windows = windows;
    this.weights = weights;
    this.bias = bias;
    rows = new float[weights.length];
    int row = width * channels;
    for (int f = 0; f < filters; f++) {
      for (int i = 0; i < row; i++) {
        rows[i * filters + f] = weights[f * row + i];
      }
    }
  }

  /** How many filters. */
  public int filters() {
    return filters;
  }

  /** Columns per filter. */
  public int width() {
    return width;
  }

  /** Channels it reads. */
  public int channels() {
    return channels;
  }

  /** Where its windows are. */
  public Windows windows() {
    return windows;
  }

  /** [filters][width][channels], flat; the array itself: do not change. */
  public float[] weights() {
    return weights;
  }

  /** [filters]; the array itself: do not change. */
  public float[] bias() {
    return bias;
  }

  /** [width][channels][filters], flat: {@link #weights} turned over. */
  float[] rows() {
    return rows;
  }

  /** The same windows with other parameters, of the same shapes. */
  public Convolution with(float[] newWeights, float[] newBias) {
    return new Convolution(filters, width, channels, windows, newWeights, newBias);
  }

  /** Without constants, and filter f times {@code factors[f]}. */
  Convolution scaled(float[] factors) {
    return reweighted((f, weight) -> factors[f] * weight);
  }

  /** Positions from the first column of a window to one after its last. */
  public int reach() {
    return Math.addExact(Math.multiplyExact(windows.dilation, width - 1), 1);
  }

  /** The filters of the other strand: weights[f][width - 1 - j][3 - c]; four channels only. */
  Convolution reverseComplement() {
    Shapes.require(channels == 4, "%d channels have no complement", channels);
    float[] turned = new float[weights.length];
    int row = width * channels;
    for (int f = 0; f < filters; f++) {
      for (int i = 0; i < row; i++) {
        turned[f * row + row - 1 - i] = weights[f * row + i];
      }
    }
    return with(turned, bias);
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape in = Shapes.only(inputs);
    long padded = (long) in.length() + windows.left + windows.right;
    Shapes.require(
        in.channels() == channels && padded >= reach(),
        "a convolution of %d x %d%s on %d x %d",
        width,
        channels,
        windows.dilation == 1 ? "" : ", dilation " + windows.dilation + ",",
        in.length(),
        in.channels());
    return new Shape((int) ((padded - reach()) / windows.stride + 1), filters);
  }

  @Override
  public double[] forward(double[][] inputs, List<Shape> shapes) {
    double[] x = inputs[0];
    int length = shapes.getFirst().length();
    int positions = shape(shapes).length();
    double[] out = new double[positions * filters];
    for (int p = 0; p < positions; p++) {
      int at = p * filters;
      for (int f = 0; f < filters; f++) {
        out[at + f] = bias[f];
      }
      for (int j = 0; j < width; j++) {
        int from = p * windows.stride - windows.left + j * windows.dilation;
        for (int c = 0; from >= 0 && from < length && c < channels; c++) {
          double v = x[from * channels + c];
          if (v != 0) {
            addRow(out, at, (j * channels + c) * filters, v);
          }
        }
      }
    }
    return out;
  }

  private void addRow(double[] out, int at, int row, double v) {
    for (int f = 0; f < filters; f++) {
      out[at + f] += v * rows[row + f];
    }
  }

  @Override
  public double[] forward(double[][] inputs, List<Shape> shapes, Precision precision) {
    return switch (precision) {
      case FLOAT64 -> forward(inputs, shapes);
      case FLOAT32 ->
          floats().forward(inputs[0], shapes.getFirst().length(), shape(shapes).length());
    };
  }

  @Override
  public void transpose(double[] out, double[][] in, List<Shape> shapes, Precision precision) {
    switch (precision) {
      case FLOAT64 -> transpose(out, in, shapes);
      case FLOAT32 ->
          floats().transpose(out, in[0], shapes.getFirst().length(), shape(shapes).length());
    }
  }

  /** The same in floats. */
  FloatConvolution floats() {
    FloatConvolution ready = floats;
    if (ready == null) {
      ready = new FloatConvolution(this, rows); // two threads may both: they are equal
      floats = ready;
    }
    return ready;
  }

  @Override
  public void transpose(double[] out, double[][] in, List<Shape> shapes) {
    int length = shapes.getFirst().length();
    for (int i = 0; i < out.length; i++) {
      double v = out[i];
      if (v != 0) { // behind a maximum nearly all are
        int first = i / filters * windows.stride - windows.left;
        for (int j = 0; j < width; j++) {
          int to = first + j * windows.dilation;
          if (to >= 0 && to < length) {
            int from = (i % filters * width + j) * channels;
            for (int c = 0; c < channels; c++) {
              in[0][to * channels + c] += v * weights[from + c];
            }
          }
        }
      }
    }
  }

  @Override
  public float[] constants() {
    return bias;
  }

  @Override
  public Convolution reweighted(Reweighting change) {
    float[] changed = new float[weights.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = change.apply(i / (width * channels), weights[i]);
    }
    return with(changed, new float[filters]);
  }
}
