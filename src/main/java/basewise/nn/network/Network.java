package basewise.nn.network;

import basewise.nn.SequenceModel;
import basewise.nn.kernel.Workers;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A trained model as an immutable graph of operations in an order in which each reads only earlier
 * ones; the last is the output, one raw number (logit) per task. It is walked forwards here and
 * backwards by attribution, for one sequence at a time; safe to share between threads.
 */
public final class Network {
  /** The number of the network's input where a node names what it reads. */
  public static final int INPUT = -1;

  /**
   * An operation in its place.
   *
   * @param name what people call it
   * @param inputs numbers of the nodes it reads, or {@link #INPUT}
   * @param inputShapes their shapes
   * @param shape of what comes out
   */
  public record Node(
      String name,
      Operation operation,
      List<Integer> inputs,
      List<Shape> inputShapes,
      Shape shape) {}

  private final Shape input;
  private final List<Node> nodes;

  /** Dense layers in floats, made when first needed. */
  private final Map<Operation.Dense, DenseFloats> dense;

  /** How changes go through it: made when first needed. */
  private volatile @Nullable LocalPlan plan;

  private Network(Shape input, List<Node> nodes, Map<Operation.Dense, DenseFloats> dense) {
    this.input = input;
    this.nodes = List.copyOf(nodes);
    this.dense = dense;
  }

  /** A network put together node by node. */
  public static final class Builder {
    private final Shape input;
    private final List<Node> nodes = new ArrayList<>();

    private Builder(Shape input) {
      this.input = input;
    }

    /**
     * Appends an operation.
     *
     * @param name unlike those before it
     * @return its number, for those that read it
     * @throws IllegalArgumentException if it cannot read its inputs
     */
    public int add(String name, Operation operation, int... inputs) {
      Shapes.require(
          !name.equals(NetworkFile.INPUT) && nodes.stream().noneMatch(n -> n.name().equals(name)),
          "the name '%s' is taken",
          name);
      List<Integer> numbers = new ArrayList<>();
      List<Shape> shapes = new ArrayList<>();
      for (int i : inputs) {
        numbers.add(i);
        shapes.add(i == INPUT ? input : nodes.get(i).shape());
      }
      Shape shape = operation.shape(shapes);
      nodes.add(new Node(name, operation, List.copyOf(numbers), List.copyOf(shapes), shape));
      return nodes.size() - 1;
    }

    /** The operation added last, in its place. */
    Node last() {
      return nodes.getLast();
    }

    /** The network; the node added last is its output. */
    public Network build() {
      if (nodes.isEmpty()) {
        throw new IllegalArgumentException("a network without operations");
      }
      return new Network(input, nodes, new ConcurrentHashMap<>());
    }
  }

  /** Begins a network that reads values of this shape. */
  public static Builder reading(Shape input) {
    return new Builder(input);
  }

  /** A trained model; it reads sequences of the model's width, one-hot [width][4]. */
  public static Network of(SequenceModel model) {
    return ModelNetwork.of(model);
  }

  /** What it reads. */
  public Shape input() {
    return input;
  }

  /** Its operations in order; the last is the output. */
  public List<Node> nodes() {
    return nodes;
  }

  /** A dense layer in floats. */
  DenseFloats dense(Operation.Dense layer) {
    return dense.computeIfAbsent(layer, DenseFloats::new);
  }

  /**
   * The same with one output in place of several: their sum, each times its weight. Where the last
   * operation is not dense that would be one more, and there is none.
   */
  public Optional<Network> summed(double[] weights) {
    Node last = nodes.getLast();
    if (!(last.operation() instanceof Operation.Dense d) || weights.length != d.bias().length) {
      return Optional.empty();
    }
    Operation.Dense sum = new Operation.Dense(sums(d.weights(), weights), sums(d.bias(), weights));
    List<Node> all = new ArrayList<>(nodes.subList(0, nodes.size() - 1));
    Shape shape = sum.shape(last.inputShapes());
    all.add(new Node(last.name(), sum, last.inputs(), last.inputShapes(), shape));
    return Optional.of(new Network(input, all, dense));
  }

  /** Of numbers [row][weight] the weighted sum of each row. */
  private static float[] sums(float[] values, double[] weights) {
    float[] out = new float[values.length / weights.length];
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      for (int o = 0; o < weights.length; o++) {
        sum += weights[o] == 0 ? 0 : weights[o] * values[i * weights.length + o];
      }
      out[i] = (float) sum;
    }
    return out;
  }

  /** How changes go through it. */
  LocalPlan plan() {
    LocalPlan ready = plan;
    if (ready == null) {
      ready = new LocalPlan(this); // two threads may both: they are equal
      plan = ready;
    }
    return ready;
  }

  /** How many numbers come out. */
  public int outputs() {
    return nodes.getLast().shape().size();
  }

  /**
   * One-hot [length][4] in the order A, C, G, T; an N is four zeros.
   *
   * @param codes base codes 0-4
   */
  public static double[] oneHot(byte[] codes) {
    double[] x = new double[codes.length * Dna.N];
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] != Dna.N) {
        x[i * Dna.N + codes[i]] = 1;
      }
    }
    return x;
  }

  /**
   * Raw outputs for many sequences, one pass each.
   *
   * @param codes sequences as long as the input
   * @return [sequence][task]
   */
  public float[][] outputs(List<byte[]> codes, int threads) {
    float[][] out = new float[codes.size()][outputs()];
    try (Workers workers = Workers.of(threads)) {
      workers.run(
          out.length,
          i -> {
            double[] y = forward(oneHot(codes.get(i)), Precision.FLOAT32).output();
            for (int t = 0; t < y.length; t++) {
              out[i][t] = (float) y[t];
            }
          });
    }
    return out;
  }

  /**
   * Runs it and keeps every value.
   *
   * @param x values of the shape {@link #input()}, not copied; any numbers, not one-hot only
   */
  public Trace forward(double[] x, Precision precision) {
    return forward(x, precision, new double[nodes.size()][]);
  }

  /**
   * Runs it from values that are known.
   *
   * @param given what some nodes give, null for those that are run; kept, not copied
   */
  public Trace forward(double[] x, Precision precision, double[] @Nullable [] given) {
    if (x.length != input.size()) {
      throw new IllegalArgumentException(
          "%d values for an input of %d".formatted(x.length, input.size()));
    }
    Trace trace = new Trace(this, x, precision);
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      double @Nullable [] known = given[i];
      trace.set(
          i,
          known == null
              ? node.operation().forward(trace.inputs(i), node.inputShapes(), precision)
              : known);
    }
    return trace;
  }
}
