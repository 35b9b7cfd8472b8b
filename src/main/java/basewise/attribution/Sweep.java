package basewise.attribution;

import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Softmax;
import basewise.nn.network.Trace;
import java.util.ArrayList;
import java.util.BitSet;
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
   * What each node loses of the sum of multipliers times differences from the reference, on the way
   * from its outputs to its inputs; 0 everywhere if a rule is exact.
   */
  static double[] losses(PropagationRule rule, Trace x, Trace reference, double[] weights) {
    List<double[]> multipliers = run(rule, x, reference, weights);
    List<Network.Node> nodes = x.network().nodes();
    double[] losses = new double[nodes.size()];
    for (int i = 0; i < losses.length; i++) {
      Network.Node node = nodes.get(i);
      double[][] in = new double[node.inputs().size()][];
      for (int k = 0; k < in.length; k++) {
        in[k] = new double[node.inputShapes().get(k).size()];
      }
      double[] out = multipliers.get(i);
      step(rule, node, out, local(i, x, reference), in);
      losses[i] = dot(out, x.value(i), reference.value(i));
      for (int k = 0; k < in.length; k++) {
        int from = node.inputs().get(k);
        losses[i] -= dot(in[k], x.value(from), reference.value(from));
      }
    }
    return losses;
  }

  private static double dot(double[] m, double[] x, double[] r) {
    double sum = 0;
    for (int i = 0; i < m.length; i++) {
      sum += m[i] * (x[i] - r[i]);
    }
    return sum;
  }

  /**
   * The whole walk.
   *
   * @param reference {@code x} itself for a rule without one
   * @param weights what is put in at the outputs
   * @return what every node was given, in their order, and last the input
   */
  static List<double[]> run(PropagationRule rule, Trace x, Trace reference, double[] weights) {
    return run(rule, x, reference, weights, new BitSet());
  }

  /**
   * The walk as far as some nodes.
   *
   * @param ends the nodes that hand nothing on
   */
  static List<double[]> run(
      PropagationRule rule, Trace x, Trace reference, double[] weights, BitSet ends) {
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
      if (!ends.get(i)) {
        double[][] in = targets(node, multipliers, result);
        step(rule, node, out, local(i, x, reference), in);
      }
    }
    List<double[]> all = new ArrayList<>(List.of(multipliers));
    all.add(x.precision().kept(result));
    return all;
  }

  private static void step(
      PropagationRule rule,
      Network.Node node,
      double[] out,
      PropagationRule.Local here,
      double[][] in) {
    switch (node.operation()) {
      case Operation.Linear linear -> rule.linear(linear, out, here, in);
      case Operation.Activation f -> rule.activation(f, out, here, in[0]);
      case Softmax softmax -> rule.softmax(softmax, out, here, in[0]);
      case Operation.Choice choice -> rule.choice(choice, out, here, in);
    }
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
        i,
        x.inputs(i),
        x.value(i),
        reference.inputs(i),
        reference.value(i),
        x.network().nodes().get(i).inputShapes(),
        x.precision());
  }
}
