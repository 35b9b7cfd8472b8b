package basewise.nn.network;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.kernel.Floats;
import basewise.nn.kernel.Points;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Several inputs through a network at once, in floats, and back again: arrays stay and are used
 * again, and what all inputs meet is read once. What one input gives does not depend on the others.
 * For one thread.
 */
public final class FloatPass {
  /** Numbers that are kept at once, values and what comes back: what caches hold, nearly. */
  private static final int KEPT = 1 << 21;

  private static final int LEAST = 4;
  private static final int MOST = 24;

  private final Network network;

  /** Nodes that are neither run nor asked for, and those whose values are given. */
  private final BitSet skipped;

  private final BitSet given;
  private final int most;
  private final float[] input;
  private final float[][] values;
  private final float[][] back;

  /** Which of its window a maximum over positions is. */
  private final int[][] chosen;

  /** Whether something came back to a node already. */
  private final BitSet touched = new BitSet();

  /** A pass that begins with the input. */
  public FloatPass(Network network) {
    this(network, new BitSet(), new BitSet());
  }

  /**
   * A pass that begins later.
   *
   * @param skipped nodes that only what is given or skipped reads
   * @param given nodes whose {@link #values} somebody else sets
   */
  FloatPass(Network network, BitSet skipped, BitSet given) {
    this.network = network;
    this.skipped = skipped;
    this.given = given;
    List<Network.Node> nodes = network.nodes();
    boolean all = skipped.isEmpty() && given.isEmpty();
    long size = all ? network.input().size() : 0;
    for (int i = 0; i < nodes.size(); i++) {
      size += skipped.get(i) || same(i) ? 0 : nodes.get(i).shape().size();
    }
    most = (int) Math.clamp(KEPT / (2 * size), LEAST, MOST);
    input = new float[all ? most * network.input().size() : 0];
    values = new float[nodes.size()][];
    back = new float[nodes.size()][];
    chosen = new int[nodes.size()][];
    for (int i = 0; i < nodes.size(); i++) {
      if (!skipped.get(i)) {
        int n = most * nodes.get(i).shape().size();
        values[i] = same(i) ? values(nodes.get(i).inputs().getFirst()) : new float[n];
        back[i] = new float[n];
        boolean choice = nodes.get(i).operation() instanceof Operation.MaxPool;
        chosen[i] = new int[choice && !given.get(i) ? n : 0];
      }
    }
  }

  /** Whether a network can be walked so: no softmax is in it. */
  public static boolean handles(Network network) {
    return network.nodes().stream().noneMatch(n -> n.operation() instanceof Softmax);
  }

  /** Whether a node gives the numbers that it reads. */
  private boolean same(int i) {
    Operation operation = network.nodes().get(i).operation();
    boolean copies =
        operation instanceof Operation.Flatten || operation instanceof Operation.Dropout;
    return copies && !given.get(i);
  }

  /** How many inputs there is room for. */
  public int most() {
    return most;
  }

  /** [input][numbers] of a node or {@link Network#INPUT}: the array itself. */
  public float[] values(int node) {
    return node == Network.INPUT ? input : values[node];
  }

  /** What came back to a node, [input][numbers]: the array itself. */
  public float[] back(int node) {
    return back[node];
  }

  /** What comes out of the network for an input. */
  public double[] output(int item) {
    int n = network.outputs();
    float[] all = values[values.length - 1];
    return Floats.doubles(Arrays.copyOfRange(all, item * n, (item + 1) * n));
  }

  /** Runs inputs [first, end). */
  public void forward(int first, int end) {
    for (int i = 0; i < values.length; i++) {
      if (!skipped.get(i) && !given.get(i) && !same(i)) {
        forward(i, first, end);
      }
    }
  }

