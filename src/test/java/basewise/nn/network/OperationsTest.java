package basewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import basewise.nn.kernel.ActivationFunction;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each operation computes, by hand, and what must hold of all of a kind. */
class OperationsTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(7);

  static Stream<Arguments> linear() {
    Convolution plain = new Convolution(3, 4, 4, normal(48), normal(3));
    Convolution wide =
        new Convolution(3, 3, 2, new Convolution.Windows(2, 3, 5, 1), normal(18), normal(3));
    Convolution other = plain.with(normal(48), normal(3));
    return Stream.of(
        Arguments.of(plain, List.of(new Shape(9, 4))),
        Arguments.of(other, List.of(new Shape(4, 4))),
        Arguments.of(wide, List.of(new Shape(11, 2))),
        Arguments.of(wide, List.of(new Shape(2, 2))),
        Arguments.of(new ReverseComplementConvolution(plain), List.of(new Shape(9, 4))),
        Arguments.of(new AveragePool(4, 2), List.of(new Shape(9, 3))),
        Arguments.of(new AveragePool(2, 3), List.of(new Shape(9, 3))),
        Arguments.of(new Concat(), List.of(new Shape(5, 2), new Shape(5, 1), new Shape(5, 3))),
        Arguments.of(new Crop(2, 5), List.of(new Shape(7, 3))),
        Arguments.of(new Operation.BatchNorm(normal(3), normal(3)), List.of(new Shape(5, 3))),
        Arguments.of(new Operation.Dense(normal(12), normal(4)), List.of(Shape.vector(3))),
        Arguments.of(new Operation.Flatten(), List.of(new Shape(5, 3))),
        Arguments.of(new Operation.Dropout(0.3), List.of(new Shape(5, 3))),
        Arguments.of(new Operation.Add(), List.of(new Shape(5, 3), new Shape(5, 3))));
  }

  /** (A x) y = x (A' y), where A is the map without its constant. */
  @ParameterizedTest
  @MethodSource("linear")
  void theTransposeIsTheTranspose(Operation.Linear operation, List<Shape> shapes) {
    double[][] x = new double[shapes.size()][];
    double[][] zero = new double[shapes.size()][];
    double[][] back = new double[shapes.size()][];
    for (int k = 0; k < x.length; k++) {
      x[k] = doubles(shapes.get(k).size());
      zero[k] = new double[x[k].length];
      back[k] = doubles(x[k].length); // the product is added to what is there
    }
    double[] constant = operation.forward(zero, shapes);
    double[] ax = operation.forward(x, shapes);
    assertThat(ax).hasSize(operation.shape(shapes).size());
    double[] y = doubles(ax.length);
    double left = 0;
    for (int i = 0; i < y.length; i++) {
      left += (ax[i] - constant[i]) * y[i];
    }
    double right = 0;
    for (int k = 0; k < x.length; k++) {
      right -= dot(x[k], back[k]);
    }
    operation.transpose(y, back, shapes);
    for (int k = 0; k < x.length; k++) {
      right += dot(x[k], back[k]);
    }
    assertThat(right).isCloseTo(left, within(1e-12 * Math.max(1, Math.abs(left))));
    assertThat(left).isNotZero();
  }

  /** Every number of a choice is the input that it says it is. */
  @ParameterizedTest
  @CsvSource({"4, 2", "3, 3", "2, 5", "9, 1"})
  void aPoolIsWhatItChose(int window, int stride) {
    Operation.MaxPool pool = new Operation.MaxPool(window, stride);
    List<Shape> shapes = List.of(new Shape(9, 2));
    double[][] x = {doubles(18)};
    double[] out = pool.forward(x, shapes);
    int[] chosen = pool.chosen(x, shapes);
    for (int i = 0; i < out.length; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int p = 0; p < window; p++) {
        largest = Math.max(largest, x[0][(i / 2 * stride + p) * 2 + i % 2]);
      }
      assertThat(out[i]).isEqualTo(largest).isEqualTo(x[0][chosen[i]]);
    }
  }

  /**
   * By hand: filter [1, 10, 100] on 1 2 3 4 5 with a column every second position, windows two
   * apart, one zero before: windows begin at -1 and 1.
   */
  @Test
  void stridesDilationAndPadding() {
    Convolution c =
        new Convolution(
            1,
            3,
            1,
            new Convolution.Windows(2, 2, 1, 0),
            new float[] {1, 10, 100},
            new float[] {7});
    List<Shape> shapes = List.of(new Shape(5, 1));
    assertThat(c.reach()).isEqualTo(5);
    assertThat(c.shape(shapes)).isEqualTo(new Shape(1, 1));
    // 0 * 1 + 2 * 10 + 4 * 100 + 7
    assertThat(c.forward(new double[][] {{1, 2, 3, 4, 5}}, shapes)).containsExactly(427);
    Convolution longer =
        new Convolution(
            1,
            3,
            1,
            new Convolution.Windows(2, 2, 1, 3),
            new float[] {1, 10, 100},
            new float[] {7});
    // then 2 * 1 + 4 * 10 + 0 * 100 + 7, and 4 * 1 + 7
    assertThat(longer.forward(new double[][] {{1, 2, 3, 4, 5}}, shapes))
        .containsExactly(427, 49, 11);
  }

  /** The other strand's score of ACG is that of its reverse complement, CGT, on this one. */
  @Test
  void theOtherStrand() {
    float[] weights = {1, 2, 3, 4, 50, 60, 70, 80, 900, 1000, 1100, 1200}; // [3][A C G T]
    Convolution c = new Convolution(1, 3, 4, weights, new float[] {0.5f});
    ReverseComplementConvolution reverse = new ReverseComplementConvolution(c);
    List<Shape> shapes = List.of(new Shape(3, 4));
    double[][] acg = {Network.oneHot(new byte[] {0, 1, 2})};
    double[][] cgt = {Network.oneHot(new byte[] {1, 2, 3})};
    assertThat(c.forward(cgt, shapes)).containsExactly(2 + 70 + 1200 + 0.5);
    assertThat(reverse.forward(acg, shapes)).containsExactly(2 + 70 + 1200 + 0.5);
    assertThat(reverse.shared()).isSameAs(c);
  }

  @Test
  void poolsJoinsAndCuts() {
    double[][] x = {{1, 10, 2, 20, 6, 60, 4, 40}}; // [4][2]
    List<Shape> shapes = List.of(new Shape(4, 2));
    assertThat(new AveragePool(2, 2).forward(x, shapes)).containsExactly(1.5, 15, 5, 50);
    assertThat(new AveragePool(3, 1).forward(x, shapes)).containsExactly(3, 30, 4, 40);
    assertThat(new AveragePool(4, 4).forward(x, shapes)).containsExactly(3.25, 32.5);
    assertThat(new Crop(1, 3).forward(x, shapes)).containsExactly(2, 20, 6, 60);
    double[][] two = {{1, 2, 3, 4}, {-1, -2}};
    assertThat(new Concat().forward(two, List.of(new Shape(2, 2), new Shape(2, 1))))
        .containsExactly(1, 2, -1, 3, 4, -2);
  }

  /** By hand: exp 0 : exp log 3 is 1 : 3. Huge numbers neither overflow nor lose the ratio. */
  @Test
  void aSoftmaxOfEachPosition() {
    double log3 = Math.log(3);
    double[] y =
        new Softmax()
            .forward(new double[][] {{0, log3, 1000 + log3, 1000}}, List.of(new Shape(2, 2)));
    assertThat(y).containsExactly(new double[] {0.25, 0.75, 0.75, 0.25}, within(1e-12));
  }

  @Test
  void theJacobianOfASoftmaxIsTheLimitOfDifferences() {
    Softmax softmax = new Softmax();
    List<Shape> shapes = List.of(new Shape(2, 3));
    double[] x = doubles(6);
    double[] v = doubles(6);
    double step = 1e-6;
    double[] up = x.clone();
    double[] down = x.clone();
    for (int i = 0; i < 6; i++) {
      up[i] += step * v[i];
      down[i] -= step * v[i];
    }
    double[] more = softmax.forward(new double[][] {up}, shapes);
    double[] less = softmax.forward(new double[][] {down}, shapes);
    double[] product = new double[6];
    softmax.jacobian(softmax.forward(new double[][] {x}, shapes), v, product, shapes);
    for (int i = 0; i < 6; i++) {
      assertThat(product[i]).isCloseTo((more[i] - less[i]) / (2 * step), within(1e-9));
    }
  }

  /** Python 3.11's math module, of the definitions: x * erfc(-x / 2 ** .5) / 2 and so on. */
  @ParameterizedTest
  @CsvSource({
    "GELU, 0, -5.5, -1.0444259356238256e-07",
    "GELU, 0, -1.25, -0.1320622170835691",
    "GELU, 0, -0.03, -0.01464100579757662",
    "GELU, 0, 0.4, 0.2621686966441297",
    "GELU, 0, 2.5, 2.4844758366855597",
    "SILU, 0, -5.5, -0.0223857574374287",
    "SILU, 0, -1.25, -0.27837517353163604",
    "SILU, 0, -0.03, -0.014775016873481388",
    "SILU, 0, 0.4, 0.2394750640449808",
    "SILU, 0, 2.5, 2.3103545499468914",
    "SOFTPLUS, 0, -5.5, 0.0040784432705707205",
    "SOFTPLUS, 0, -1.25, 0.2519290813453729",
    "SOFTPLUS, 0, -0.03, 0.6782596763414485",
    "SOFTPLUS, 0, 0.4, 0.9130152523999526",
    "SOFTPLUS, 0, 2.5, 2.5788897342925496",
    "SIGMOID, 0, -1.25, 0.22270013882530884",
    "SIGMOID, 0, 0.4, 0.598687660112452",
    "TANH, 0, -1.25, -0.8482836399575129",
    "TANH, 0, 0.4, 0.3799489622552249",
    "EXPONENTIAL, 0, -1.25, 0.2865047968601901",
    "EXPONENTIAL, 0, 0.4, 1.4918246976412703",
    "ELU, 0.7, -1.25, -0.4994466421978669",
    "ELU, 0.7, 0.4, 0.4",
    "LEAKY_RELU, 0.1, -1.25, -0.125",
    "LEAKY_RELU, 0.1, 0.4, 0.4",
    "RELU, 0, -1.25, 0.0",
    "RELU, 0, 0.4, 0.4"
  })
  void functionsAreThoseOfPython(ActivationFunction.Kind kind, double alpha, double x, double y) {
    ActivationFunction function = new ActivationFunction(kind, alpha);
    assertThat(function.apply(x)).isCloseTo(y, within(4e-15 * Math.max(1, Math.abs(y))));
  }

  /** Central differences, on both sides of 0 and far from it. */
  @Test
  void derivativesAreLimitsOfDifferences() {
    double step = 1e-5;
    for (ActivationFunction.Kind kind : ActivationFunction.Kind.values()) {
      ActivationFunction f = new ActivationFunction(kind, kind.hasAlpha() ? 0.3 : 0);
      for (double x : new double[] {-6, -1.5, -0.2, 0.2, 0.9, 4}) {
        double slope = (f.apply(x + step) - f.apply(x - step)) / (2 * step);
        assertThat(f.derivative(x))
            .as(kind + " at " + x)
            .isCloseTo(slope, within(1e-8 * Math.max(1, Math.abs(slope))));
      }
    }
    assertThat(ActivationFunction.RELU.derivative(0)).isZero();
    assertThat(ActivationFunction.leakyRelu(0.2).derivative(0)).isEqualTo(0.2);
  }

  @Test
  void largeNumbersDoNotOverflow() {
    assertThat(ActivationFunction.SOFTPLUS.apply(800)).isEqualTo(800);
    assertThat(ActivationFunction.SOFTPLUS.apply(-800)).isZero();
    assertThat(ActivationFunction.SIGMOID.apply(-800)).isZero();
    assertThat(ActivationFunction.SIGMOID.apply(800)).isEqualTo(1);
    assertThat(ActivationFunction.SILU.apply(-800)).isZero();
    assertThat(ActivationFunction.GELU.apply(-800)).isZero();
    assertThat(ActivationFunction.GELU.apply(800)).isEqualTo(800);
  }

  static Stream<Arguments> misfits() {
    Convolution five = new Convolution(2, 5, 4, new float[40], new float[2]);
    Convolution spread =
        new Convolution(2, 5, 4, new Convolution.Windows(1, 3, 1, 0), new float[40], new float[2]);
    return Stream.of(
        misfit(five, "a convolution of 5 x 4 on 8 x 3", new Shape(8, 3)),
        misfit(five, "a convolution of 5 x 4 on 4 x 4", new Shape(4, 4)),
        misfit(spread, "a convolution of 5 x 4, dilation 3, on 11 x 4", new Shape(11, 4)),
        misfit(five, "one input expected, 2 found", new Shape(8, 4), new Shape(8, 4)),
        misfit(new AveragePool(9, 1), "a pool of 9 over 8 positions", new Shape(8, 4)),
        misfit(new Crop(3, 9), "a crop to 3-9 of 8 positions", new Shape(8, 4)),
        misfit(
            new Concat(),
            "inputs of unequal length [Shape[length=8, channels=4], Shape[length=7, channels=4]]",
            new Shape(8, 4),
            new Shape(7, 4)),
        misfit(new Concat(), "two inputs or more expected, 1 found", new Shape(8, 4)),
        misfit(
            new Operation.Add(),
            "inputs of unequal shapes"
                + " [Shape[length=8, channels=4], Shape[length=8, channels=3]]",
            new Shape(8, 4),
            new Shape(8, 3)),
        misfit(
            new Operation.BatchNorm(new float[3], new float[3]),
            "batch norm of 3 channels on 4",
            new Shape(8, 4)),
        misfit(new Softmax(), "one input expected, 2 found", new Shape(1, 4), new Shape(1, 4)));
  }

  private static Arguments misfit(Operation operation, String message, Shape... shapes) {
    return Arguments.of(operation, List.of(shapes), message);
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void shapesThatDoNotFitAreRefused(Operation operation, List<Shape> shapes, String message) {
    assertThatThrownBy(() -> operation.shape(shapes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    List<Runnable> wrong =
        List.of(
            () -> new AveragePool(0, 1),
            () -> new Operation.Dropout(1),
            () -> new Operation.MaxPool(2, 0),
            () -> new Crop(3, 3),
            () -> new Crop(-1, 3),
            () -> new Convolution.Windows(0, 1, 0, 0),
            () -> new Convolution.Windows(1, 1, -1, 0),
            () -> new Convolution.Windows(1, 1 << 30, 0, 0),
            () -> new Convolution(2, 3, 4, new float[23], new float[2]),
            () -> new Convolution(2, 3, 4, new float[24], new float[3]),
            () -> ActivationFunction.elu(Double.NaN),
            () -> new ActivationFunction(ActivationFunction.Kind.RELU, 1),
            () ->
                new ReverseComplementConvolution(
                    new Convolution(1, 1, 3, new float[3], new float[1])));
    for (Runnable each : wrong) {
      assertThatThrownBy(each::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] doubles(int n) {
    return RANDOM.doubles(n, -2, 2).toArray();
  }

  private static float[] normal(int n) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) RANDOM.nextGaussian();
    }
    return out;
  }
}
