package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.MotifModel;
import basewise.nn.Strands;
import basewise.nn.kernel.ActivationFunction;
import basewise.nn.kernel.FilterActivation;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.RandomModels;
import basewise.nn.network.Shape;
import basewise.nn.network.Trace;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Worked checks of the papers, by hand, and what must hold on any network. */
class RulesTest {
  private static final int INPUT = Network.INPUT;

  /** The dense network of deeplift's own tests: W = +-[1, 2, 3, 4], b = [-1, 1]. */
  private static Network dense(boolean relu) {
    Network.Builder b = Network.reading(Shape.vector(4));
    float[] w = {1, -1, 2, -2, 3, -3, 4, -4};
    int at = b.add("dense", new Operation.Dense(w, new float[] {-1, 1}), INPUT);
    if (relu) {
      b.add("ReLU", new Operation.Activation(ActivationFunction.RELU), at);
    }
    return b.build();
  }

  @Test
  void denseOutputs() {
    assertThat(run(dense(false), 1, 1, 1, 1).output()).containsExactly(9, -9);
    assertThat(run(dense(false), 2, 2, 2, 2).output()).containsExactly(19, -19);
  }

  /** Multipliers 0.9 w1, 0.95 w1, 0.1 w2 and 0.05 w2: what deeplift's tests expect. */
  @ParameterizedTest
  @CsvSource({"1, 0, 0.9", "2, 0, 0.95", "1, 1, -0.1", "2, 1, -0.05"})
  void rescaleThroughOneReLU(double x, int output, double unit) {
    Network network = dense(true);
    double[] m = rescale(run(network, x, x, x, x), run(network, 0, 0, 0, 0), output);
    for (int i = 0; i < 4; i++) {
      assertThat(m[i]).isCloseTo(unit * (i + 1), within(1e-12));
    }
  }

  /** o = i1 - ReLU(i1 - i2) at (10, 6) against 0, which is a minimum: all of it goes to i2. */
  @Test
  void rescaleOfAMinimum() {
    Network network = minimum();
    Trace x = run(network, 10, 6);
    assertThat(x.output()).containsExactly(6);
    double[] m = rescale(x, run(network, 0, 0), 0);
    assertThat(m[0] * 10).isCloseTo(0, within(1e-12));
    assertThat(m[1] * 6).isCloseTo(6, within(1e-12));
  }

  /** The same with RevealCancel: half to each (the paper's worked example, section 3.5). */
  @Test
  void revealCancelOfAMinimum() {
    Network network = minimum();
    Trace x = run(network, 10, 6);
    double[] m =
        new RevealCancel(network, true).multipliers(x, run(network, 0, 0), new double[] {1});
    assertThat(m[0] * 10).isCloseTo(3, within(1e-12));
    assertThat(m[1] * 6).isCloseTo(3, within(1e-12));
    // Its ReLU comes after a dense layer, so deeplift's default for genomics is the same.
    double[] g =
        new RevealCancel(network, false).multipliers(x, run(network, 0, 0), new double[] {1});
    assertThat(g).containsExactly(m);
  }

  /** A ReLU that is shut loses what the derivative promised: 3 * -2 at "ReLU", by hand. */
  @Test
  void lossesNameTheLayer() {
    Network.Builder b = Network.reading(Shape.vector(1));
    int at = b.add("first", new Operation.Dense(new float[] {2}, new float[] {0}), INPUT);
    at = b.add("ReLU", new Operation.Activation(ActivationFunction.RELU), at);
    b.add("last", new Operation.Dense(new float[] {3}, new float[1]), at);
    Network network = b.build();
    Trace x = run(network, 1);
    Trace r = run(network, -1);
    // The output changes by 6; the derivative at x, 3 * 2, times the change of the input gives 12.
    double[] losses = Sweep.losses(new GradientRule(), x, r, new double[] {1});
    assertThat(losses).containsExactly(0, 6 - 12, 0);
    assertThat(Completeness.layer(network, losses)).isEqualTo("ReLU");
    assertThat(Sweep.losses(new RescaleRule(), x, r, new double[] {1})).containsExactly(0, 0, 0);
    assertThat(new RevealCancel(network, true).losses(x, r, new double[] {1}))
        .containsExactly(0, 0, 0);
    assertThat(Completeness.layer(network, new double[] {0, 0, 0})).isNull();
    assertThat(Completeness.layer(network, new double[] {1, Double.NaN, 2})).isEqualTo("ReLU");
    Completeness c = Completeness.of(0, Double.NaN, new double[1], new double[1], new double[1]);
    assertThat(c.error()).isInfinite();
  }

