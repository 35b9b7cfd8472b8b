package basewise.nn.network;

import java.util.List;

/**
 * exp(x) over its sum, across the channels of each position; of a vector, across all of it. Neither
 * linear nor a function of one number: a kind of its own.
 */
public record Softmax() implements Operation {
  @Override
  public Shape shape(List<Shape> inputs) {
    return Shapes.only(inputs);
  }

  @Override
  public double[] forward(double[][] inputs, List<Shape> shapes) {
    double[] x = inputs[0];
    int channels = shapes.getFirst().channels();
    double[] out = new double[x.length];
    for (int at = 0; at < x.length; at += channels) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < channels; c++) {
        largest = Math.max(largest, x[at + c]);
      }
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        out[at + c] = Math.exp(x[at + c] - largest);
        sum += out[at + c];
      }
      for (int c = 0; c < channels; c++) {
        out[at + c] /= sum;
      }
    }
    return out;
  }

  /**
   * The Jacobian, which is symmetric, times a vector: y (v - sum of v y), position by position.
   *
   * @param y what came out
   * @param v one number per output (or per input: it is the same)
   * @param product is added here
   */
  public void jacobian(double[] y, double[] v, double[] product, List<Shape> shapes) {
    int channels = shapes.getFirst().channels();
    for (int at = 0; at < y.length; at += channels) {
      double mean = 0;
      for (int c = at; c < at + channels; c++) {
        mean += v[c] * y[c];
      }
      for (int c = at; c < at + channels; c++) {
        product[c] += y[c] * (v[c] - mean);
      }
    }
  }
}
