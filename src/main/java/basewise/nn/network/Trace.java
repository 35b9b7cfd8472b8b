package basewise.nn.network;

import java.util.List;

/** Every value of a network on one input. The arrays are the values themselves: do not change. */
public final class Trace {
  private final Network network;
  private final double[] input;
  private final Precision precision;
  private final double[][] values;

  Trace(Network network, double[] input, Precision precision) {
    this.network = network;
    this.input = input;
    this.precision = precision;
    values = new double[network.nodes().size()][];
  }

  void set(int node, double[] value) {
    values[node] = value;
  }

  /** The network that was run. */
  public Network network() {
    return network;
  }

  /** How exactly values were kept. */
  public Precision precision() {
    return precision;
  }

  /** What the network read. */
  public double[] input() {
    return input;
  }

  /** What came out of a node. */
  public double[] value(int node) {
    return node == Network.INPUT ? input : values[node];
  }

  /** What a node read. */
  public double[][] inputs(int node) {
    List<Integer> from = network.nodes().get(node).inputs();
    double[][] in = new double[from.size()][];
    for (int k = 0; k < in.length; k++) {
      in[k] = value(from.get(k));
    }
    return in;
  }

  /** What came out of the network: one number per task. */
  public double[] output() {
    return values[values.length - 1];
  }
}
