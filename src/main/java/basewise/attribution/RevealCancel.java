package basewise.attribution;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.network.Convolution;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.ReverseComplementConvolution;
import basewise.nn.network.Softmax;
import basewise.nn.network.Trace;
import basewise.nn.network.Weighted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DeepLIFT's RevealCancel rule (Shrikumar, Greenside and Kundaje 2017, section 3.5): the positive
 * and the negative part of every difference from the reference are carried forward, and a
 * multiplier of each comes back. Of a function f at reference r, the part of the output that is due
 * to the positive difference p is the mean of f(r + p) - f(r) and f(r + n + p) - f(r + n), n being
 * the negative one.
 *
 * <p>Convolutions and dense layers sort what they sum by its sign. Batch norm, sums, averages and
 * rearrangements keep the parts apart. A maximum has one difference, which is either positive or
 * negative, and sends it back as {@link RescaleRule} does. Safe to share between threads.
 */
final class RevealCancel {
  /** What a part that is smaller is pushed to before it divides, as deeplift does. */
  private static final double SMALLEST = 1e-7;

  private final Network network;

  /** Per node: the map with its positive weights only and with its negative ones, once needed. */
  private final Operation.Linear[] @Nullable [] signed;

  /** Per node: whether its activation has the rule; if not, it has Rescale. */
  private final boolean[] revealing;

  /**
   * Prepares a network.
   *
   * @param everywhere whether the rule is used at every activation, and not only where no
   *     convolution comes between it and the dense layer before it (the default of deeplift for
   *     genomics)
   */
  RevealCancel(Network network, boolean everywhere) {
    this.network = network;
    List<Network.Node> nodes = network.nodes();
    signed = new Operation.Linear[nodes.size()][];
    revealing = new boolean[nodes.size()];
    boolean[] convolved = new boolean[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      Network.Node node = nodes.get(i);
      for (int from : node.inputs()) {
        convolved[i] |= from != Network.INPUT && convolved[from];
      }
      switch (node.operation()) {
        case Convolution c -> convolved[i] = true;
        case ReverseComplementConvolution c -> convolved[i] = true;
        case Operation.Dense d -> convolved[i] = false;
        default -> revealing[i] = everywhere || !convolved[i];
      }
    }
  }

  private synchronized Operation.Linear[] signed(int node, Weighted map) {
    Operation.Linear @Nullable [] known = signed[node];
    if (known == null) {
      known =
          new Operation.Linear[] {
            map.reweighted((channel, v) -> Math.max(v, 0)),
            map.reweighted((channel, v) -> Math.min(v, 0))
          };
      signed[node] = known;
    }
    return known;
  }

  /**
   * The multipliers of the input.
   *
   * @param weights the derivative of what is explained by each output
   * @return one per input; times the difference from the reference they add up
   */
  double[] multipliers(Trace x, Trace reference, double[] weights) {
    return new Walk(x, reference).back(weights, null);
  }

  /** What each node loses on the way back, of the sum of contributions. */
  double[] losses(Trace x, Trace reference, double[] weights) {
    double[] losses = new double[network.nodes().size()];
    new Walk(x, reference).back(weights, losses);
    return losses;
  }

  /** Two numbers for each value of a node: of the positive part and of the negative one. */
  @SuppressWarnings("ArrayRecordComponent") // bulk data; never compared
  private record Pair(double[] positive, double[] negative) {
    Pair(int n) {
      this(new double[n], new double[n]);
    }

    static Pair signs(double[] difference) {
      Pair out = new Pair(difference.length);
      for (int i = 0; i < difference.length; i++) {
        (difference[i] > 0 ? out.positive : out.negative)[i] = difference[i];
      }
      return out;
    }

    static double dot(Pair a, Pair b) {
      double sum = 0;
      for (int i = 0; i < a.positive.length; i++) {
        sum += a.positive[i] * b.positive[i] + a.negative[i] * b.negative[i];
      }
      return sum;
    }
  }

  /** One sequence against one reference. */
  private final class Walk {
    private final Trace x;
    private final Trace r;

    /** Parts of the differences of nodes' outputs, last of the input's; those that were needed. */
    private final @Nullable Pair[] parts;

    Walk(Trace x, Trace r) {
      this.x = x;
      this.r = r;
      parts = new @Nullable Pair[network.nodes().size() + 1];
    }

    private double[] difference(int node) {
      double[] a = x.value(node);
      double[] b = r.value(node);
      double[] out = new double[a.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] - b[i];
      }
      return out;
    }

