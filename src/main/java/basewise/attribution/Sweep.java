package basewise.attribution;

import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Softmax;
import basewise.nn.network.Trace;
import java.util.ArrayList;
import java.util.List;

/** One walk back through a network, from an output to the input. */
public final class Sweep {
  private Sweep() {}

  /**
   * A gradient.
   *
   * @param output the number of the output that is explained
   * @return one number per input, in the shape of the network's input
   */
  public static double[] gradient(Trace x, int output) {
    return run(new GradientRule(), x, x, output);
  }

  /**
   * Multipliers of a rule that compares with a reference: the contribution of an input is its
   * multiplier times its difference from the reference.
   */
  public static double[] multipliers(PropagationRule rule, Trace x, Trace reference, int output) {
    if (x.network() != reference.network() || x.precision() != reference.precision()) {
      throw new IllegalArgumentException("the reference was run in another way");
    }
    return run(rule, x, reference, output);
  }

  private static double[] run(PropagationRule rule, Trace x, Trace reference, int output) {
    Network network = x.network();
    List<Network.Node> nodes = network.nodes();
    double[][] multipliers = new double[nodes.size()][];
    for (int i = 0; i < multipliers.length; i++) {
      multipliers[i] = new double[nodes.get(i).shape().size()];
    }
    double[] result = new double[network.input().size()];
    multipliers[nodes.size() - 1][output] = 1;
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Network.Node node = nodes.get(i);
      double[] out = x.precision().kept(multipliers[i]);
      double[][] in = targets(node, multipliers, result);
      switch (node.operation()) {
        case Operation.Linear linear -> linear.transpose(out, in, node.inputShapes());
        case Operation.Activation f -> rule.activation(f, out, local(i, x, reference), in[0]);
        case Softmax softmax -> rule.softmax(softmax, out, local(i, x, reference), in[0]);
        case Operation.Choice choice -> rule.choice(choice, out, local(i, x, reference), in);
      }
    }
    return x.precision().kept(result);
  }

  private static double[][] targets(Network.Node node, double[][] multipliers, double[] input) {
    List<double[]> in = new ArrayList<>();
    for (int from : node.inputs()) {
      in.add(from == Network.INPUT ? input : multipliers[from]);
    }
    return in.toArray(double[][]::new);
  }

  private static PropagationRule.Local local(int i, Trace x, Trace reference) {
    return new PropagationRule.Local(
        x.inputs(i),
        x.value(i),
        reference.inputs(i),
        reference.value(i),
        x.network().nodes().get(i).inputShapes(),
        x.precision());
  }
}
