package basewise.nn.network;

import java.util.List;

/**
 * The mean over windows of positions, per channel; windows may overlap, and what is left at the end
 * is not read. A window of the whole length is a global average.
 */
public record AveragePool(int window, int stride) implements Operation.Linear {
  /** Checks the numbers. */
  public AveragePool {
    Shapes.require(window > 0 && stride > 0, "window %d, stride %d", window, stride);
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return Shapes.pooled(inputs, window, stride);
  }

  @Override
  public double[] forward(double[][] inputs, List<Shape> shapes) {
    Shape shape = shape(shapes);
    int channels = shape.channels();
    double[] out = new double[shape.size()];
    for (int w = 0; w < shape.length(); w++) {
      for (int p = 0; p < window; p++) {
        int from = (w * stride + p) * channels;
        for (int c = 0; c < channels; c++) {
          out[w * channels + c] += inputs[0][from + c];
        }
      }
    }
    for (int i = 0; i < out.length; i++) {
      out[i] /= window;
    }
    return out;
  }

  @Override
  public void transpose(double[] out, double[][] in, List<Shape> shapes) {
    Shape shape = shape(shapes);
    int channels = shape.channels();
    for (int w = 0; w < shape.length(); w++) {
      for (int p = 0; p < window; p++) {
        int to = (w * stride + p) * channels;
        for (int c = 0; c < channels; c++) {
          in[0][to + c] += out[w * channels + c] / window;
        }
      }
    }
  }
}
