package basewise.attribution;

import basewise.nn.network.Network;
import basewise.nn.network.Trace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is explained, and how: the same for every sequence.
 *
 * @param network ends in raw outputs
 * @param classes whether its outputs are the classes of one softmax
 * @param alone gives the number that is explained and no other; null where it would have to be the
 *     network and more
 */
record Subject(
    Network network,
    boolean classes,
    Target target,
    AttributionOptions options,
    @Nullable Network alone) {
  Subject(Network network, boolean classes, Target target, AttributionOptions options) {
    this(
        network,
        classes,
        target,
        options,
        network.summed(target.weights(network.outputs())).orElse(null));
  }

  /** What local passes go through, of inputs that differ in places. */
  Network local() {
    return Objects.requireNonNullElse(alone, network);
  }

  /** The derivative of the number that is explained by each output of {@link #local}. */
  double[] localWeights() {
    return alone == null ? weights() : new double[] {1};
  }

  /** Runs the network on values of its input's shape. */
  Trace run(double[] x) {
    return network.forward(x, options.precision());
  }

  /** Runs the network on DNA. */
  Trace run(byte[] codes) {
    return run(Network.oneHot(codes));
  }

  /** The number that is explained. */
  double value(Trace trace) {
    return target.value(trace.output());
  }

  /** Its derivative by each output. */
  double[] weights() {
    return target.weights(network.outputs());
  }

  /** Its derivative by each input. */
  double[] gradient(double[] x) {
    return Sweep.gradient(run(x), weights());
  }
}
