package basewise.attribution;

import basewise.nn.network.LocalPass;
import basewise.nn.network.Network;
import basewise.nn.network.Precision;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is explained, of inputs that differ in places from one. In floats only what differs is
 * computed ({@link LocalPass}), in doubles each passes through the whole network. For one thread.
 */
final class Variants {
  private final Subject subject;
  private final double base;
  private final @Nullable LocalPass pass;

  /**
   * Runs an input.
   *
   * @param x the input that others differ from, [length][4]
   */
  Variants(Subject subject, double[] x) {
    this.subject = subject;
    pass =
        subject.options().precision() == Precision.FLOAT32
            ? new LocalPass(subject.local(), x)
            : null;
    base = pass == null ? subject.value(subject.run(x)) : value(pass.output());
  }

  /** Runs a sequence. */
  Variants(Subject subject, byte[] codes) {
    this(subject, Network.oneHot(codes));
  }

  private double value(double[] outputs) {
    double[] weights = subject.localWeights();
    double sum = 0;
    for (int o = 0; o < weights.length; o++) {
      sum += weights[o] * outputs[o];
    }
    return sum;
  }

  /** What is explained, of the input itself. */
  double base() {
    return base;
  }

  /**
   * What is explained, of each variant minus of the input itself.
   *
   * @param n how many
   * @param variants called once for each, in order
   */
  double[] differences(int n, IntFunction<double[]> variants) {
    double[] out = new double[n];
    if (pass == null) {
      for (int v = 0; v < n; v++) {
        out[v] = subject.value(subject.run(variants.apply(v))) - base;
      }
      return out;
    }
    double[] weights = subject.localWeights();
    float[][] found = pass.differences(n, variants);
    for (int v = 0; v < n; v++) {
      for (int o = 0; o < weights.length; o++) {
        out[v] += weights[o] * found[v][o];
      }
    }
    return out;
  }
}
