package basewise.nn.network;

import basewise.nn.kernel.Floats;
import basewise.nn.kernel.Points;
import java.util.Arrays;
import java.util.List;

/**
 * Weighted sums of derivatives at many inputs, in floats, several inputs at a time. On the straight
 * way from one input to another what the first linear maps give is a straight way too, and what
 * comes back to them is summed before it is transposed: both happen once and not at every step.
 * Where strands, batch norm, ReLU and a maximum follow, the largest is found at once and nothing
 * else is kept. For one thread; may be used for one sum after another.
 */
public final class Derivatives {
  private static final float[] ONE = {};

  private final Network network;
  private final Beginning beginning;
  private final FloatPass pass;
  private final FloatPass.Rule rule;
  private final double[] weights;

  /** Per first map: what it gives at the input, or at the start of the way. */
  private final float[][] from;

  /** What it gives at the end of the way minus that. */
  private final float[][] way;

  /** What came back to it, summed. */
  private final float[][] sums;

  /** Factor and constant per channel before the maximum. */
  private final float[] scale;

  private final float[] shift;

  /** Which of the windows of all strands is the maximum; -1: none of them, a ReLU is shut. */
  private final int[] row;

  /** Weights of the inputs that wait. */
  private final float[] factors;

  private int waiting;

  /**
   * Prepares.
   *
   * @param weights what is put in at the outputs
   * @param rule of derivatives
   * @throws IllegalArgumentException unless {@link #handles} says so
   */
  public Derivatives(Network network, double[] weights, FloatPass.Rule rule) {
    Beginning found = Beginning.of(network);
    if (found == null) {
      throw new IllegalArgumentException("something else than linear maps reads the input");
    }
    this.network = network;
    this.weights = weights.clone();
    this.rule = rule;
    beginning = found;
    pass = new FloatPass(network, found.skipped(), found.given());
    int n = found.firsts().size();
    from = new float[n][];
    way = new float[n][];
    sums = new float[n][];
    for (int k = 0; k < n; k++) {
      int size = node(k).shape().size();
      from[k] = new float[size];
      way[k] = new float[size];
      sums[k] = new float[size];
    }
    Operation.BatchNorm norm = found.norm();
    boolean pooled = found.pool() >= 0;
    int channels = pooled ? network.nodes().get(found.pool()).shape().channels() : 0;
    scale = norm == null ? ones(channels) : norm.scale();
    shift = norm == null ? new float[channels] : norm.shift();
    row = pooled ? new int[pass.values(found.pool()).length] : new int[0];
    factors = new float[pass.most()];
  }

  private static float[] ones(int n) {
    float[] out = n == 0 ? ONE : new float[n];
    Arrays.fill(out, 1);
    return out;
  }

  /** Whether a network is handled: linear maps read its input, and no softmax is in it. */
  public static boolean handles(Network network) {
    return FloatPass.handles(network) && Beginning.of(network) != null;
  }

  private Network.Node node(int k) {
    return network.nodes().get(beginning.firsts().get(k));
  }

  /** Begins a sum. */
  public void clear() {
    waiting = 0;
    for (float[] sum : sums) {
      Arrays.fill(sum, 0);
    }
  }

  /** Adds the derivative at an input, times a weight. */
  public void add(float[] x, double weight) {
    for (int k = 0; k < from.length; k++) {
      first(k, x, from[k]);
    }
    add(from, 0, weight);
  }

  /** Sets the ends of a way. */
  public void way(double[] start, double[] end) {
    float[] a = Floats.of(start);
    float[] b = Floats.of(end);
    for (int k = 0; k < from.length; k++) {
      first(k, a, from[k]);
      first(k, b, way[k]);
      Points.add(from[k].length, way[k], 0, from[k], 0, -1);
    }
  }

  /**
   * Adds the derivative on the way, times a weight.
   *
   * @param place 0 at its start, 1 at its end
   */
  public void add(double place, double weight) {
    add(way, (float) place, weight);
  }

  private void first(int k, float[] x, float[] z) {
    Network.Node node = node(k);
    Shape in = network.input();
    switch (node.operation()) {
      case Convolution c -> c.floats().forward(x, 0, 1, in.length(), z, node.shape().length());
      case ReverseComplementConvolution c ->
          c.turned().floats().forward(x, 0, 1, in.length(), z, node.shape().length());
      default -> {
        double[][] read = {Floats.doubles(x)};
        double[] y = node.operation().forward(read, node.inputShapes(), Precision.FLOAT32);
        Floats.round(y, 0, y.length, z, 0);
      }
    }
  }

  private void add(float[][] toward, float place, double weight) {
    int item = waiting;
    factors[item] = (float) weight;
    if (beginning.pool() < 0) {
      for (int k = 0; k < from.length; k++) {
        int size = from[k].length;
        float[] values = pass.values(beginning.firsts().get(k));
        System.arraycopy(from[k], 0, values, item * size, size);
        if (place != 0) {
          Points.add(size, values, item * size, toward[k], 0, place);
        }
      }
    } else {
      largest(item, toward, place);
    }
    if (++waiting == factors.length) {
      flush();
    }
  }

  private void largest(int item, float[][] toward, float place) {
    Network.Node node = network.nodes().get(beginning.pool());
    Operation.MaxPool pool = (Operation.MaxPool) node.operation();
    int channels = scale.length;
    float[] best = pass.values(beginning.pool());
    int start = item * node.shape().size();
    int end = start + node.shape().size();
    Arrays.fill(best, start, end, Float.NEGATIVE_INFINITY);
    for (int w = 0; w < node.shape().length(); w++) {
      for (int k = 0; k < from.length; k++) {
        Points.largest(
            from[k],
            toward[k],
            place,
            scale,
            shift,
            w * pool.stride() * channels,
            pool.window(),
            channels,
            best,
            row,
            start + w * channels,
            k * pool.window());
      }
    }
    if (beginning.relu()) {
      Points.close(start, end, best, row);
    }
  }

  private void flush() {
    int n = waiting;
    waiting = 0;
    if (n == 0) {
      return;
    }
    pass.forward(0, n);
    pass.back(0, n, rule, weights, new float[0]);
    if (beginning.pool() < 0) {
      for (int k = 0; k < sums.length; k++) {
        int size = sums[k].length;
        float[] came = pass.back(beginning.firsts().get(k));
        for (int item = 0; item < n; item++) {
          Points.add(size, sums[k], 0, came, item * size, factors[item]);
        }
      }
      return;
    }
    Network.Node node = network.nodes().get(beginning.pool());
    Operation.MaxPool pool = (Operation.MaxPool) node.operation();
    int channels = scale.length;
    float[] came = pass.back(beginning.pool());
    for (int w = 0; w < n * node.shape().length(); w++) {
      int item = w / node.shape().length();
      int to = w % node.shape().length() * pool.stride() * channels;
      for (int k = 0; k < sums.length; k++) {
        Points.scatter(
            channels,
            came,
            row,
            w * channels,
            scale,
            factors[item],
            k * pool.window(),
            pool.window(),
            sums[k],
            to);
      }
    }
  }

  /** The sum, one number per input. */
  public double[] value() {
    flush();
    double[] out = new double[network.input().size()];
    for (int k = 0; k < sums.length; k++) {
      Operation.Linear map = (Operation.Linear) node(k).operation();
      List<Shape> shapes = node(k).inputShapes();
      map.transpose(Floats.doubles(sums[k]), new double[][] {out}, shapes, Precision.FLOAT32);
    }
    return out;
  }
}
