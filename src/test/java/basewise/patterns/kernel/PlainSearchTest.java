package basewise.patterns.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain loops find what vectors find, bit for bit. */
class PlainSearchTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 23, 24, 25, 63, 64, 65, 240, 320, 400, 4097})
  void similaritiesAreThoseOfVectors(int size) {
    Random random = new Random(size);
    float[] x = new float[size + 2];
    float[] y = new float[size + 3];
    for (int i = 0; i < size; i++) {
      x[2 + i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
      y[3 + i] = (float) random.nextGaussian();
    }
    for (int from = 0; from <= 3; from++) {
      assertThat(PlainJaccard.similarity(x, 2, size, y, from))
          .isEqualTo(JaccardKernel.similarity(x, 2, size, y, from));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "3, 1", "20, 6", "40, 12", "33, 16"})
  void findsTheLargest(int length, int pad) {
    Random random = new Random(length);
    int count = 7;
    float[][] profiles = new float[count][8 * length];
    PlainSearch both = new PlainSearch(count, length, pad, true);
    PlainSearch one = new PlainSearch(count, length, pad, false);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < length && i > 0; p++) { // the first has no scores
        int code = random.nextInt(5);
        for (int c = 0; c < 4; c++) {
          float score = (float) ((random.nextDouble() - 0.5) / length / 2);
          profiles[i][8 * p + c] = score;
          profiles[i][8 * p + 4 + c] = c == code ? score : 0;
        }
      }
      both.set(i, profiles[i]);
      one.set(i, profiles[i]);
    }
    float[][] largest = new float[count][count];
    float[][] forward = new float[count][count];
    for (int i = 0; i < count; i++) {
      for (int j = i; j < count; j++) {
        both.worker().compare(i, j, largest);
        one.worker().compare(i, j, forward);
      }
    }
    PlainSearch children = new PlainSearch(count, length, pad, true);
    for (int i = 0; i < count; i++) {
      children.setChild(i, profiles[i]);
    }
    int[] some = {3, 0, 6};
    for (int i = 0; i < count; i++) {
      float[] row = new float[some.length];
      children.worker().row(i, some, row);
      assertThat(row).containsExactly(largest[i][3], largest[i][0], largest[i][6]);
    }
    for (int i = 0; i < count; i++) {
      float[] parent = new float[8 * (length + 2 * pad)];
      float[] turned = new float[parent.length];
      for (int k = 0; k < 8 * length; k++) {
        int last = length + 2 * pad - 1;
        int p = pad + k / 8;
        parent[8 * p + k % 8] = profiles[i][k];
        turned[8 * (last - p) + (k % 8 < 4 ? 3 - k % 8 : 11 - k % 8)] = profiles[i][k];
      }
      for (int j = 0; j < count; j++) {
        float straight = -1;
        float crossed = -1;
        for (int o = 0; o <= 2 * pad; o++) {
          float there = JaccardKernel.similarity(profiles[j], 0, 8 * length, parent, 8 * o);
          float back = JaccardKernel.similarity(profiles[j], 0, 8 * length, turned, 8 * o);
          straight = Math.max(straight, there);
          crossed = Math.max(crossed, back);
        }
        assertThat(forward[i][j]).isEqualTo(straight);
        assertThat(largest[i][j]).isEqualTo(Math.max(straight, crossed));
      }
    }
  }

  /** A parent is an average, longer than its child, and the same word twice is two offsets. */
  @ParameterizedTest
  @CsvSource({"1, 1, 0", "4, 9, 2", "30, 30, 9", "40, 61, 12", "21, 90, 21"})
  void alignsAsVectorsDo(int length, int positions, int pad) {
    Random random = new Random(positions);
    float[] wide = new float[8 * (positions + 2 * pad)];
    for (int k = 8 * pad; k < 8 * (positions + pad); k++) {
      wide[k] = (float) ((random.nextDouble() - 0.5) / positions / 2);
    }
    for (int trial = 0; trial < 30; trial++) {
      float[] child = new float[8 * length];
      float[] turned = new float[8 * length];
      for (int p = 0; p < length; p++) {
        int code = random.nextInt(5);
        for (int c = 0; c < 4; c++) {
          float score = (float) ((random.nextDouble() - 0.5) / length / 2);
          child[8 * p + c] = score;
          child[8 * p + 4 + c] = c == code ? score : 0;
        }
      }
      for (int k = 0; k < child.length; k++) {
        turned[8 * (length - 1 - k / 8) + (k % 8 < 4 ? 3 - k % 8 : 11 - k % 8)] = child[k];
      }
      if (trial > 20) {
        System.arraycopy(child, 0, wide, 0, child.length);
        System.arraycopy(
            trial % 2 == 0 ? child : turned, 0, wide, wide.length - child.length, child.length);
      }
      assertThat(JaccardAlignment.plainly(wide, child, turned))
          .isEqualTo(JaccardAlignment.byVectors(wide, child, turned));
      assertThat(JaccardAlignment.plainly(wide, child, null))
          .isEqualTo(JaccardAlignment.byVectors(wide, child, null));
    }
  }
}