    private Pair part(int node) {
      int at = node == Network.INPUT ? parts.length - 1 : node;
      Pair known = parts[at];
      if (known == null) {
        known = node == Network.INPUT ? Pair.signs(difference(node)) : forward(node);
        x.precision().kept(known.positive);
        x.precision().kept(known.negative);
        parts[at] = known;
      }
      return known;
    }

    private Pair forward(int i) {
      Network.Node node = network.nodes().get(i);
      int from = node.inputs().getFirst();
      return switch (node.operation()) {
        case Operation.BatchNorm norm -> scaled(norm, part(from));
        case Weighted w -> {
          Pair d = Pair.signs(difference(from));
          Operation.Linear up = signed(i, w)[0];
          Operation.Linear down = signed(i, w)[1];
          yield new Pair(
              sum(run(up, node, d.positive), run(down, node, d.negative)),
              sum(run(up, node, d.negative), run(down, node, d.positive)));
        }
        case Operation.Linear linear -> {
          double[][] positive = new double[node.inputs().size()][];
          double[][] negative = new double[positive.length][];
          for (int k = 0; k < positive.length; k++) {
            positive[k] = part(node.inputs().get(k)).positive;
            negative[k] = part(node.inputs().get(k)).negative;
          }
          yield new Pair(
              linear.forward(positive, node.inputShapes()),
              linear.forward(negative, node.inputShapes()));
        }
        case Operation.Choice choice -> Pair.signs(difference(i));
        case Operation.Activation f -> activated(i, f.function(), part(from));
        case Softmax softmax -> throw new UnsupportedOperationException(node.name());
      };
    }

    private static double[] run(Operation.Linear map, Network.Node node, double[] in) {
      return map.forward(new double[][] {in}, node.inputShapes());
    }

    private static double[] sum(double[] a, double[] b) {
      for (int i = 0; i < a.length; i++) {
        a[i] += b[i];
      }
      return a;
    }

    /** A negative factor turns a positive part into a negative one. */
    private static Pair scaled(Operation.BatchNorm norm, Pair in) {
      Pair out = new Pair(in.positive.length);
      for (int i = 0; i < in.positive.length; i++) {
        double s = norm.scale()[i % norm.scale().length];
        out.positive[i] = s * (s > 0 ? in.positive : in.negative)[i];
        out.negative[i] = s * (s > 0 ? in.negative : in.positive)[i];
      }
      return out;
    }

    private Pair activated(int node, ActivationFunction f, Pair in) {
      double[] x0 = r.inputs(node)[0];
      Pair out = new Pair(x0.length);
      for (int i = 0; i < x0.length; i++) {
        double p = in.positive[i];
        double n = in.negative[i];
        if (revealing[node]) {
          double base = f.apply(x0[i]);
          double up = f.apply(x0[i] + p);
          double down = f.apply(x0[i] + n);
          double both = f.apply(x0[i] + p + n);
          out.positive[i] = (up - base + both - down) / 2;
          out.negative[i] = (down - base + both - up) / 2;
        } else {
          double slope = slope(node, f, i);
          out.positive[i] = p * slope;
          out.negative[i] = n * slope;
        }
      }
      return out;
    }

    private double slope(int node, ActivationFunction f, int i) {
      double d = x.inputs(node)[0][i] - r.inputs(node)[0][i];
      return Math.abs(d) < x.precision().smallestDifference()
          ? f.derivative(r.inputs(node)[0][i])
          : (x.value(node)[i] - r.value(node)[i]) / d;
    }

    /**
     * The way back.
     *
     * @param losses filled with what each node loses; null if nobody asks
     */
    double[] back(double[] weights, double @Nullable [] losses) {
      List<Network.Node> nodes = network.nodes();
      Pair[] m = new Pair[nodes.size() + 1];
      for (int i = 0; i < m.length; i++) {
        m[i] = new Pair((i == nodes.size() ? x.input() : x.value(i)).length);
      }
      int last = nodes.size() - 1;
      m[last] = new Pair(weights.clone(), weights.clone());
      for (int i = last; i >= 0; i--) {
        Pair out = m[i];
        x.precision().kept(out.positive);
        x.precision().kept(out.negative);
        List<Pair> in = new ArrayList<>();
        for (int from : nodes.get(i).inputs()) {
          in.add(m[from == Network.INPUT ? nodes.size() : from]);
        }
        if (losses == null) {
          backward(i, out, in);
        } else {
          double before = sum(i, in);
          backward(i, out, in);
          losses[i] = Pair.dot(out, part(i)) - (sum(i, in) - before);
        }
      }
      return x.precision().kept(joined(m[nodes.size()], part(Network.INPUT)));
    }

