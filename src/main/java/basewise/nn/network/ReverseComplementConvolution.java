package basewise.nn.network;

import java.util.List;

/**
 * A convolution of one-hot DNA with the reverse complements of another's filters, whose parameters
 * it shares. Output p is the score of the window that starts at p of the sequence as given.
 */
public final class ReverseComplementConvolution implements Operation.Linear {
  private final Convolution turned;

  /** The other strand of {@code forward}, which reads four channels in the order A, C, G, T. */
  public ReverseComplementConvolution(Convolution forward) {
    turned = forward.reverseComplement();
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
}
