package basewise.attribution;

import basewise.nn.network.Operation;
import basewise.nn.network.Softmax;

/**
 * The derivative of the output (Simonyan, Vedaldi and Zisserman 2014). ReLU'(0) = 0, and of equal
 * inputs of a maximum the first counts.
 */
public record GradientRule() implements PropagationRule {
  @Override
  public boolean needsReference() {
    return false;
  }

  @Override
  public void activation(Operation.Activation operation, double[] out, Local here, double[] in) {
    operation.function().addGradient(out, here.inputs()[0], in);
  }

  @Override
  public void choice(Operation.Choice operation, double[] out, Local here, double[][] in) {
    int[] chosen = operation.chosen(here.inputs(), here.shapes());
    int n = in[0].length;
    for (int o = 0; o < out.length; o++) {
      if (out[o] != 0) {
        in[chosen[o] / n][chosen[o] % n] += out[o];
      }
    }
  }

  @Override
  public void softmax(Softmax operation, double[] out, Local here, double[] in) {
    operation.jacobian(here.output(), out, in, here.shapes());
  }
}
