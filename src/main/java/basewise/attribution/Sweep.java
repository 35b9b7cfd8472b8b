package basewise.attribution;

import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Softmax;
import basewise.nn.network.Trace;
import java.util.ArrayList;
import java.util.List;

/** One walk back through a network, from what is explained to the input. */
public final class Sweep {
  private Sweep() {}

  /**
   * A gradient.
   *
   * @param weights the derivative of what is explained by each output
   * @return one number per input, in the shape of the network's input
   */
  public static double[] gradient(Trace x, double[] weights) {
    return back(new GradientRule(), x, weights);
  }

  /** What a rule without a reference gives to each input. */
  public static double[] back(PropagationRule rule, Trace x, double[] weights) {
    return run(rule, x, x, weights).getLast();
  }

  /**
   * Multipliers of a rule that compares with a reference: the contribution of an input is its
   * multiplier times its difference from the reference.
   */
  public static double[] multipliers(
      PropagationRule rule, Trace x, Trace reference, double[] weights) {
    return run(rule, x, reference, weights).getLast();
  }

  /**
   * The whole walk.
   *
   * @param reference {@code x} itself for a rule without one
   * @param weights what is put in at the outputs
   * @return what every node was given, in their order, and last the input
   */
  static List<double[]> run(PropagationRule rule, Trace x, Trace reference, double[] weights) {
    if (x.network() != reference.network() || x.precision() != reference.precision()) {
      throw new IllegalArgumentException("the reference was run in another way");
    }
    Network network = x.network();
    List<Network.Node> nodes = network.nodes();
    double[][] multipliers = new double[nodes.size()][];
    for (int i = 0; i < multipliers.length; i++) {
      multipliers[i] = new double[nodes.get(i).shape().size()];
    }
    double[] result = new double[network.input().size()];
    multipliers[nodes.size() - 1] = weights.clone();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Network.Node node = nodes.get(i);
      double[] out = x.precision().kept(multipliers[i]);
      double[][] in = targets(node, multipliers, result);
      switch (node.operation()) {
        case Operation.Linear linear -> rule.linear(linear, out, local(i, x, reference), in);
        case Operation.Activation f -> rule.activation(f, out, local(i, x, reference), in[0]);
        case Softmax softmax -> rule.softmax(softmax, out, local(i, x, reference), in[0]);
        case Operation.Choice choice -> rule.choice(choice, out, local(i, x, reference), in);
      }
    }
    List<double[]> all = new ArrayList<>(List.of(multipliers));
    all.add(x.precision().kept(result));
    return all;
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
