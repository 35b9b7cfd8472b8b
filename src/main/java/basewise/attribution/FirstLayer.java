package basewise.attribution;

import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Trace;
import java.util.BitSet;

/**
 * The linear maps that read a network's input, for sums of derivatives at many inputs. On the way
 * from a reference to a sequence what they give is a straight way too, and what comes back to them
 * can be summed before it is transposed: both then happen once and not at every step. Where
 * something else reads the input, nothing is saved.
 */
final class FirstLayer {
  private final Subject subject;

  /** The numbers of these nodes; empty if something else reads the input. */
  private final BitSet nodes = new BitSet();

  FirstLayer(Subject subject) {
    this.subject = subject;
    boolean only = true;
    for (int i = 0; i < subject.network().nodes().size(); i++) {
      Network.Node node = subject.network().nodes().get(i);
      if (node.inputs().contains(Network.INPUT)) {
        only &= node.inputs().size() == 1 && node.operation() instanceof Operation.Linear;
        nodes.set(i);
      }
    }
    if (!only) {
      nodes.clear();
    }
  }

  /** Begins a sum of derivatives. */
  Sum sum() {
    return new Sum();
  }

  /** A weighted sum of derivatives at several inputs. */
  final class Sum {
    private final double[] weights = subject.weights();
    private final double[][] sums;
    private final double[] input;

    private Sum() {
      Network network = subject.network();
      sums = new double[network.nodes().size()][];
      nodes.stream().forEach(i -> sums[i] = new double[network.nodes().get(i).shape().size()]);
      input = new double[network.input().size()];
    }

    /** Adds the derivative at an input that was run. */
    void add(Trace at, double weight) {
      var all = Sweep.run(new GradientRule(), at, at, weights, nodes);
      add(input, all.getLast(), weight);
      nodes.stream().forEach(i -> add(sums[i], all.get(i), weight));
    }

    /**
     * Adds the derivative on the way from one input to another.
     *
     * @param place 0 at {@code from}, 1 at {@code to}
     */
    void add(Trace from, Trace to, double place, double weight) {
      double[][] given = new double[sums.length][];
      nodes.stream()
          .forEach(
              i -> given[i] = from.precision().kept(between(from.value(i), to.value(i), place)));
      double[] x = between(from.input(), to.input(), place);
      add(subject.network().forward(x, from.precision(), given), weight);
    }

    private static double[] between(double[] from, double[] to, double place) {
      double[] out = new double[from.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = from[i] + place * (to[i] - from[i]);
      }
      return out;
    }

    private static void add(double[] sum, double[] x, double weight) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * x[i];
      }
    }

    /** The sum, one number per input. */
    double[] value() {
      nodes.stream()
          .forEach(i -> {
            Network.Node node = subject.network().nodes().get(i);
            Operation.Linear map = (Operation.Linear) node.operation();
            map.transpose(
                sums[i], new double[][] {input}, node.inputShapes(), subject.options().precision());
          });
      return input;
    }
  }
}