  /** Deconvnet lets through what a shut ReLU gets back, guided backpropagation does not. */
  @Test
  void onlyWhatIsPositiveComesBackPastAReLU() {
    Network.Builder b = Network.reading(Shape.vector(3));
    int at = b.add("ReLU", new Operation.Activation(ActivationFunction.RELU), INPUT);
    b.add("out", new Operation.Dense(new float[] {2, -3, 5}, new float[1]), at);
    Trace x = run(b.build(), 1, 1, -1);
    double[] one = {1};
    assertThat(Sweep.gradient(x, one)).containsExactly(2, -3, 0);
    assertThat(Sweep.back(new ReluRule(false), x, one)).containsExactly(2, 0, 5);
    assertThat(Sweep.back(new ReluRule(true), x, one)).containsExactly(2, 0, 0);
  }

  /** Two windows share the 9: an unpooling that assigns instead of adding loses one of them. */
  @Test
  void rescaleAddsTheRoutesOfOverlappingWindows() {
    Network.Builder b = Network.reading(new Shape(8, 1));
    int pool = b.add("pool", new Operation.MaxPool(4, 2), INPUT);
    int flat = b.add("flatten", new Operation.Flatten(), pool);
    b.add("sum", new Operation.Dense(new float[] {1, 1, 1}, new float[1]), flat);
    Network network = b.build();
    Trace x = run(network, 0, 0, 9, 0, 0, 0, 1, 0);
    Trace r = run(network, 0, 0, 0, 0, 0, 0, 0, 0);
    double[] m = rescale(x, r, 0);
    double[] contributions = new double[8];
    for (int i = 0; i < 8; i++) {
      contributions[i] = m[i] * x.input()[i];
    }
    assertThat(contributions).containsExactly(0, 0, 18, 0, 0, 0, 1, 0);
    // And against a reference that is larger in places, by hand.
    Trace large = run(network, 0, 5, 0, 5, 0, 7, 0, 0);
    double[] other = rescale(x, large, 0);
    // Window 0: out 9, reference 5 at 1. Window 1: 9 against 7 at 5. Window 2: 1 against 7 at 5.
    double[] expected = {0, 0, (4 + 2) / 9.0, 0, 0, (1 - 7) / -7.0, 0, 0};
    for (int i = 0; i < 8; i++) {
      assertThat(other[i]).isCloseTo(expected[i], within(1e-12));
    }
  }

  /** Where nothing bends, a multiplier is the gradient, whatever the reference. */
  @Test
  void onALinearNetworkDeepLiftIsTheGradient() {
    SplittableRandom random = new SplittableRandom(3);
    Network.Builder b = Network.reading(Shape.vector(6));
    int at = b.add("one", new Operation.Dense(normal(random, 30), normal(random, 5)), INPUT);
    at = b.add("norm", new Operation.BatchNorm(normal(random, 5), normal(random, 5)), at);
    b.add("two", new Operation.Dense(normal(random, 5), normal(random, 1)), at);
    Network network = b.build();
    Trace x = run(network, 1, -2, 3, 0.5, 0, 7);
    Trace r = run(network, 0, 0, 0, 0, 0, 0);
    double[] gradient = Sweep.gradient(x, weights(x, 0));
    assertThat(rescale(x, r, 0)).containsExactly(gradient);
    double sum = 0;
    for (int i = 0; i < 6; i++) {
      sum += gradient[i] * x.input()[i];
    }
    assertThat(sum).isCloseTo(x.output()[0] - r.output()[0], within(1e-12));
  }

