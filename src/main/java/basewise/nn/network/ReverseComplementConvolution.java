package basewise.nn.network;

import java.util.List;

/**
 * A convolution of one-hot DNA with the reverse complements of another's filters, whose parameters,
 * stride, dilation and padding it shares. Output p is the score of the window that starts where
 * window p of the other does, of the sequence as given.
 */
public final class ReverseComplementConvolution implements Weighted {
  private final Convolution shared;
  private final Convolution turned;

  /** The other strand of {@code forward}, which reads four channels in the order A, C, G, T. */
  public ReverseComplementConvolution(Convolution forward) {
    shared = forward;
    turned = forward.reverseComplement();
  }

  /** The convolution whose parameters it shares. */
  public Convolution shared() {
    return shared;
  }

  /** The same map as a convolution of its own: filters reversed and complemented. */
  public Convolution turned() {
    return turned;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return turned.shape(inputs);
  }

  @Override
  public double[] forward(double[][] inputs, List<Shape> shapes) {
    return turned.forward(inputs, shapes);
  }

  @Override
  public void transpose(double[] out, double[][] in, List<Shape> shapes) {
    turned.transpose(out, in, shapes);
  }

  @Override
  public double[] forward(double[][] inputs, List<Shape> shapes, Precision precision) {
    return turned.forward(inputs, shapes, precision);
  }

  @Override
  public void transpose(double[] out, double[][] in, List<Shape> shapes, Precision precision) {
    turned.transpose(out, in, shapes, precision);
  }

  @Override
  public float[] constants() {
    return turned.constants();
  }

  @Override
  public Convolution reweighted(Reweighting change) {
    return turned.reweighted(change);
  }
}
