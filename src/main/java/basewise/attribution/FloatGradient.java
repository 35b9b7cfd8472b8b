package basewise.attribution;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.kernel.Points;
import basewise.nn.network.FloatPass;
import basewise.nn.network.Operation;

/** {@link GradientRule} in floats, for several inputs at once. */
final class FloatGradient implements FloatPass.Rule {
  @Override
  public void activation(Operation.Activation operation, FloatPass.Place here) {
    int size = here.node().shape().size();
    float[] x = here.read()[0];
    float[] in = here.in()[0];
    if (operation.function().kind() == ActivationFunction.Kind.RELU) {
      Points.reluBack(here.first() * size, here.end() * size, x, here.out(), in);
      return;
    }
    for (int i = here.first() * size; i < here.end() * size; i++) {
      if (here.out()[i] != 0) {
        in[i] += (float) (here.out()[i] * operation.function().derivative(x[i]));
      }
    }
  }

  @Override
  public void choice(Operation.Choice operation, FloatPass.Place here) {
    int size = here.node().shape().size();
    for (int i = here.first() * size; i < here.end() * size; i++) {
      float v = here.out()[i];
      if (v != 0) {
        here.in()[here.input(operation, i)][here.place(operation, i)] += v;
      }
    }
  }
}