  private void forward(int i, int first, int end) {
    Network.Node node = network.nodes().get(i);
    Shape in = node.inputShapes().getFirst();
    float[] x = values(node.inputs().getFirst());
    float[] y = values[i];
    int length = node.shape().length();
    int n = end - first;
    int at = first * node.shape().size();
    int until = end * node.shape().size();
    switch (node.operation()) {
      case Convolution c -> c.floats().forward(x, first, n, in.length(), y, length);
      case ReverseComplementConvolution c ->
          c.turned().floats().forward(x, first, n, in.length(), y, length);
      case Operation.Dense d -> network.dense(d).forward(x, first, n, y);
      case Operation.BatchNorm b -> Points.scale(at, until, x, b.scale(), b.shift(), y);
      case Operation.Activation a when a.function().kind() == ActivationFunction.Kind.RELU ->
          Points.relu(at, until, x, y);
      case Operation.Activation a -> {
        for (int k = at; k < until; k++) {
          y[k] = (float) a.function().apply(x[k]);
        }
      }
      case Operation.MaxPool p -> {
        int channels = in.channels();
        for (int w = first * length; w < end * length; w++) {
          int from = w / length * in.size() + w % length * p.stride() * channels;
          Points.largest(x, from, p.window(), channels, y, chosen[i], w * channels);
        }
      }
      case Operation.Maximum m -> {
        System.arraycopy(x, at, y, at, until - at);
        for (int from : node.inputs()) {
          float[] other = values(from);
          for (int k = at; k < until; k++) {
            y[k] = Math.max(y[k], other[k]);
          }
        }
      }
      case AveragePool p -> {
        Arrays.fill(y, at, until, 0);
        int channels = in.channels();
        for (int w = first * length; w < end * length; w++) {
          int from = w / length * in.size() + w % length * p.stride() * channels;
          for (int k = 0; k < p.window(); k++) {
            Points.add(channels, y, w * channels, x, from + k * channels, 1f / p.window());
          }
        }
      }
      case Operation.Add a -> {
        System.arraycopy(x, at, y, at, until - at);
        for (int from : node.inputs().subList(1, node.inputs().size())) {
          Points.add(until - at, y, at, values(from), at, 1);
        }
      }
      case Concat c -> {
        int channel = 0;
        for (int k = 0; k < node.inputs().size(); k++) {
          int channels = node.inputShapes().get(k).channels();
          float[] part = values(node.inputs().get(k));
          for (int p = first * length; p < end * length; p++) {
            int to = p * node.shape().channels() + channel;
            System.arraycopy(part, p * channels, y, to, channels);
          }
          channel += channels;
        }
      }
      case Crop c -> {
        for (int k = first; k < end; k++) {
          int from = k * in.size() + c.start() * in.channels();
          System.arraycopy(x, from, y, k * node.shape().size(), node.shape().size());
        }
      }
      case Operation.Flatten f -> throw new IllegalStateException(node.name());
      case Operation.Dropout d -> throw new IllegalStateException(node.name());
      case Softmax s -> throw new IllegalArgumentException("a softmax: " + node.name());
    }
  }

  /**
   * Where an operation that is not linear stands, for inputs [first, end).
   *
   * @param read what it reads, per node it reads, [input][numbers]
   * @param given what it gives
   * @param out what came back to its outputs
   * @param in what goes back is added here, per node it reads
   * @param chosen of a maximum over positions: which of its window each output is
   */
  @SuppressWarnings("ArrayRecordComponent") // views; never compared
  public record Place(
      Network.Node node,
      int first,
      int end,
      float[][] read,
      float[] given,
      float[] out,
      float[][] in,
      int[] chosen) {
    /** Which of the nodes that a choice reads output {@code i} is; of equal ones the first. */
    public int input(Operation.Choice choice, int i) {
      int best = 0;
      for (int k = 1; choice instanceof Operation.Maximum && k < read.length; k++) {
        best = read[k][i] > read[best][i] ? k : best;
      }
      return best;
    }

    /** Which number of that node it is. */
    public int place(Operation.Choice choice, int i) {
      return switch (choice) {
        case Operation.Maximum m -> i;
        case Operation.MaxPool p -> {
          Shape from = node.inputShapes().getFirst();
          int size = node.shape().size();
          int window = i % size / from.channels();
          int position = window * p.stride() + chosen[i];
          yield i / size * from.size() + position * from.channels() + i % from.channels();
        }
      };
    }
  }

  /** What a method does where a network is not linear. */
  public interface Rule {
    /** Through a function of one number. */
    void activation(Operation.Activation operation, Place here);

