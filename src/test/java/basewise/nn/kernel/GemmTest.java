package basewise.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.stats.Seeds;
import java.util.random.RandomGenerator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** Against the plain loops, bit for bit. */
class GemmTest {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
  private static final int[] SIZES = {0, 1, 2, 5, 6, 7, LANES - 1, LANES, LANES + 1, 63, 64, 65};

  @Test
  void everyShapeAndLayout() {
    RandomGenerator random = Seeds.generator(5, 0);
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (int k : new int[] {0, 1, 3, 4, 5, LANES, 193}) {
          boolean turnA = random.nextBoolean();
          boolean turnB = random.nextBoolean();
          Matrix a = random(m, k, turnA, random);
          Matrix b = random(k, n, turnB, random);
          equal(a, b, random);
        }
      }
    }
  }

  @Test
  void severalBlocksOfRowsAndColumns() {
    RandomGenerator random = Seeds.generator(5, 1);
    for (int turned = 0; turned < 4; turned++) {
      equal(
          random(200, 3300, turned % 2 == 0, random),
          random(3300, 200, turned > 1, random),
          random);
    }
    equal(random(1000, 20, false, random), random(20, 33, true, random), random);
  }

  @Test
  void mostlyZeros() {
    RandomGenerator random = Seeds.generator(5, 3);
    for (int n : SIZES) {
      Matrix a = random(21, 37, false, random);
      for (int i = 0; i < a.values().length; i++) {
        a.values()[i] = random.nextInt(6) == 0 ? a.values()[i] : 0;
      }
      equal(a, random(37, n, false, random), random);
    }
  }

  @Test
  void rowsOfAMayOverlap() {
    RandomGenerator random = Seeds.generator(5, 2);
    float[] values = random(1, 50 * 4, false, random).values();
    Matrix windows = Matrix.rows(values, 4, 30, 7 * 4, 4);
    equal(windows, random(28, 40, false, random), random);
    equal(windows.transposed(), random(30, 40, false, random), random);
  }

  @Test
  void aProductByHand() {
    Matrix a = Matrix.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Matrix b = Matrix.of(new float[] {1, 0, 2, 1, 0, 3}, 3, 2);
    float[] c = {100, 100, 100, 100};
    Gemm.set(Matrix.of(c, 2, 2), a, b);
    assertThat(c).containsExactly(5, 11, 14, 23);
    Gemm.add(Matrix.of(c, 2, 2), a, b);
    assertThat(c).containsExactly(10, 22, 28, 46);
  }

  @Test
  void refusesShapesThatDoNotFit() {
    Matrix a = Matrix.of(new float[6], 2, 3);
    assertThatThrownBy(() -> Gemm.set(Matrix.of(new float[4], 2, 2), a, a))
        .hasMessageContaining("2 x 2 = 2 x 3 times 2 x 3");
    Matrix overlapping = Matrix.rows(new float[6], 0, 2, 2, 1);
    assertThatThrownBy(() -> Gemm.set(overlapping, a, Matrix.of(new float[6], 3, 2)))
        .hasMessageContaining("into steps of 1 and 1");
    assertThatThrownBy(() -> Matrix.of(new float[5], 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static void equal(Matrix a, Matrix b, RandomGenerator random) {
    int lead = b.columns() + 3;
    float[] before = random(1, 2 + a.rows() * lead, false, random).values();
    float[] expected = before.clone();
    float[] found = before.clone();
    ScalarGemm.add(Matrix.rows(expected, 2, a.rows(), b.columns(), lead), a, b);
    Gemm.add(Matrix.rows(found, 2, a.rows(), b.columns(), lead), a, b);
    assertThat(found).as("%s times %s", shape(a), shape(b)).isEqualTo(expected);
    ScalarGemm.set(Matrix.rows(expected, 2, a.rows(), b.columns(), lead), a, b);
    Gemm.set(Matrix.rows(found, 2, a.rows(), b.columns(), lead), a, b);
    assertThat(found).as("%s times %s", shape(a), shape(b)).isEqualTo(expected);
  }

  private static String shape(Matrix x) {
    return "%d x %d by %d and %d".formatted(x.rows(), x.columns(), x.rowStep(), x.columnStep());
  }

  /** Every fifth number is a zero, which products of few rows leave out. */
  private static Matrix random(int rows, int columns, boolean turned, RandomGenerator random) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(5) == 0 ? 0 : (float) random.nextGaussian();
    }
    return turned
        ? Matrix.of(values, columns, rows).transposed()
        : Matrix.of(values, rows, columns);
  }
}
