package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.kernel.Floats;
import basewise.nn.network.Convolution;
import basewise.nn.network.Derivatives;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.ReverseComplementConvolution;
import basewise.nn.network.Shape;
import basewise.stats.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums of derivatives in floats against gradients in doubles, input by input. */
class DerivativesTest {
  private static final int LENGTH = 40;
  private static final int SIZE = 4 * LENGTH;

  /** Every beginning that is run at once, and some that are not. */
  @ParameterizedTest
  @CsvSource({
    "false, false, true, 3, 3",
    "false, true, true, 4, 4",
    "true, false, false, 34, 34",
    "true, true, true, 12, 15",
    "true, true, true, 6, 6",
    "true, false, true, 9, 9",
    "false, true, false, 5, 3",
    "false, true, true, 0, 0"
  })
  void beginnings(boolean strands, boolean norm, boolean relu, int window, int stride) {
    RandomGenerator random = Seeds.generator(24, window + stride);
    Network network = network(strands, norm, relu, window, stride, random);
    double[] weights = {1, -0.5};
    Derivatives sum = new Derivatives(network, weights, new FloatGradient());
    sum.clear();
    double[] expected = new double[SIZE];
    for (int i = 0; i < 30; i++) {
      double[] x = floats(SIZE, random);
      sum.add(Floats.of(x), 0.1 * i);
      gradient(network, x, weights, 0.1 * i, expected);
    }
    double[] start = floats(SIZE, random);
    double[] end = floats(SIZE, random);
    sum.way(start, end);
    for (double place : new double[] {0.25, 0.5, 1}) {
      sum.add(place, 3);
      double[] between = new double[SIZE];
      for (int i = 0; i < SIZE; i++) {
        between[i] = start[i] + place * (end[i] - start[i]);
      }
      gradient(network, between, weights, 3, expected);
    }
    double[] found = sum.value();
    double largest = 0;
    for (double e : expected) {
      largest = Math.max(largest, Math.abs(e));
    }
    assertThat(largest).isPositive();
    assertThat(found).containsExactly(expected, within(1e-5 * largest));
    sum.clear(); // nothing is left of it
    assertThat(sum.value()).containsOnly(0);
  }

  private static void gradient(
      Network network, double[] x, double[] weights, double factor, double[] sum) {
    double[] g = Sweep.gradient(network.forward(x, Precision.FLOAT64), weights);
    for (int i = 0; i < SIZE; i++) {
      sum[i] += factor * g[i];
    }
  }

  private static Network network(
      boolean strands, boolean norm, boolean relu, int window, int stride, RandomGenerator random) {
    int filters = 19;
    Convolution convolution =
        new Convolution(filters, 7, 4, single(filters * 28, random), single(filters, random));
    Network.Builder b = Network.reading(new Shape(LENGTH, 4));
    int at = b.add("forward", convolution, Network.INPUT);
    if (strands) {
      int other = b.add("reverse", new ReverseComplementConvolution(convolution), Network.INPUT);
      at = b.add("strands", new Operation.Maximum(), at, other);
    }
    if (norm) { // scales of both signs, but for windows of 6
      float[] scale = single(filters, random);
      for (int f = 0; window == 6 && f < filters; f++) {
        scale[f] = Math.abs(scale[f]);
      }
      at = b.add("norm", new Operation.BatchNorm(scale, single(filters, random)), at);
    }
    if (relu) {
      at = b.add("relu", new Operation.Activation(ActivationFunction.RELU), at);
    }
    int positions = LENGTH - 6;
    if (window > 0) {
      at = b.add("pool", new Operation.MaxPool(window, stride), at);
      positions = (positions - window) / stride + 1;
    }
    at = b.add("flatten", new Operation.Flatten(), at);
    int size = positions * filters;
    at = b.add("dense", new Operation.Dense(single(size * 3, random), single(3, random)), at);
    at = b.add("tanh", new Operation.Activation(ActivationFunction.TANH), at);
    b.add("output", new Operation.Dense(single(6, random), single(2, random)), at);
    return b.build();
  }

  /** Floats, so that both precisions read the same numbers. */
  private static double[] floats(int n, RandomGenerator random) {
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }

  private static float[] single(int n, RandomGenerator random) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) (0.3 * random.nextGaussian());
    }
    return out;
  }
}
