package basewise.patterns.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer is the one of the kernel that tries everything. */
class JaccardSearchTest {
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "7, 3", "16, 5", "30, 9", "31, 20", "65, 33"})
  void equalsTheLargestOfAll(int length, int pad) {
    Random random = new Random(length);
    JaccardSearch search = new JaccardSearch(length, pad, true);
    JaccardSearch oneStrand = new JaccardSearch(length, pad, false);
    for (int parent = 0; parent < 20; parent++) {
      float[] y = new float[8 * (length + 2 * pad)];
      fill(random, y, 8 * pad, length, parent);
      search.parent(y);
      oneStrand.parent(y);
      for (int child = 0; child < 20; child++) {
        float[] x = new float[8 * length];
        if (child == 0) {
          System.arraycopy(y, 8 * random.nextInt(2 * pad + 1), x, 0, x.length);
        } else {
          fill(random, x, 0, length, child);
        }
        float[] turned = new float[x.length];
        for (int i = 0; i < x.length; i++) {
          int c = i % 8;
          turned[8 * (length - 1 - i / 8) + (c < 4 ? 3 - c : 11 - c)] = x[i];
        }
        float expected = JaccardKernel.largest(x, turned, y, 8, 2 * pad + 1);
        JaccardSearch.Child both = new JaccardSearch.Child(x, turned);
        assertThat(search.largest(both)).isEqualTo(expected);
        assertThat(oneStrand.largest(both))
            .isEqualTo(JaccardKernel.best(x, y, 8, 2 * pad + 1).score());
      }
    }
  }

  /** Random scores, some without signs, some of nothing; the base's in the last four. */
  private static void fill(Random random, float[] out, int from, int length, int kind) {
    for (int p = 0; p < length; p++) {
      int base = random.nextInt(5);
      double scale = Math.pow(10, -3 * random.nextDouble());
      for (int c = 0; c < 4; c++) {
        double x = kind == 7 ? 0 : scale * random.nextGaussian();
        float score = (float) (kind % 3 == 0 ? Math.abs(x) : x);
        out[from + 8 * p + c] = score;
        out[from + 8 * p + 4 + c] = c == base ? score * 1.3f : 0;
      }
    }
  }
}