    /** Through a maximum. */
    void choice(Operation.Choice operation, Place here);
  }

  /**
   * Goes back for inputs [first, end).
   *
   * @param weights what is put in at the outputs, the same for all
   * @param input what comes back to the input is added here, [input][numbers]
   */
  public void back(int first, int end, Rule rule, double[] weights, float[] input) {
    touched.clear();
    int last = values.length - 1;
    touched.set(last);
    for (int item = first; item < end; item++) {
      Floats.round(weights, 0, weights.length, back[last], item * weights.length);
    }
    for (int i = last; i >= 0; i--) {
      if (!skipped.get(i) && !given.get(i)) {
        float[] out = touch(i, first, end);
        List<Integer> from = network.nodes().get(i).inputs();
        float[][] in = new float[from.size()][];
        for (int k = 0; k < in.length; k++) {
          int to = from.get(k);
          in[k] = to == Network.INPUT ? input : touch(to, first, end);
        }
        back(i, first, end, rule, out, in);
      }
    }
    for (int i = given.nextSetBit(0); i >= 0; i = given.nextSetBit(i + 1)) {
      touch(i, first, end);
    }
  }

  /** What came back to a node, zeros if nothing did. */
  private float[] touch(int i, int first, int end) {
    if (!touched.get(i)) {
      int size = network.nodes().get(i).shape().size();
      Arrays.fill(back[i], first * size, end * size, 0);
      touched.set(i);
    }
    return back[i];
  }

  private void back(int i, int first, int end, Rule rule, float[] out, float[][] in) {
    Network.Node node = network.nodes().get(i);
    Shape shape = node.shape();
    Shape from = node.inputShapes().getFirst();
    int n = end - first;
    int at = first * shape.size();
    int until = end * shape.size();
    switch (node.operation()) {
      case Convolution c -> c.floats().back(out, first, n, shape.length(), in[0], from.length());
      case ReverseComplementConvolution c ->
          c.turned().floats().back(out, first, n, shape.length(), in[0], from.length());
      case Operation.Dense d -> network.dense(d).back(out, first, n, in[0]);
      case Operation.BatchNorm b -> Points.scaleBack(at, until, out, b.scale(), in[0]);
      case Operation.Flatten f -> Points.add(until - at, in[0], at, out, at, 1);
      case Operation.Dropout d -> Points.add(until - at, in[0], at, out, at, 1);
      case Operation.Add a -> {
        for (float[] each : in) {
          Points.add(until - at, each, at, out, at, 1);
        }
      }
      case AveragePool p -> {
        int channels = from.channels();
        for (int w = first * shape.length(); w < end * shape.length(); w++) {
          int to = w / shape.length() * from.size() + w % shape.length() * p.stride() * channels;
          for (int k = 0; k < p.window(); k++) {
            Points.add(channels, in[0], to + k * channels, out, w * channels, 1f / p.window());
          }
        }
      }
      case Concat c -> {
        int channel = 0;
        for (int k = 0; k < in.length; k++) {
          int channels = node.inputShapes().get(k).channels();
          for (int p = first * shape.length(); p < end * shape.length(); p++) {
            Points.add(channels, in[k], p * channels, out, p * shape.channels() + channel, 1);
          }
          channel += channels;
        }
      }
      case Crop c -> {
        for (int item = first; item < end; item++) {
          int to = item * from.size() + c.start() * from.channels();
          Points.add(shape.size(), in[0], to, out, item * shape.size(), 1);
        }
      }
      case Operation.Activation a -> rule.activation(a, place(i, first, end, out, in));
      case Operation.Choice c -> rule.choice(c, place(i, first, end, out, in));
      case Softmax s -> throw new IllegalArgumentException("a softmax: " + node.name());
    }
  }

  private Place place(int i, int first, int end, float[] out, float[][] in) {
    Network.Node node = network.nodes().get(i);
    IntFunction<float[]> values = k -> values(node.inputs().get(k));
    float[][] read = new float[node.inputs().size()][];
    Arrays.setAll(read, values);
    return new Place(node, first, end, read, this.values[i], out, in, chosen[i]);
  }
}
