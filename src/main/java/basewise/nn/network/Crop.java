package basewise.nn.network;

import java.util.List;

/** Positions {@code start} to {@code end}, half-open; all channels. */
public record Crop(int start, int end) implements Operation.Linear {
  /** Checks the numbers. */
  public Crop {
    Shapes.require(start >= 0 && end > start, "a crop to %d-%d", start, end);
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape in = Shapes.only(inputs);
    Shapes.require(end <= in.length(), "a crop to %d-%d of %d positions", start, end, in.length());
    return new Shape(end - start, in.channels());
  }

  @Override
  public double[] forward(double[][] inputs, List<Shape> shapes) {
    int channels = shapes.getFirst().channels();
    double[] out = new double[(end - start) * channels];
    System.arraycopy(inputs[0], start * channels, out, 0, out.length);
    return out;
  }

  @Override
  public void transpose(double[] out, double[][] in, List<Shape> shapes) {
    int from = start * shapes.getFirst().channels();
    for (int i = 0; i < out.length; i++) {
      in[0][from + i] += out[i];
    }
  }
}
