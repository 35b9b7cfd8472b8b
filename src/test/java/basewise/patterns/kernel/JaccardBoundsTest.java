package basewise.patterns.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JaccardBoundsTest {
  /** Never below what the definition says, and not far above it, however few or many rows. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 33, 600})
  void areAboveAndNear(int n) {
    Random random = new Random(n);
    float[][] profiles = new float[n][];
    for (int i = 0; i < n; i++) {
      profiles[i] = i == 3 ? new float[240] : profile(random, i % 5 == 4 ? 1e-3f : 1);
    }
    JaccardBounds bounds = new JaccardBounds(profiles);
    float[][] most = new float[8][bounds.room()];
    double above = 0;
    for (int from = 0; from < n; from += 8) {
      bounds.of(from, most);
      for (int i = from; i < Math.min(n, from + 8); i++) {
        for (int j = 0; j < n; j++) {
          double alike = JaccardKernel.definition(profiles[i], profiles[j], 0);
          assertThat((double) most[i - from][j]).isGreaterThanOrEqualTo(alike);
          if (i != 3 && j != 3 && i % 5 != 4 && j % 5 != 4) {
            above = Math.max(above, most[i - from][j] - alike);
          }
        }
      }
    }
    assertThat(above).isLessThan(0.12);
  }

  /** As seqlets have them: contributions of a base that are mostly above 0. */
  private static float[] profile(Random random, float scale) {
    float[] out = new float[240];
    for (int p = 0; p < out.length; p += 8) {
      int base = random.nextInt(4);
      for (int c = 0; c < 4; c++) {
        float score = scale * (c == base ? random.nextFloat() : -random.nextFloat()) / 60;
        out[p + c] = score;
        out[p + 4 + c] = c == base ? score : 0;
      }
    }
    return out;
  }
}
