package basewise.bench;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.network.AveragePool;
import basewise.nn.network.Convolution;
import basewise.nn.network.Convolution.Windows;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Shape;
import basewise.stats.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;

/** The three networks that attribution is timed on, with random weights of usual sizes. */
final class BenchNetworks {
  private static final Operation RELU = new Operation.Activation(ActivationFunction.RELU);

  private final RandomGenerator random;
  private Network.Builder builder;
  private Shape shape;
  private int at;
  private int number;

  private BenchNetworks(int length, int seed) {
    random = Seeds.generator(7, seed);
    shape = new Shape(length, 4);
    builder = Network.reading(shape);
    at = Network.INPUT;
  }

  /** Convolution of 128 filters of 20, ReLU, global maximum, dense 32, one output; 200 bases. */
  static Network motif() {
    BenchNetworks b = new BenchNetworks(200, 0);
    b.convolution(128, 20, Windows.PLAIN);
    b.node("relu", RELU);
    b.node("pool", new Operation.MaxPool(181, 181));
    b.node("flatten", new Operation.Flatten());
    b.dense(32);
    b.node("relu", RELU);
    b.dense(1);
    return b.builder.build();
  }

  /** Basset (Kelley, Snoek and Rinn 2016): 600 bases, 164 outputs. */
  static Network basset() {
    BenchNetworks b = new BenchNetworks(600, 1);
    b.block(300, 19, 9, 3);
    b.block(200, 11, 5, 4);
    b.block(200, 7, 3, 4);
    b.node("flatten", new Operation.Flatten());
    b.dense(1000);
    b.node("relu", RELU);
    b.dense(164);
    return b.builder.build();
  }

  /** The trunk of BPNet (Avsec and others 2021): 64 filters, 8 dilated layers; 1,000 bases. */
  static Network dilated() {
    BenchNetworks b = new BenchNetworks(1000, 2);
    b.convolution(64, 21, new Windows(1, 1, 10, 10));
    b.node("relu", RELU);
    for (int d = 2; d <= 256; d *= 2) {
      int trunk = b.at;
      b.convolution(64, 3, new Windows(1, d, d, d));
      b.node("relu", RELU);
      b.at = b.builder.add("add" + ++b.number, new Operation.Add(), trunk, b.at);
    }
    b.node("average", new AveragePool(1000, 1000));
    b.node("flatten", new Operation.Flatten());
    b.dense(1);
    return b.builder.build();
  }

  private void block(int filters, int width, int padding, int pool) {
    convolution(filters, width, new Windows(1, 1, padding, padding));
    float[] scale = new float[filters];
    float[] shift = new float[filters];
    for (int f = 0; f < filters; f++) {
      scale[f] = (float) random.nextDouble(0.5, 1.5);
      shift[f] = (float) (0.1 * random.nextGaussian());
    }
    node("norm", new Operation.BatchNorm(scale, shift));
    node("relu", RELU);
    node("pool", new Operation.MaxPool(pool, pool));
  }

  private void convolution(int filters, int width, Windows windows) {
    int row = width * shape.channels();
    int together = at == Network.INPUT ? width : row; // of the bases at a place only one is there
    node(
        "convolution",
        new Convolution(
            filters,
            width,
            shape.channels(),
            windows,
            normal(filters * row, Math.sqrt(2.0 / together)),
            normal(filters, 0.1)));
  }

  private void dense(int out) {
    int in = shape.channels();
    node("dense", new Operation.Dense(normal(in * out, Math.sqrt(2.0 / in)), normal(out, 0.1)));
  }

  private void node(String name, Operation operation) {
    at = builder.add(name + ++number, operation, at);
    shape = operation.shape(List.of(shape));
  }

  private float[] normal(int n, double sd) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) (sd * random.nextGaussian());
    }
    return out;
  }
}