  /** Central differences in double; steps too small to cross a kink. */
  @ParameterizedTest
  @CsvSource({"BOTH, RELU, 0", "FORWARD, EXPONENTIAL, 0", "BOTH, EXPONENTIAL, 5", "BOTH, RELU, 4"})
  void gradientIsTheLimitOfDifferences(Strands strands, FilterActivation activation, int pool) {
    MotifModel model = RandomModels.of(5, 7, strands, activation, pool, 24);
    Network network = Network.of(model);
    double step = 1e-6;
    boolean any = false;
    for (byte[] codes : RandomModels.sequences(4, 24, 8)) {
      double[] x = Network.oneHot(codes);
      for (int task = 0; task < 2; task++) {
        Trace trace = network.forward(x, Precision.FLOAT64);
        double[] gradient = Sweep.gradient(trace, weights(trace, task));
        for (int i = 0; i < x.length; i++) {
          double up = moved(network, x, i, step)[task];
          double down = moved(network, x, i, -step)[task];
          double slope = (up - down) / (2 * step);
          assertThat(gradient[i]).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
          any |= Math.abs(slope) > 1e-2;
        }
      }
    }
    assertThat(any).isTrue();
  }

  /** Exact rules add up: to rounding in double, to 1e-5 in float. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void rescaleIsComplete(Precision precision) {
    double allowed = precision == Precision.FLOAT64 ? 1e-11 : Completeness.EXPECTED;
    for (FilterActivation activation : FilterActivation.values()) {
      for (int pool : new int[] {0, 4}) {
        MotifModel model = RandomModels.of(9, 7, Strands.BOTH, activation, pool, 40);
        Network network = Network.of(model);
        List<byte[]> sequences = RandomModels.sequences(12, 40, 9);
        for (int i = 0; i + 1 < sequences.size(); i++) {
          Trace x = network.forward(Network.oneHot(sequences.get(i)), precision);
          Trace r = network.forward(Network.oneHot(sequences.get(i + 1)), precision);
          for (int task = 0; task < 2; task++) {
            double difference = x.output()[task] - r.output()[task];
            double[] m = rescale(x, r, task);
            Completeness c = Completeness.of(0, difference, m, x.input(), r.input());
            assertThat(c.error()).isLessThan(allowed);
            assertThat(Math.abs(difference)).isGreaterThan(0);
          }
        }
      }
    }
  }

  /** By hand: 3 - (1 * 2 + 0.5) is 0.5, of absolute contributions 2.5 and a difference of 3. */
  @Test
  void theErrorOfCompleteness() {
    Completeness c =
        Completeness.of(0, 3, new double[] {1, 0.5}, new double[] {2, 1}, new double[] {0, 0});
    assertThat(c.sum()).isEqualTo(2.5);
    assertThat(c.error()).isCloseTo(0.5 / 3, within(1e-15));
  }

  private static double[] moved(Network network, double[] x, int i, double step) {
    double[] y = x.clone();
    y[i] += step;
    return network.forward(y, Precision.FLOAT64).output();
  }

  /** o = i1 - ReLU(i1 - i2). */
  private static Network minimum() {
    Network.Builder b = Network.reading(Shape.vector(2));
    int first = b.add("i1", new Operation.Dense(new float[] {1, 0}, new float[1]), INPUT);
    int less = b.add("i1 - i2", new Operation.Dense(new float[] {1, -1}, new float[1]), INPUT);
    int relu = b.add("ReLU", new Operation.Activation(ActivationFunction.RELU), less);
    int minus = b.add("minus", new Operation.Dense(new float[] {-1}, new float[1]), relu);
    b.add("o", new Operation.Add(), first, minus);
    return b.build();
  }

  private static Trace run(Network network, double... x) {
    return network.forward(x, Precision.FLOAT64);
  }

  private static double[] rescale(Trace x, Trace r, int output) {
    return Sweep.multipliers(new RescaleRule(), x, r, weights(x, output));
  }

  private static double[] weights(Trace x, int output) {
    return Target.of(output).weights(x.output().length);
  }

  private static float[] normal(SplittableRandom random, int n) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }
}
