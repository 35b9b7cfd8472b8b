package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import basewise.io.InputException;
import basewise.nn.SequenceModel;
import basewise.nn.Strands;
import basewise.nn.kernel.ActivationFunction;
import basewise.nn.kernel.FilterActivation;
import basewise.nn.network.Convolution;
import basewise.nn.network.Goldens;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.RandomModels;
import basewise.nn.network.Shape;
import basewise.nn.network.Trace;
import basewise.sequence.Dna;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What relevance must do on any network, and worked examples. */
class RelevanceTest {
  private static final AttributionOptions EXACT =
      AttributionOptions.defaults().toBuilder().precision(Precision.FLOAT64).build();

  /** At every layer: what comes in is what goes out and what the rule says that it keeps. */
  @ParameterizedTest
  @CsvSource({"motif", "chain", "overlap", "residual", "smooth"})
  void everyLayerHandsOnWhatItDoesNotKeep(String name) {
    Network network = Goldens.network(name);
    int nodes = network.nodes().size();
    for (Method method : Relevance.METHODS) {
      if (method == Method.DEEP_TAYLOR && (name.equals("overlap") || name.equals("smooth"))) {
        continue;
      }
      RelevancePlan plan = new RelevancePlan(network, method, EXACT);
      for (double[] input : Goldens.inputs(name).subList(0, 3)) {
        Trace x = network.forward(input, Precision.FLOAT64);
        RelevanceRule rule = new RelevanceRule(plan, nodes);
        List<double[]> all = Sweep.run(rule, x, x, x.output());
        double largest = 0;
        for (double[] each : all) {
          for (double r : each) {
            largest = Math.max(largest, Math.abs(r));
          }
        }
        double kept = 0;
        for (int i = 0; i < nodes; i++) {
          assertThat(rule.lost()[i]).isCloseTo(0, within(1e-10 * largest));
          kept += rule.kept()[i];
        }
        double start = sum(x.output());
        assertThat(sum(all.getLast()) + kept).isCloseTo(start, within(1e-9 * largest));
      }
    }
  }

  /** Without constants nothing is kept, but by an epsilon: all of the output is on the bases. */
  @Test
  void withoutBiasesAllRelevanceReachesTheBases() {
    Network network = withoutBiases();
    for (byte[] codes : RandomModels.sequences(5, 20, 3)) {
      Trace x = network.forward(Network.oneHot(codes), Precision.FLOAT64);
      for (Method method : List.of(Method.LRP_0, Method.LRP_GAMMA, Method.LRP_EPSILON)) {
        Attribution a = explain(network, method, codes);
        Completeness c = a.completeness().getFirst();
        double allowed = method == Method.LRP_EPSILON ? 1e-3 : 1e-12;
        assertThat(c.kept()).isCloseTo(0, within(allowed));
        assertThat(c.sum()).isCloseTo(x.output()[0], within(allowed));
      }
    }
  }

  /** Shrikumar and others 2016, Kindermans and others 2016: on ReLU networks without biases. */
  @Test
  void relevanceInProportionIsInputTimesGradient() {
    Network network = withoutBiases();
    for (byte[] codes : RandomModels.sequences(5, 20, 4)) {
      float[] relevance = explain(network, Method.LRP_0, codes).scores();
      float[] gradient = explain(network, Method.INPUT_X_GRADIENT, codes).projected(codes);
      for (int i = 0; i < relevance.length; i++) {
        assertThat((double) relevance[i]).isCloseTo(gradient[i], within(1e-6));
      }
    }
  }

  /**
   * By hand: two filters of one base, 2 A + 1 and -3 C - 1; batch norm 2 z and -z + 2 behind a
   * maximum over both positions of AC. The first filter's maximum is 3 at A, so 6 = 4 A + 2; the
   * second's is -1 at A, where it reads nothing, so 3 = 0 + 3.
   */
  @Test
  void aBatchNormBehindAMaximumIsFoldedIntoTheWinner() {
    Network.Builder b = Network.reading(new Shape(2, 4));
    float[] w = {2, 0, 0, 0, 0, -3, 0, 0};
    int at = b.add("conv", new Convolution(2, 1, 4, w, new float[] {1, -1}), Network.INPUT);
    at = b.add("pool", new Operation.MaxPool(2, 2), at);
    at = b.add("norm", new Operation.BatchNorm(new float[] {2, -1}, new float[] {0, 2}), at);
    at = b.add("relu", new Operation.Activation(ActivationFunction.RELU), at);
    b.add("out", new Operation.Dense(new float[] {1, 1}, new float[] {0}), at);
    Network network = b.build();
    byte[] codes = Dna.encode("AC");
    for (Method method : List.of(Method.LRP_0, Method.LRP_ZPLUS)) {
      Attribution a = explain(network, method, codes);
      // 4 of the 6 were read at A; the rest is constants.
      assertThat(a.scores()).containsExactly(4, 0, 0, 0, 0, 0, 0, 0);
      assertThat(a.completeness().getFirst().difference()).isEqualTo(9);
      assertThat(a.completeness().getFirst().kept()).isCloseTo(5, within(1e-12));
    }
    // The winner is the second filter's minimum of -z: a fold before the maximum would miss it.
    Attribution alpha = explain(network, Method.LRP_ALPHA_BETA, codes);
    assertThat(alpha.completeness().getFirst().error()).isLessThan(1e-12);
  }

