package basewise.attribution;

import basewise.nn.kernel.Floats;
import basewise.nn.network.Derivatives;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.Trace;
import java.util.BitSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

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

  /** Whether sums are made in floats, of several inputs at a time. */
  private final boolean fast;

  /** Those that nobody uses: there is one for each thread. */
  private final Queue<Derivatives> idle = new ConcurrentLinkedQueue<>();

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
    fast =
        subject.options().precision() == Precision.FLOAT32
            && Derivatives.handles(subject.network());
  }

  private Derivatives prepared() {
    Derivatives ready = idle.poll();
    if (ready == null) {
      ready = new Derivatives(subject.network(), subject.weights(), new FloatGradient());
    }
    ready.clear();
    return ready;
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
    private final @Nullable Derivatives floats;

    private Sum() {
      floats = fast ? prepared() : null;
      Network network = subject.network();
      sums = new double[network.nodes().size()][];
      nodes.stream().forEach(i -> sums[i] = new double[network.nodes().get(i).shape().size()]);
      input = new double[network.input().size()];
    }

    /** Adds the derivative at an input. */
    void add(double[] x, double weight) {
      if (floats == null) {
        add(subject.run(x), weight);
      } else {
        floats.add(Floats.of(x), weight);
      }
    }

    private void add(Trace at, double weight) {
      var all = Sweep.run(new GradientRule(), at, at, weights, nodes);
      add(input, all.getLast(), weight);
      nodes.stream().forEach(i -> add(sums[i], all.get(i), weight));
    }

    /**
     * Adds derivatives on the way from one input to another.
     *
     * @param places 0 at {@code from}, 1 at {@code to}
     * @param factors of each place
     */
    void add(Trace from, Trace to, double[] places, double[] factors) {
      if (floats != null) {
        floats.way(from.input(), to.input());
      }
      for (int k = 0; k < places.length; k++) {
        if (floats == null) {
          add(from, to, places[k], factors[k]);
        } else {
          floats.add(places[k], factors[k]);
        }
      }
    }

    private void add(Trace from, Trace to, double place, double weight) {
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

    /** The sum, one number per input; ends it. */
    double[] value() {
      if (floats != null) {
        double[] out = floats.value();
        idle.offer(floats);
        return out;
      }
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
