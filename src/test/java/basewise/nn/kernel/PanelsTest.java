package basewise.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.stats.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Against the plain loops, bit for bit. */
class PanelsTest {
  @Test
  void someRowsOfAPackedMatrix() {
    RandomGenerator random = Seeds.generator(23, 0);
    for (int m : new int[] {1, 5, 6, 7, 13}) {
      for (int n : new int[] {1, 8, 15, 16, 17, 31, 32, 33, 65}) {
        for (int k : new int[] {1, 4, 193, 400}) {
          int first = random.nextInt(3);
          float[] b = numbers((k + 3) * n, random);
          Panels packed = Panels.of(Matrix.of(b, k + 3, n));
          Matrix a = Matrix.rows(numbers(m * (k + 1), random), 1, m, k, k);
          for (boolean add : new boolean[] {false, true}) {
            float[] expected = numbers(m * (n + 2), random);
            float[] found = expected.clone();
            Matrix some = Matrix.rows(b, first * n, k, n, n);
            if (add) {
              ScalarGemm.add(Matrix.rows(expected, 1, m, n, n + 2), a, some);
            } else {
              ScalarGemm.set(Matrix.rows(expected, 1, m, n, n + 2), a, some);
            }
            packed.multiply(Matrix.rows(found, 1, m, n, n + 2), a, first, add);
            assertThat(found).isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void shapesThatDoNotFit() {
    Panels packed = Panels.of(Matrix.of(new float[12], 3, 4));
    Matrix a = Matrix.of(new float[4], 2, 2);
    assertThatThrownBy(() -> packed.multiply(Matrix.of(new float[8], 2, 4), a, 2, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows from 2 of 3 x 4");
  }

  private static float[] numbers(int n, RandomGenerator random) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }
}