  /** By hand: what a convolution of A gives, 3, is read twice; 2 * 3 + 1 = 7, and 7 + 3 = 10. */
  @Test
  void aBatchNormThatCannotBeFoldedIsALayer() {
    Network.Builder b = Network.reading(new Shape(1, 4));
    int conv =
        b.add(
            "conv",
            new Convolution(1, 1, 4, new float[] {3, 0, 0, 0}, new float[1]),
            Network.INPUT);
    int norm = b.add("norm", new Operation.BatchNorm(new float[] {2}, new float[] {1}), conv);
    b.add("sum", new Operation.Add(), norm, conv);
    Network network = b.build();
    Trace x = network.forward(Network.oneHot(Dna.encode("A")), Precision.FLOAT64);
    for (Method method : List.of(Method.LRP_0, Method.LRP_ZPLUS, Method.LRP_FLAT)) {
      RelevanceRule rule = new RelevanceRule(new RelevancePlan(network, method, EXACT), 3);
      List<double[]> all = Sweep.run(rule, x, x, x.output());
      assertThat(all.get(norm)[0]).isCloseTo(7, within(1e-4));
      // 6 of the 7 came from the convolution; 1 is the constant.
      assertThat(rule.kept()[norm]).isCloseTo(1, within(1e-4));
      assertThat(all.get(conv)[0]).isCloseTo(6 + 3, within(1e-4));
    }
  }

  /**
   * By hand: one unit, 3 A at position 0 and -1 C at position 1, so z = 2 of AC, then ReLU. Gamma
   * 0.25: 3.75 and -1 of 2.75. Alpha-beta: 2 * 2 and -1 * 2. z-plus: all to A. w-squared: 9 of 30
   * and 21 of 30, with the weights below. Flat: half and half. z^B: x w - min(w, 0).
   */
  @Test
  void rulesOfOneUnit() {
    float[] w = {3, 0, 0, 0, 2, -1, 0, -4};
    Network.Builder b = Network.reading(new Shape(2, 4));
    int at = b.add("conv", new Convolution(1, 2, 4, w, new float[1]), Network.INPUT);
    at = b.add("relu", new Operation.Activation(ActivationFunction.RELU), at);
    Network network = b.build();
    check(network, Method.LRP_0, 3, -1);
    check(network, Method.LRP_GAMMA, 2 * 3.75 / 2.75, 2 * -1 / 2.75);
    check(network, Method.LRP_ALPHA_BETA, 4, -2);
    check(network, Method.LRP_ZPLUS, 2, 0);
    check(network, Method.LRP_W2, 2 * 9.0 / 30, 2 * 21.0 / 30);
    check(network, Method.LRP_FLAT, 1, 1);
    // Box: 3 - 0 at A; at the second position 0 + 1 of C (x w + 1 = 0), and 4 of T that is not
    // there.
    check(network, Method.DEEP_TAYLOR, 2 * 3.0 / 7, 2 * 4.0 / 7);
    // An N is no base: all of it goes to the other.
    Attribution n = explain(network, Method.LRP_FLAT, Dna.encode("AN"));
    assertThat(n.scores()).containsExactly(3, 0, 0, 0, 0, 0, 0, 0);
    assertThat(explain(network, Method.LRP_W2, Dna.encode("AN")).scores()).isEqualTo(n.scores());
    // Alpha-beta of a side without contributions has nothing to take back: the table shows it.
    b.add("out", new Operation.Dense(new float[] {1}, new float[1]), at);
    Network longer = b.build();
    check(longer, Method.LRP_ALPHA_BETA, 8, -4);
    Completeness c =
        explain(longer, Method.LRP_ALPHA_BETA, Dna.encode("AC")).completeness().getFirst();
    assertThat(c.kept()).isCloseTo(-2, within(1e-12));
  }

  private static void check(Network network, Method method, double first, double second) {
    float[] scores = explain(network, method, Dna.encode("AC")).scores();
    assertThat((double) scores[0]).as(method.label()).isCloseTo(first, within(1e-6));
    assertThat((double) scores[5]).as(method.label()).isCloseTo(second, within(1e-6));
  }

