package basewise.patterns.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseColumnsTest {
  /** Bit for bit what the plain loop adds up, column after column. */
  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 63, 64, 65, 127, 128, 129, 1000})
  void addsColumnsInTheirOrder(int rows) {
    Random random = new Random(rows);
    int columns = 9;
    float[][] numbers = new float[columns][rows];
    DenseColumns dense = new DenseColumns(columns, rows);
    for (int c = 0; c < columns; c++) {
      for (int r = 0; r < rows; r++) {
        if (random.nextInt(3) > 0) {
          numbers[c][r] = (float) random.nextGaussian();
          dense.set(c, r, numbers[c][r]);
        }
      }
    }
    int[] wanted = {0, 8, 7, 1, 3};
    float[] weights = {0.3f, -1.7f, 0.1f, 2.2f, 5};
    float[] sums = new float[3 + DenseColumns.room(rows)];
    Arrays.fill(sums, 0.25f);
    float[] byVectors = sums.clone();
    float[] plainly = sums.clone();
    float[] expected = Arrays.copyOf(sums, rows);
    for (int i = 0; i < 4; i++) {
      for (int r = 0; r < rows; r++) {
        expected[r] += numbers[wanted[i]][r] * weights[i];
      }
    }
    for (int tile = 0; tile < DenseColumns.count(rows); tile++) {
      int at = 3 + tile * DenseColumns.TILE;
      dense.add(tile, wanted, weights, 4, sums, at);
      dense.addVectors(tile, wanted, weights, 4, byVectors, at);
      dense.addPlainly(tile, wanted, weights, 4, plainly, at);
    }
    for (float[] got : List.of(sums, byVectors, plainly)) {
      assertThat(Arrays.copyOfRange(got, 3, 3 + rows)).containsExactly(expected);
      assertThat(Arrays.copyOf(got, 3)).containsOnly(0.25f);
    }
  }
}
