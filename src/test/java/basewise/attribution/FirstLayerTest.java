package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.network.Convolution;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.ReverseComplementConvolution;
import basewise.nn.network.Shape;
import basewise.nn.network.Trace;
import basewise.stats.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Against gradients at inputs between two, one by one, in doubles. */
class FirstLayerTest {
  private static final double[] PLACES = {0, 0.3, 1};
  private static final double[] FACTORS = {0.5, -2, 1};

  @Test
  void severalLinearReaders() {
    RandomGenerator random = Seeds.generator(15, 0);
    Convolution convolution = convolution(random);
    Network.Builder b = Network.reading(new Shape(12, 4));
    int forward = b.add("forward", convolution, Network.INPUT);
    int reverse = b.add("reverse", new ReverseComplementConvolution(convolution), Network.INPUT);
    check(rest(b, b.add("strands", new Operation.Maximum(), forward, reverse), random), random);
  }

  /** A function of the input bends the way: the input itself is interpolated. */
  @Test
  void aReaderThatIsNotLinear() {
    RandomGenerator random = Seeds.generator(15, 1);
    Network.Builder b = Network.reading(new Shape(12, 4));
    int bent = b.add("bent", new Operation.Activation(ActivationFunction.TANH), Network.INPUT);
    int sum = b.add("sum", new Operation.Add(), bent, Network.INPUT);
    check(rest(b, b.add("convolution", convolution(random), sum), random), random);
  }

  private static Network rest(Network.Builder b, int from, RandomGenerator random) {
    int at = b.add("gelu", new Operation.Activation(ActivationFunction.GELU), from);
    at = b.add("flatten", new Operation.Flatten(), at);
    b.add("dense", new Operation.Dense(floats(10 * 5 * 2, random), floats(2, random)), at);
    return b.build();
  }

  private static void check(Network network, RandomGenerator random) {
    double[] weights = {1, -0.5};
    double[] x = random.doubles(48).toArray();
    double[] r = random.doubles(48).toArray();
    Trace from = network.forward(r, Precision.FLOAT64);
    Trace to = network.forward(x, Precision.FLOAT64);
    Target target = new Target(List.of(new Target.Term(0, 1), new Target.Term(1, -0.5)));
    AttributionOptions options =
        AttributionOptions.defaults().toBuilder().precision(Precision.FLOAT64).build();
    FirstLayer.Sum sum = new FirstLayer(new Subject(network, false, target, options)).sum();
    sum.add(from, to, PLACES, FACTORS);
    double[] expected = new double[48];
    for (int k = 0; k < PLACES.length; k++) {
      double[] between = new double[48];
      for (int i = 0; i < 48; i++) {
        between[i] = r[i] + PLACES[k] * (x[i] - r[i]);
      }
      double[] g = Sweep.gradient(network.forward(between, Precision.FLOAT64), weights);
      for (int i = 0; i < 48; i++) {
        expected[i] += FACTORS[k] * g[i];
      }
    }
    assertThat(sum.value()).containsExactly(expected, within(1e-12));
  }

  private static Convolution convolution(RandomGenerator random) {
    return new Convolution(5, 3, 4, floats(60, random), floats(5, random));
  }

  private static float[] floats(int n, RandomGenerator random) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }
}