  /** A sum is split by signed inputs: 5 + -3 = 2 hands 5 and -3 on. */
  @Test
  void aSumIsSplitBySignedInputs() {
    Network.Builder b = Network.reading(new Shape(1, 4));
    int five = b.add("5", new Operation.Dense(new float[] {5, 0, 0, 0}, new float[1]), -1);
    int three = b.add("-3", new Operation.Dense(new float[] {-3, 0, 0, 0}, new float[1]), -1);
    b.add("sum", new Operation.Add(), five, three);
    Network network = b.build();
    Trace x = network.forward(Network.oneHot(Dna.encode("A")), Precision.FLOAT64);
    RelevanceRule rule = new RelevanceRule(new RelevancePlan(network, Method.LRP_0, EXACT), 3);
    List<double[]> all = Sweep.run(rule, x, x, x.output());
    assertThat(all.get(0)).containsExactly(5);
    assertThat(all.get(1)).containsExactly(-3);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void scoresAndWhatIsKeptAddUpOnTrainedShapes(Precision precision) {
    double allowed = precision == Precision.FLOAT64 ? 1e-7 : Completeness.EXPECTED;
    for (FilterActivation activation : FilterActivation.values()) {
      SequenceModel model = RandomModels.of(9, 7, Strands.BOTH, activation, 0, 40);
      Attributor attributor =
          new Attributor(model, Target.of(1), EXACT.toBuilder().precision(precision).build());
      for (Method method : Relevance.METHODS) {
        if (method == Method.DEEP_TAYLOR) {
          continue; // for outputs above 0 only, see below
        }
        for (byte[] codes : RandomModels.sequences(6, 40, 9)) {
          Attribution a = attributor.explain(method, codes, 0);
          assertThat(a.completeness()).hasSize(1);
          assertThat(a.completeness().getFirst().error()).as(method.label()).isLessThan(allowed);
        }
      }
    }
  }

  @Test
  void whatARuleCannotHandleIsRefusedByLayerAndMethod() {
    for (Method method : Relevance.METHODS) {
      Attributor attributor = new Attributor(Goldens.network("softmax"), Target.of(0), EXACT);
      assertThatThrownBy(() -> attributor.check(method))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(method.label() + " cannot explain layer 'letters', a softmax");
    }
    Attributor smooth = new Attributor(Goldens.network("smooth"), Target.of(0), EXACT);
    smooth.check(Method.LRP_ZPLUS);
    assertThatThrownBy(() -> smooth.check(Method.DEEP_TAYLOR))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("deep-taylor cannot explain layer 'exponential'");
  }

  @Test
  void deepTaylorExplainsOutputsAboveZeroOnly() {
    Network network = Goldens.network("chain");
    List<byte[]> sequences = RandomModels.sequences(12, 40, 1);
    int refused = 0;
    for (int t = 0; t < 3; t++) {
      Attributor attributor = new Attributor(network, Target.of(t), EXACT);
      for (int i = 0; i < sequences.size(); i++) {
        byte[] codes = sequences.get(i);
        int item = i;
        double y = network.forward(Network.oneHot(codes), Precision.FLOAT64).output()[t];
        if (y > 0) {
          Attribution a = attributor.explain(Method.DEEP_TAYLOR, codes, i);
          for (float score : a.scores()) {
            assertThat(score).isGreaterThanOrEqualTo(0);
          }
          assertThat(a.completeness().getFirst().error()).isLessThan(1e-9);
        } else {
          refused++;
          assertThatThrownBy(() -> attributor.explain(Method.DEEP_TAYLOR, codes, item))
              .isInstanceOf(InputException.class)
              .hasMessageContaining("that of sequence " + (i + 1) + " is " + (float) y);
        }
      }
    }
    assertThat(refused).isBetween(1, 35);
  }

  private static Attribution explain(Network network, Method method, byte[] codes) {
    return new Attributor(network, Target.of(0), EXACT).explain(method, codes, 0);
  }

  /** Convolution, ReLU, overlapping max-pool, two dense layers. */
  private static Network withoutBiases() {
    SplittableRandom random = new SplittableRandom(5);
    Network.Builder b = Network.reading(new Shape(20, 4));
    int at =
        b.add("conv", new Convolution(4, 5, 4, normal(random, 80), new float[4]), Network.INPUT);
    at = b.add("relu", new Operation.Activation(ActivationFunction.RELU), at);
    at = b.add("pool", new Operation.MaxPool(4, 2), at);
    at = b.add("flatten", new Operation.Flatten(), at);
    at = b.add("hidden", new Operation.Dense(normal(random, 28 * 5), new float[5]), at);
    at = b.add("hidden relu", new Operation.Activation(ActivationFunction.RELU), at);
    b.add("output", new Operation.Dense(normal(random, 5), new float[1]), at);
    return b.build();
  }

  private static float[] normal(SplittableRandom random, int n) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }

  private static double sum(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v;
    }
    return sum;
  }
}
