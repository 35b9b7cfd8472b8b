package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import basewise.attribution.DeepLift.Rule;
import basewise.attribution.GradientMethods.Moment;
import basewise.io.InputException;
import basewise.nn.network.Convolution;
import basewise.nn.network.Goldens;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.Shape;
import basewise.nn.network.Softmax;
import basewise.sequence.Dna;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold of averages of gradients on any network, and by hand on small ones. */
class GradientMethodsTest {
  private static final byte[] CODES = Dna.encode("ACGTTGCANCCATGAGGTAC");

  /** A convolution and a dense layer: nothing bends. */
  private static Network linear(int outputs) {
    SplittableRandom random = new SplittableRandom(5);
    Network.Builder b = Network.reading(new Shape(CODES.length, 4));
    int at = b.add("conv", new Convolution(3, 5, 4, normal(random, 60), normal(random, 3)), -1);
    at = b.add("flatten", new Operation.Flatten(), at);
    b.add("out", new Operation.Dense(normal(random, 48 * outputs), normal(random, outputs)), at);
    return b.build();
  }

  private static float[] normal(SplittableRandom random, int n) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }

  private static AttributionOptions.Builder options() {
    return AttributionOptions.defaults().toBuilder().precision(Precision.FLOAT64);
  }

  private static Subject subject(Network network, AttributionOptions.Builder options) {
    return new Subject(network, false, Target.of(0), options.build());
  }

  /** DeepLIFT = gradient x input = integrated gradients at reference 0 (design, section 5). */
  @ParameterizedTest
  @EnumSource(Quadrature.class)
  void onALinearNetworkAllAreTheGradient(Quadrature quadrature) {
    Subject subject =
        subject(linear(1), options().reference(Reference.ZERO).quadrature(quadrature));
    GradientMethods methods = new GradientMethods(subject);
    double[] gradient = methods.gradient(CODES).scores();
    assertThat(methods.integrated(CODES, 0).scores()).containsExactly(gradient, within(1e-12));
    assertThat(methods.expected(CODES, 0).scores()).containsExactly(gradient, within(1e-12));
    assertThat(methods.noisy(Moment.MEAN, CODES, 0).scores())
        .containsExactly(gradient, within(1e-12));
    assertThat(methods.noisy(Moment.VARIANCE, CODES, 0).scores())
        .containsExactly(new double[80], within(1e-12));
    double[] squares = methods.noisy(Moment.SQUARE, CODES, 0).scores();
    for (int i = 0; i < squares.length; i++) {
      assertThat(squares[i]).isCloseTo(gradient[i] * gradient[i], within(1e-12));
    }
    for (Rule rule : Rule.values()) {
      Found found = new DeepLift(subject).of(rule, CODES, 0);
      assertThat(found.scores()).as("%s", rule).containsExactly(gradient, within(1e-12));
      assertThat(found.completeness().getFirst().error()).isLessThan(1e-12);
    }
    for (boolean guided : new boolean[] {true, false}) {
      assertThat(methods.back(new ReluRule(guided), CODES).scores())
          .containsExactly(gradient, within(1e-12));
    }
  }

  /** On a smooth network the error of a quadrature falls with its steps. */
  @ParameterizedTest
  @CsvSource({"MIDPOINT, 1e-3", "TRAPEZOID, 1e-3", "GAUSS_LEGENDRE, 1e-9"})
  void moreStepsLessError(Quadrature quadrature, double allowed) {
    double before = Double.POSITIVE_INFINITY;
    for (int steps : new int[] {8, 32, 128}) {
      Subject subject =
          subject(Goldens.network("smooth"), options().steps(steps).quadrature(quadrature));
      byte[] codes = Dna.encode("ACGTTGCANCCATGAGGTACCATTACGGATCA");
      double error =
          new GradientMethods(subject).integrated(codes, 0).completeness().getFirst().error();
      assertThat(error).isLessThan(Math.max(before / 4, 1e-12));
      before = error;
    }
    assertThat(before).isLessThan(allowed);
  }

  @Test
  void moreSamplesLessError() {
    double few = 0;
    double many = 0;
    byte[] codes = Dna.encode("ACGTTGCANCCATGAGGTACCATTACGGATCA");
    for (int item = 0; item < 4; item++) {
      few += expected(codes, item, 20);
      many += expected(codes, item, 2000);
    }
    assertThat(many).isLessThan(few / 3).isLessThan(0.3);
  }

  /** The sum over references of what is missing, which scores would show. */
  private static double expected(byte[] codes, int item, int samples) {
    Subject subject = subject(Goldens.network("smooth"), options().samples(samples));
    List<Completeness> all = new GradientMethods(subject).expected(codes, item).completeness();
    assertThat(all).hasSize(20);
    return Math.abs(
        all.stream().mapToDouble(c -> c.difference() - c.sum()).average().orElseThrow());
  }

  /** Points and weights from a table: Abramowitz and Stegun 1964, table 25.4, moved to [0, 1]. */
  @Test
  void gaussLegendre() {
    double[][] three = Quadrature.GAUSS_LEGENDRE.rule(3);
    double[] points = {(1 - 0.774596669241483) / 2, 0.5, (1 + 0.774596669241483) / 2};
    double[] weights = {0.555555555555556 / 2, 0.888888888888889 / 2, 0.555555555555556 / 2};
    assertThat(three[0]).containsExactly(points, within(1e-14));
    assertThat(three[1]).containsExactly(weights, within(1e-14));
    for (int n : new int[] {1, 2, 5, 50, 300}) {
      double[][] rule = Quadrature.GAUSS_LEGENDRE.rule(n);
      double ones = 0;
      double power = 0;
      int degree = Math.min(2 * n - 1, 40);
      for (int k = 0; k < n; k++) {
        ones += rule[1][k];
        power += rule[1][k] * Math.pow(rule[0][k], degree);
      }
      assertThat(ones).isCloseTo(1, within(1e-12));
      assertThat(power).isCloseTo(1.0 / (degree + 1), within(1e-12));
    }
  }

  /** By hand: halves of a quarter at both ends, three quarters between. */
  @Test
  void evenSteps() {
    assertThat(Quadrature.TRAPEZOID.rule(4)[0]).containsExactly(0, 0.25, 0.5, 0.75, 1);
    assertThat(Quadrature.TRAPEZOID.rule(4)[1]).containsExactly(0.125, 0.25, 0.25, 0.25, 0.125);
    assertThat(Quadrature.MIDPOINT.rule(2)[0]).containsExactly(0.25, 0.75);
    assertThat(Quadrature.MIDPOINT.rule(2)[1]).containsExactly(0.5, 0.5);
  }

  /** An N has no noise, so nothing changes there; the same seed and number, the same noise. */
  @Test
  void noiseDependsOnTheSeedAndTheNumberOfTheSequence() {
    Network network = Goldens.network("smooth");
    byte[] codes = Dna.encode("ACGTTGCANCCATGAGGTACCATTACGGATCA");
    double[] one = noisy(network, codes, 1, 3);
    assertThat(noisy(network, codes, 1, 3)).containsExactly(one);
    assertThat(noisy(network, codes, 2, 3)).isNotEqualTo(one);
    assertThat(noisy(network, codes, 1, 4)).isNotEqualTo(one);
    assertThat(one).isNotEqualTo(noisy(network, codes, 1, 3, 0.2));
  }

  private static double[] noisy(Network network, byte[] codes, long seed, long item) {
    return noisy(network, codes, seed, item, 0.1);
  }

  private static double[] noisy(Network network, byte[] codes, long seed, long item, double sigma) {
    Subject subject = subject(network, options().seed(seed).samples(4).sigma(sigma));
    return new GradientMethods(subject).noisy(Moment.VARIANCE, codes, item).scores();
  }

  /** What all classes of a softmax have in common does not change it: DeepLIFT leaves it out. */
  @Test
  void ofClassesDeepLiftExplainsTheDifferenceFromTheirMean() {
    Network logits = linear(3);
    Network.Builder b = Network.reading(logits.input());
    for (Network.Node node : logits.nodes()) {
      b.add(
          node.name(),
          node.operation(),
          node.inputs().stream().mapToInt(Integer::intValue).toArray());
    }
    b.add("softmax", new Softmax(), 2);
    Attributor classes = new Attributor(b.build(), Target.of(1), options().build());
    Target centred =
        new Target(
            List.of(
                new Target.Term(0, -1 / 3.0),
                new Target.Term(1, 2 / 3.0),
                new Target.Term(2, -1 / 3.0)));
    Attributor plain = new Attributor(logits, centred, options().build());
    classes.check(Method.DEEPLIFT);
    assertThat(classes.explain(Method.DEEPLIFT, CODES, 0).scores())
        .containsExactly(plain.explain(Method.DEEPLIFT, CODES, 0).scores(), within(1e-6f));
    // The gradient is that of the logit itself.
    Attributor logit = new Attributor(logits, Target.of(1), options().build());
    assertThat(classes.explain(Method.GRADIENT, CODES, 0).scores())
        .containsExactly(logit.explain(Method.GRADIENT, CODES, 0).scores());
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"DEEPLIFT", "DEEPLIFT_REVEALCANCEL", "DEEPLIFT_GENOMICS", "DEEPSHAP"})
  void aSoftmaxInsideIsRefused(Method method) {
    Attributor attributor =
        new Attributor(Goldens.network("softmax"), Target.of(0), options().build());
    assertThatThrownBy(() -> attributor.check(method))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "--method: " + method.label() + " cannot explain layer 'letters', a softmax");
    attributor.check(Method.INTEGRATED_GRADIENTS);
  }

  @Test
  void aVarianceNeedsTwoDraws() {
    Network network = linear(1);
    Attributor one = new Attributor(network, Target.of(0), options().samples(1).build());
    assertThatThrownBy(() -> one.check(Method.VARGRAD))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--samples: vargrad has no variance of one draw");
    one.check(Method.SMOOTHGRAD);
  }
}
