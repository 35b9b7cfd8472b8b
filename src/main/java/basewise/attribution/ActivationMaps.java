package basewise.attribution;

import basewise.io.InputException;
import basewise.nn.network.AveragePool;
import basewise.nn.network.Convolution;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.ReverseComplementConvolution;
import basewise.nn.network.Shape;
import basewise.nn.network.Trace;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Methods that weigh the channels of one layer's map. A base scores the mean over the positions of
 * the map that see it ({@link ReceptiveField}).
 */
final class ActivationMaps {
  private final Subject subject;

  ActivationMaps(Subject subject) {
    this.subject = subject;
  }

  /**
   * Refuses networks and layers that have no map.
   *
   * @throws InputException naming the layer
   */
  void check(Method method) {
    if (method == Method.CAM) {
      average();
    } else {
      layer();
    }
  }

  /**
   * Class activation mapping (Zhou, Khosla, Lapedriza, Oliva and Torralba 2016): the map before a
   * global average pool, its channels weighed as the linear layer after the pool weighs them.
   */
  Found cam(byte[] codes) {
    Network.Node pool = subject.network().nodes().get(average());
    double[] map = camOfPositions(subject.run(codes));
    return Found.plain(Scores.onBases(spread(pool.inputs().getFirst(), map), codes));
  }

  /** The map before it is spread over bases. */
  double[] camOfPositions(Trace x) {
    int pool = average();
    // Between the average and the output all is linear: what comes back to it are the weights.
    double[] weights = Sweep.run(new GradientRule(), x, x, subject.weights()).get(pool);
    return weighed(x.value(subject.network().nodes().get(pool).inputs().getFirst()), weights);
  }

  /**
   * Grad-CAM (Selvaraju and others 2017): channels are weighed by the mean of their derivatives,
   * and what is negative of the sum is 0.
   */
  Found gradCam(byte[] codes) {
    return Found.plain(Scores.onBases(gradCamOfBases(codes), codes));
  }

  private double[] gradCamOfBases(byte[] codes) {
    int node = layer();
    return spread(node, gradCamOfPositions(node, subject.run(codes)));
  }

  /** Grad-CAM before it is spread over bases. */
  double[] gradCamOfPositions(int node, Trace x) {
    double[] g = Sweep.run(new GradientRule(), x, x, subject.weights()).get(node);
    int channels = subject.network().nodes().get(node).shape().channels();
    double[] weights = new double[channels];
    for (int i = 0; i < g.length; i++) {
      weights[i % channels] += g[i] * channels / g.length;
    }
    return positive(weighed(x.value(node), weights));
  }

  /**
   * Grad-CAM++ (Chattopadhay, Sarkar, Howlader and Balasubramanian 2018): a channel's weight is the
   * sum over positions of its positive derivatives g, each times g^2 / (2 g^2 + g^3 times the sum
   * of the channel), which is the paper's for the exponential of the output.
   */
  Found gradCamPlusPlus(byte[] codes) {
    int node = layer();
    double[] map = gradCamPlusPlusOfPositions(node, subject.run(codes));
    return Found.plain(Scores.onBases(spread(node, map), codes));
  }

  /** Grad-CAM++ before it is spread over bases. */
  double[] gradCamPlusPlusOfPositions(int node, Trace x) {
    double[] map = x.value(node);
    double[] g = Sweep.run(new GradientRule(), x, x, subject.weights()).get(node);
    int channels = subject.network().nodes().get(node).shape().channels();
    double[] sums = new double[channels];
    for (int i = 0; i < map.length; i++) {
      sums[i % channels] += map[i];
    }
    double[] weights = new double[channels];
    for (int i = 0; i < g.length; i++) {
      double divisor = 2 * g[i] * g[i] + g[i] * g[i] * g[i] * sums[i % channels];
      if (g[i] > 0 && divisor != 0) {
        weights[i % channels] += g[i] * g[i] * g[i] / divisor;
      }
    }
    return positive(weighed(map, weights));
  }

