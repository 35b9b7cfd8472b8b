package basewise.nn.network;

import java.util.List;

/** Several inputs of one length side by side: their channels in the order of the inputs. */
public record Concat() implements Operation.Linear {
  @Override
  public Shape shape(List<Shape> inputs) {
    Shapes.several(inputs);
    int length = inputs.getFirst().length();
    Shapes.require(
        inputs.stream().allMatch(s -> s.length() == length), "inputs of unequal length %s", inputs);
    return new Shape(length, inputs.stream().mapToInt(Shape::channels).sum());
  }

  @Override
  public double[] forward(double[][] inputs, List<Shape> shapes) {
    Shape shape = shape(shapes);
    double[] out = new double[shape.size()];
    int at = 0;
    for (int k = 0; k < inputs.length; k++) {
      int channels = shapes.get(k).channels();
      for (int p = 0; p < shape.length(); p++) {
        System.arraycopy(inputs[k], p * channels, out, p * shape.channels() + at, channels);
      }
      at += channels;
    }
    return out;
  }

  @Override
  public void transpose(double[] out, double[][] in, List<Shape> shapes) {
    Shape shape = shape(shapes);
    int at = 0;
    for (int k = 0; k < in.length; k++) {
      int channels = shapes.get(k).channels();
      for (int i = 0; i < in[k].length; i++) {
        in[k][i] += out[i / channels * shape.channels() + at + i % channels];
      }
      at += channels;
    }
  }
}
