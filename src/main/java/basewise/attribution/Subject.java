package basewise.attribution;

import basewise.nn.network.Network;
import basewise.nn.network.Trace;

/**
 * What is explained, and how: the same for every sequence.
 *
 * @param network ends in raw outputs
 * @param classes whether its outputs are the classes of one softmax
 */
record Subject(Network network, boolean classes, Target target, AttributionOptions options) {
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