    /** What the inputs of a node contribute so far. */
    private double sum(int node, List<Pair> in) {
      double sum = 0;
      for (int k = 0; k < in.size(); k++) {
        sum += Pair.dot(in.get(k), part(network.nodes().get(node).inputs().get(k)));
      }
      return sum;
    }

    /** One multiplier per input: of the part that its difference is. */
    private static double[] joined(Pair m, Pair part) {
      double[] out = new double[m.positive.length];
      for (int i = 0; i < out.length; i++) {
        double mean = (m.positive[i] + m.negative[i]) / 2;
        double of = part.negative[i] == 0 ? mean : m.negative[i];
        out[i] = part.positive[i] == 0 ? of : m.positive[i];
      }
      return out;
    }

    private void backward(int i, Pair out, List<Pair> in) {
      Network.Node node = network.nodes().get(i);
      Pair first = in.getFirst();
      switch (node.operation()) {
        case Operation.BatchNorm norm -> {
          for (int j = 0; j < out.positive.length; j++) {
            double s = norm.scale()[j % norm.scale().length];
            first.positive[j] += s * (s > 0 ? out.positive : out.negative)[j];
            first.negative[j] += s * (s > 0 ? out.negative : out.positive)[j];
          }
        }
        case Weighted w -> weighted(i, w, node, out, first);
        case Operation.Linear linear -> {
          linear.transpose(out.positive, arrays(in, true), node.inputShapes());
          linear.transpose(out.negative, arrays(in, false), node.inputShapes());
        }
        case Operation.Choice choice -> choice(i, choice, node, out, in);
        case Operation.Activation f -> activation(i, f.function(), out, first);
        case Softmax softmax -> throw new UnsupportedOperationException(node.name());
      }
    }

    private static double[][] arrays(List<Pair> pairs, boolean positive) {
      return pairs.stream().map(p -> positive ? p.positive : p.negative).toArray(double[][]::new);
    }

    /** An input is given by its sign; one that does not differ gets the mean of both. */
    private void weighted(int i, Weighted w, Network.Node node, Pair out, Pair in) {
      double[] of = difference(node.inputs().getFirst());
      double[] up = new double[of.length];
      double[] down = up;
      if (Arrays.equals(out.positive, out.negative)) {
        w.transpose(out.positive, new double[][] {up}, node.inputShapes());
      } else {
        down = new double[of.length];
        Operation.Linear[] s = signed(i, w);
        s[0].transpose(out.positive, new double[][] {up}, node.inputShapes());
        s[1].transpose(out.negative, new double[][] {up}, node.inputShapes());
        s[0].transpose(out.negative, new double[][] {down}, node.inputShapes());
        s[1].transpose(out.positive, new double[][] {down}, node.inputShapes());
      }
      for (int j = 0; j < of.length; j++) {
        double m = of[j] > 0 ? up[j] : of[j] < 0 ? down[j] : (up[j] + down[j]) / 2;
        in.positive[j] += m;
        in.negative[j] += m;
      }
    }

    private void choice(
        int i, Operation.Choice choice, Network.Node node, Pair out, List<Pair> in) {
      double[][] routed =
          RescaleRule.routes(
              choice,
              out.positive,
              out.negative,
              new PropagationRule.Local(
                  i,
                  x.inputs(i),
                  x.value(i),
                  r.inputs(i),
                  r.value(i),
                  node.inputShapes(),
                  x.precision()));
      for (int k = 0; k < routed.length; k++) {
        for (int j = 0; j < routed[k].length; j++) {
          in.get(k).positive[j] += routed[k][j];
          in.get(k).negative[j] += routed[k][j];
        }
      }
    }

    private void activation(int i, ActivationFunction f, Pair out, Pair in) {
      if (!revealing[i]) {
        for (int j = 0; j < out.positive.length; j++) {
          double slope = slope(i, f, j);
          in.positive[j] += out.positive[j] * slope;
          in.negative[j] += out.negative[j] * slope;
        }
        return;
      }
      Pair before = part(network.nodes().get(i).inputs().getFirst());
      Pair after = part(i);
      for (int j = 0; j < out.positive.length; j++) {
        in.positive[j] += out.positive[j] * after.positive[j] / pushed(before.positive[j], 1);
        in.negative[j] += out.negative[j] * after.negative[j] / pushed(before.negative[j], -1);
      }
    }

    private static double pushed(double part, int sign) {
      if (Math.abs(part) >= SMALLEST) {
        return part;
      }
      return part == 0 ? sign * SMALLEST : Math.copySign(SMALLEST, part);
    }
  }
}