  /** Guided Grad-CAM (Selvaraju and others 2017): guided backpropagation times Grad-CAM. */
  Found guidedGradCam(byte[] codes) {
    double[] map = gradCamOfBases(codes);
    double[] out = Sweep.back(new ReluRule(true), subject.run(codes), subject.weights());
    for (int i = 0; i < out.length; i++) {
      out[i] *= map[i / (out.length / map.length)];
    }
    return Found.plain(out);
  }

  private double[] spread(int node, double[] values) {
    Network network = subject.network();
    return ReceptiveField.of(network, node).spread(values, network.input().length());
  }

  /** Per position, the sum of channels times weights. */
  private static double[] weighed(double[] map, double[] weights) {
    double[] out = new double[map.length / weights.length];
    for (int i = 0; i < map.length; i++) {
      out[i / weights.length] += map[i] * weights[i % weights.length];
    }
    return out;
  }

  private static double[] positive(double[] map) {
    for (int i = 0; i < map.length; i++) {
      map[i] = Math.max(map[i], 0);
    }
    return map;
  }

  /** The node of the global average whose outputs one linear layer reads. */
  private int average() {
    List<Network.Node> nodes = subject.network().nodes();
    boolean dense = false;
    for (int at = nodes.size() - 1; at != Network.INPUT; ) {
      Network.Node node = nodes.get(at);
      Shape in = node.inputShapes().getFirst();
      int from = node.inputs().getFirst();
      if (dense
          && from != Network.INPUT
          && node.operation() instanceof AveragePool pool
          && pool.window() == in.length()) {
        return at;
      }
      boolean linear = node.operation() instanceof Operation.Dense && !dense;
      dense |= linear;
      if (!linear
          && !(node.operation() instanceof Operation.Dropout)
          && !(node.operation() instanceof Operation.Flatten && in.length() == 1)) {
        throw noCam(node);
      }
      at = from;
    }
    throw noCam(nodes.getFirst());
  }

  private static InputException noCam(Network.Node node) {
    return InputException.ofOption(
        "--method",
        "cam reads a global average pool and one linear layer after it, and this model ends"
            + " otherwise, at '"
            + node.name()
            + "'",
        "grad-cam reads any");
  }

  /** The layer that was asked for, or the last map of the last convolution's positions. */
  int layer() {
    List<Network.Node> nodes = subject.network().nodes();
    String name = subject.options().layer();
    return name == null ? lastConvolution(nodes) : named(nodes, name);
  }

  private static int named(List<Network.Node> nodes, String name) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name().equals(name)) {
        if (!hasMap(nodes.get(i))) {
          throw InputException.ofOption(
              "--layer", "'" + name + "' has no positions", "name one of " + maps(nodes));
        }
        return i;
      }
    }
    throw InputException.ofOption(
        "--layer", "the model has no '" + name + "'", "name one of " + maps(nodes));
  }

  private static boolean hasMap(Network.Node node) {
    return node.shape().length() > 1;
  }

  private static String maps(List<Network.Node> nodes) {
    return nodes.stream()
        .filter(ActivationMaps::hasMap)
        .map(Network.Node::name)
        .collect(Collectors.joining(", "));
  }

  /** With its strands, batch norm, activation and what it is added to: they keep its positions. */
  private static int lastConvolution(List<Network.Node> nodes) {
    Integer last = null;
    for (int i = 0; i < nodes.size(); i++) {
      last = isConvolution(nodes.get(i)) ? Integer.valueOf(i) : last;
    }
    if (last == null || !hasMap(nodes.get(last))) {
      throw InputException.ofOption(
          "--method", "Grad-CAM needs a convolution, and this model has none", "choose another");
    }
    int at = last;
    for (int i = at + 1; i < nodes.size(); i++) {
      if (nodes.get(i).inputs().contains(at) && keepsPositions(nodes.get(i).operation())) {
        at = i;
      }
    }
    return at;
  }

  private static boolean isConvolution(Network.Node node) {
    return node.operation() instanceof Convolution
        || node.operation() instanceof ReverseComplementConvolution;
  }

  private static boolean keepsPositions(Operation operation) {
    return operation instanceof Operation.BatchNorm
        || operation instanceof Operation.Activation
        || operation instanceof Operation.Dropout
        || operation instanceof Operation.Maximum
        || operation instanceof Operation.Add;
  }
}
