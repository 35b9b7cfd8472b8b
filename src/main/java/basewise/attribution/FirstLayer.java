package basewise.attribution;

import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.Trace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operations that read the input. Where all are linear, what they give goes straight as the
 * input does, and the sum of what they are given back is passed on once: the way from a reference
 * to a sequence is walked without the first layer, which is look-ups at its ends only. Of other
 * networks the input itself takes their place.
 */
final class FirstLayer {
  private final Network network;

  /** Their numbers, or that of the input alone. */
  private final Set<Integer> nodes = new TreeSet<>();

  FirstLayer(Network network) {
    this.network = network;
    boolean linear = true;
    for (int i = 0; i < network.nodes().size(); i++) {
      Network.Node node = network.nodes().get(i);
      if (node.inputs().contains(Network.INPUT)) {
        nodes.add(i);
        linear &=
            node.operation() instanceof Operation.Linear
                && node.inputs().stream().allMatch(k -> k == Network.INPUT);
      }
    }
    if (!linear) {
      nodes.clear();
      nodes.add(Network.INPUT);
    }
  }

  /**
   * A run at a place of the straight way between two.
   *
   * @param place 0 at {@code from}, 1 at {@code to}
   */
  Trace between(Trace from, Trace to, double place) {
    Map<Integer, double[]> given = new TreeMap<>();
    for (int node : nodes) {
      double[] a = from.value(node);
      double[] b = to.value(node);
      double[] out = new double[a.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] + place * (b[i] - a[i]);
      }
      given.put(node, node == Network.INPUT ? out : from.precision().kept(out));
    }
    double[] input = given.getOrDefault(Network.INPUT, from.input());
    return network.forward(input, given, from.precision());
  }

  /** A weighted sum of gradients. */
  Sum sum(double[] weights) {
    return new Sum(weights);
  }

  /** What comes together at the first layer. */
  final class Sum {
    private final double[] weights;
    private final Map<Integer, double[]> sums = new TreeMap<>();

    private Sum(double[] weights) {
      this.weights = weights;
    }

    /** Adds the gradient of a run. */
    void add(Trace run, double factor) {
      List<double[]> given = Sweep.run(new GradientRule(), run, run, weights, nodes);
      for (int node : nodes) {
        double[] m = node == Network.INPUT ? given.getLast() : given.get(node);
        double[] sum = sums.computeIfAbsent(node, k -> new double[m.length]);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += factor * m[i];
        }
      }
    }

    /** The sum, per input. */
    double[] back(Precision precision) {
      double[] out = new double[network.input().size()];
      for (Map.Entry<Integer, double[]> e : sums.entrySet()) {
        if (e.getKey() == Network.INPUT) {
          return e.getValue();
        }
        Network.Node node = network.nodes().get(e.getKey());
        double[][] in = new double[node.inputs().size()][];
        Arrays.fill(in, out);
        ((Operation.Linear) node.operation())
            .transpose(e.getValue(), in, node.inputShapes(), precision);
      }
      return out;
    }
  }
}
