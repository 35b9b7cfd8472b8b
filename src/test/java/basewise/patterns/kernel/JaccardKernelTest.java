package basewise.patterns.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JaccardKernelTest {
  /** min 1 + 0 - 1 over max 2 + 3 + 1: by hand. */
  @Test
  void signsAgreeOrNot() {
    float[] x = {1, 0, -1};
    float[] y = {2, 3, 1};
    assertThat(JaccardKernel.similarity(x, y, 0)).isEqualTo(0f);
    assertThat(JaccardKernel.similarity(x, new float[] {2, 3, -1}, 0)).isEqualTo(2f / 6);
    assertThat(JaccardKernel.similarity(x, x, 0)).isEqualTo(1f);
    assertThat(JaccardKernel.similarity(new float[3], new float[3], 0)).isEqualTo(0f);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 15, 16, 17, 63, 64, 65, 240, 400, 4097})
  void equalsItsDefinition(int size) {
    Random random = new Random(size);
    float[] x = new float[size];
    float[] y = new float[size + 3];
    for (int i = 0; i < size; i++) {
      x[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) random.nextGaussian();
    }
    for (int from = 0; from <= 3; from++) {
      double definition = JaccardKernel.definition(x, y, from);
      assertThat(JaccardKernel.similarity(x, y, from)).isCloseTo((float) definition, within(1e-5f));
    }
  }

  /** Blocks hold the same numbers, bit for bit, with and without vectors. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 15, 16, 24, 80, 240, 400})
  void blocksEqualOneByOne(int size) {
    Random random = new Random(size);
    float[][] x = new float[17][size + 3];
    float[][] y = new float[11][size];
    for (float[][] rows : List.of(x, y)) {
      for (int i = 1; i < rows.length; i++) { // the first has no scores
        for (int k = 0; k < size; k++) {
          rows[i][k] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
        }
      }
    }
    JaccardKernel.Rows columns = new JaccardKernel.Rows(y, 0, 11);
    float[][] blocks = new float[15][11];
    float[][] vectors = new float[15][11];
    JaccardKernel.similarities(new JaccardKernel.Rows(x, 0, 15), columns, blocks);
    JaccardVectors.similarities(new JaccardKernel.Rows(x, 0, 15), columns, vectors);
    for (int i = 0; i < 15; i++) {
      for (int j = 0; j < 11; j++) {
        assertThat(vectors[i][j]).isEqualTo(PlainJaccard.similarity(x[i], 0, size, y[j], 0));
      }
      assertThat(blocks[i]).containsExactly(vectors[i]);
    }
    float[][] part = new float[2][6];
    JaccardKernel.Rows some = new JaccardKernel.Rows(y, 3, 9);
    JaccardVectors.similarities(new JaccardKernel.Rows(x, 1, 3), some, part);
    assertThat(part[1]).containsExactly(Arrays.copyOfRange(vectors[2], 3, 9));
  }

  @Test
  void theFirstOfEqualOffsetsIsFound() {
    float[] x = {1, 2};
    float[] y = {0, 1, 2, 1, 2};
    assertThat(JaccardKernel.best(x, y, 1, 4)).isEqualTo(new JaccardKernel.Best(1, 1));
    assertThat(JaccardKernel.largest(x, new float[] {5, 5, 5, 5, 5}, y, 1, 4)).isEqualTo(1f);
  }
}
