package basewise.nn.network;

import java.util.List;

/**
 * A convolution with stride 1 and no padding: output p of filter f is bias[f] plus the sum over j
 * and c of weights[f][j][c] * x[p + j][c]. Zeros of the input are skipped, so on one-hot DNA it is
 * one look-up per base.
 */
public final class Convolution implements Operation.Linear {
  private final int filters;
  private final int width;
  private final int channels;
  private final float[] weights;
  private final float[] bias;

  /** [width][channels][filters]: what one input number adds to all filters. */
  private final double[] rows;

  /**
   * Takes the arrays as they are; do not change them afterwards.
   *
   * @param weights [filters][width][channels], flat
   * @param bias [filters]
   */
  public Convolution(int filters, int width, int channels, float[] weights, float[] bias) {
    if (weights.length != filters * width * channels || bias.length != filters) {
      throw new IllegalArgumentException("%d filters of width %d".formatted(filters, width));
    }
    this.filters = filters;
    this.width = width;
    this.channels = channels;
    this.weights = weights;
    this.bias = bias;
    rows = new double[weights.length];
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

  /** Positions per filter. */
  public int width() {
    return width;
  }

  /** The filters of the other strand: weights[f][width - 1 - j][3 - c]; four channels only. */
  Convolution reverseComplement() {
    if (channels != 4) {
      throw new IllegalArgumentException(channels + " channels have no complement");
    }
    float[] turned = new float[weights.length];
    int row = width * channels;
    for (int f = 0; f < filters; f++) {
      for (int i = 0; i < row; i++) {
        turned[f * row + row - 1 - i] = weights[f * row + i];
      }
    }
    return new Convolution(filters, width, channels, turned, bias);
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    if (inputs.size() != 1
        || inputs.getFirst().channels() != channels
        || inputs.getFirst().length() < width) {
      throw new IllegalArgumentException(
          "a convolution of %d x %d on %s".formatted(width, channels, inputs));
    }
    return new Shape(inputs.getFirst().length() - width + 1, filters);
  }

  @Override
  public double[] forward(double[][] inputs, List<Shape> shapes) {
    double[] x = inputs[0];
    int positions = shapes.getFirst().length() - width + 1;
    double[] out = new double[positions * filters];
    for (int p = 0; p < positions; p++) {
      int at = p * filters;
      for (int f = 0; f < filters; f++) {
        out[at + f] = bias[f];
      }
      for (int i = 0; i < width * channels; i++) {
        double v = x[p * channels + i];
        if (v != 0) {
          addRow(out, at, i * filters, v);
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
  public void transpose(double[] out, double[][] in, List<Shape> shapes) {
    int row = width * channels;
    for (int i = 0; i < out.length; i++) {
      double v = out[i];
      if (v != 0) { // behind a maximum nearly all are
        int from = i % filters * row;
        int to = i / filters * channels;
        for (int j = 0; j < row; j++) {
          in[0][to + j] += v * weights[from + j];
        }
      }
    }
  }
}
