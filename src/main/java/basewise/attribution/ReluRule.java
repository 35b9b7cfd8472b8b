package basewise.attribution;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.network.Operation;
import basewise.nn.network.Softmax;

/**
 * The derivative, except that a ReLU lets nothing negative back. Other activations are left alone.
 *
 * @param guided whether a ReLU that is shut forwards is shut backwards too: guided backpropagation
 *     (Springenberg, Dosovitskiy, Brox and Riedmiller 2015); without it the deconvnet of Zeiler and
 *     Fergus 2014
 */
public record ReluRule(boolean guided) implements PropagationRule {
  @Override
  public boolean needsReference() {
    return false;
  }

  @Override
  public void activation(Operation.Activation operation, double[] out, Local here, double[] in) {
    if (operation.function().kind() != ActivationFunction.Kind.RELU) {
      new GradientRule().activation(operation, out, here, in);
      return;
    }
    double[] x = here.inputs()[0];
    for (int i = 0; i < out.length; i++) {
      if (out[i] > 0 && (x[i] > 0 || !guided)) {
        in[i] += out[i];
      }
    }
  }

  @Override
  public void choice(Operation.Choice operation, double[] out, Local here, double[][] in) {
    new GradientRule().choice(operation, out, here, in);
  }

  @Override
  public void softmax(Softmax operation, double[] out, Local here, double[] in) {
    new GradientRule().softmax(operation, out, here, in);
  }
}
