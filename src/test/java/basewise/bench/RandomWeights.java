package basewise.bench;

import basewise.nn.network.Convolution;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.ReverseComplementConvolution;
import basewise.nn.network.Weighted;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A network whose layers nearest to the output have forgotten what they learned. */
final class RandomWeights {
  private RandomWeights() {}

  /** The layers with weights, from the output to the input; filters of both strands are one. */
  static List<String> layers(Network network) {
    List<String> names = new ArrayList<>();
    for (Network.Node node : network.nodes().reversed()) {
      if (node.operation() instanceof Weighted
          && !(node.operation() instanceof ReverseComplementConvolution)) {
        names.add(node.name());
      }
    }
    return names;
  }

  /**
   * The same network with other weights in the first {@code n} of {@link #layers}: normal with mean
   * 0 and the standard deviation that the layer's have; biases, and the scales and shifts of a
   * batch norm, change places.
   */
  static Network of(Network network, int n, long seed) {
    List<String> forgotten = layers(network).subList(0, n);
    Network.Builder b = Network.reading(network.input());
    List<Convolution> before = new ArrayList<>();
    List<Convolution> after = new ArrayList<>();
    for (int i = 0; i < network.nodes().size(); i++) {
      Network.Node node = network.nodes().get(i);
      RandomGenerator random = Seeds.generator(seed, i);
      Operation operation = node.operation();
      if (forgotten.contains(node.name())) {
        operation =
            switch (operation) {
              case Convolution c -> c.with(normal(c.weights(), random), shuffled(c.bias(), random));
              case Operation.Dense d ->
                  new Operation.Dense(normal(d.weights(), random), shuffled(d.bias(), random));
              case Operation.BatchNorm norm ->
                  new Operation.BatchNorm(
                      shuffled(norm.scale(), random), shuffled(norm.shift(), random));
              default -> throw new IllegalStateException(node.name());
            };
      }
      if (node.operation() instanceof Convolution c) {
        before.add(c);
        after.add((Convolution) operation);
      } else if (node.operation() instanceof ReverseComplementConvolution c) {
        operation = new ReverseComplementConvolution(after.get(before.indexOf(c.shared())));
      }
      b.add(node.name(), operation, node.inputs().stream().mapToInt(Integer::intValue).toArray());
    }
    return b.build();
  }

  private static float[] normal(float[] weights, RandomGenerator random) {
    double mean = 0;
    for (float w : weights) {
      mean += w / weights.length;
    }
    double variance = 0;
    for (float w : weights) {
      variance += (w - mean) * (w - mean) / weights.length;
    }
    float[] out = new float[weights.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (random.nextGaussian() * Math.sqrt(variance));
    }
    return out;
  }

  private static float[] shuffled(float[] values, RandomGenerator random) {
    float[] out = values.clone();
    for (int i = out.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float kept = out[i];
      out[i] = out[j];
      out[j] = kept;
    }
    return out;
  }
}
