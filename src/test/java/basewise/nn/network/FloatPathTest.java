package basewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.stats.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Maps in floats against their definition in doubles. */
class FloatPathTest {
  @Test
  void convolutionsOfAllWindows() {
    RandomGenerator random = Seeds.generator(8, 0);
    for (int trial = 0; trial < 300; trial++) {
      boolean plain = trial % 3 == 0;
      Convolution.Windows windows =
          new Convolution.Windows(
              plain ? 1 : 1 + random.nextInt(3),
              plain ? 1 : 1 + random.nextInt(3),
              random.nextInt(8),
              random.nextInt(8));
      int channels = trial % 2 == 0 ? 4 : 1 + random.nextInt(40);
      int filters = 1 + random.nextInt(40);
      int width = 1 + random.nextInt(8);
      Convolution convolution =
          new Convolution(
              filters,
              width,
              channels,
              windows,
              floats(filters * width * channels, random),
              floats(filters, random));
      Shape in = new Shape(convolution.reach() + random.nextInt(20), channels);
      check(convolution, in, values(in.size(), random));
      check(convolution, in, oneHot(in, random));
    }
  }

  @Test
  void denseLayers() {
    RandomGenerator random = Seeds.generator(8, 1);
    for (int out : new int[] {1, 3, 16, 70, 200}) {
      for (int in : new int[] {1, 5, 64, 131}) {
        Operation.Dense dense = new Operation.Dense(floats(in * out, random), floats(out, random));
        check(dense, Shape.vector(in), values(in, random));
      }
    }
  }

  /** Sums of some hundred products of size 1: 1e-5 is a hundred roundings. */
  private static void check(Operation.Linear map, Shape in, double[] x) {
    List<Shape> shapes = List.of(in);
    double[] expected = map.forward(new double[][] {x}, shapes);
    double[] found = map.forward(new double[][] {x}, shapes, Precision.FLOAT32);
    close(found, expected, map);
    RandomGenerator random = Seeds.generator(9, expected.length);
    double[] y = values(expected.length, random);
    double[] before = values(x.length, random);
    double[] exact = before.clone();
    double[] single = before.clone();
    map.transpose(y, new double[][] {exact}, shapes);
    map.transpose(y, new double[][] {single}, shapes, Precision.FLOAT32);
    close(single, exact, map);
  }

  private static void close(double[] found, double[] expected, Operation map) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i])
          .as("%s %d", map, i)
          .isCloseTo(expected[i], within(1e-5 * Math.max(1, Math.abs(expected[i]))));
    }
  }

  private static double[] oneHot(Shape shape, RandomGenerator random) {
    double[] x = new double[shape.size()];
    for (int i = 0; i < shape.length(); i++) {
      int c = random.nextInt(shape.channels() + 1); // one more: N
      if (c < shape.channels()) {
        x[i * shape.channels() + c] = 1;
      }
    }
    return x;
  }

  /** A third are zeros, as behind a ReLU. */
  private static double[] values(int n, RandomGenerator random) {
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
    }
    return out;
  }

  private static float[] floats(int n, RandomGenerator random) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }
}
