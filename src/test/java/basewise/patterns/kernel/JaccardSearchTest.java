package basewise.patterns.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer is the one of the kernel that tries everything. */
class JaccardSearchTest {
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "7, 3", "16, 5", "30, 9", "31, 20", "65, 33"})
  void equalsTheLargestOfAll(int length, int pad) {
    Random random = new Random(length);
    int count = 20;
    float[][] profiles = new float[count][8 * length];
    SearchProfiles all = new SearchProfiles(count, length, pad);
    for (int i = 0; i < count; i++) {
      fill(random, profiles[i], length, i);
      if (i == 5 && pad > 0) { // the same as another, a position further
        Arrays.fill(profiles[5], 0, 8, 0);
        System.arraycopy(profiles[4], 0, profiles[5], 8, 8 * (length - 1));
      }
      all.set(i, profiles[i]);
    }
    JaccardSearch search = new JaccardSearch(all, true);
    JaccardSearch oneStrand = new JaccardSearch(all, false);
    for (int parent = 0; parent < count; parent++) {
      float[] y = new float[8 * (length + 2 * pad)];
      System.arraycopy(profiles[parent], 0, y, 8 * pad, 8 * length);
      float[] turned = new float[y.length];
      for (int i = 0; i < y.length; i++) {
        int c = i % 8;
        turned[y.length - 8 - i / 8 * 8 + (c < 4 ? 3 - c : 11 - c)] = y[i];
      }
      search.parent(parent);
      oneStrand.parent(parent);
      for (int child = 0; child < count; child++) {
        float[] x = profiles[child];
        assertThat(search.largest(child))
            .isEqualTo(JaccardKernel.largest(x, y, turned, 8, 2 * pad + 1));
        assertThat(oneStrand.largest(child))
            .isEqualTo(JaccardKernel.best(x, y, 8, 2 * pad + 1).score());
      }
    }
  }

  /** Random scores, some without signs, some of nothing; the base's in the last four; scaled. */
  private static void fill(Random random, float[] out, int length, int kind) {
    for (int p = 0; p < length; p++) {
      int base = random.nextInt(5);
      double scale = Math.pow(10, -3 * random.nextDouble());
      for (int c = 0; c < 4; c++) {
        double x = kind == 7 ? 0 : scale * random.nextGaussian();
        float score = (float) (kind % 3 == 0 ? Math.abs(x) : x);
        out[8 * p + c] = score;
        out[8 * p + 4 + c] = c == base ? score : 0;
      }
    }
    for (int half = 0; half < 8; half += 4) {
      double sum = 0;
      for (int i = 0; i < 4 * length; i++) {
        sum += Math.abs(out[i / 4 * 8 + half + i % 4]);
      }
      for (int i = 0; i < 4 * length && sum > 0; i++) {
        out[i / 4 * 8 + half + i % 4] /= (float) sum;
      }
    }
  }

  /** Sums of 16 bits hold no more. */
  @Test
  void profilesThatAreNotScaledAreRefused() {
    SearchProfiles profiles = new SearchProfiles(1, 1, 0);
    assertThatThrownBy(() -> profiles.set(0, new float[] {1, 1, 0, 0, 1, 0, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class);
    profiles.set(0, new float[] {0.5f, 0, -0.5f, 0, 1, 0, 0, 0});
    JaccardSearch search = new JaccardSearch(profiles, true);
    search.parent(0);
    assertThat(search.largest(0)).isEqualTo(1f);
  }
}
