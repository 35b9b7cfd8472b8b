package basewise.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.nn.kernel.Workers;
import basewise.patterns.kernel.JaccardKernel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestProfilesTest {
  /** The same as all pairs, compared one by one and sorted: by definition. */
  @ParameterizedTest
  @CsvSource({"520, 30, 20", "777, 50, 152", "1030, 21, 1"})
  void theMostAlikeOfAll(int n, int length, int k) {
    float[][] profiles = profiles(n, length);
    assertThat(NearestProfiles.suits(profiles, k)).isTrue();
    Neighbours found;
    try (Workers workers = Workers.of(2)) {
      found = NearestProfiles.of(profiles, k, workers);
    }
    long[] packed = new long[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        packed[j] = Selection.pack(JaccardKernel.similarity(profiles[i], profiles[j], 0), j);
      }
      Arrays.sort(packed);
      for (int j = 0; j < k; j++) {
        assertThat(found.index()[i][j]).isEqualTo(Selection.index(packed[n - 1 - j]));
        assertThat(found.similarity()[i][j]).isEqualTo(Selection.value(packed[n - 1 - j]));
      }
    }
  }

  /** A motif, more of it in some than in others; some twice, some upside down, and two without. */
  private static float[][] profiles(int n, int length) {
    Random random = new Random(n);
    double[][] motif = new double[length][4];
    for (double[] position : motif) {
      Arrays.setAll(position, c -> random.nextGaussian());
    }
    float[][] out = new float[n][];
    for (int i = 0; i < n; i++) {
      double[] hypothetical = new double[4 * length];
      double[] contributions = new double[hypothetical.length];
      double noise = random.nextDouble(2);
      for (int p = 0; p < length && i > 1; p++) {
        for (int c = 0; c < 4; c++) {
          hypothetical[4 * p + c] = motif[p][c] + noise * random.nextGaussian();
        }
        int base = 4 * p + random.nextInt(4);
        contributions[base] = hypothetical[base];
      }
      out[i] = i % 10 == 9 ? out[i - 5].clone() : Profile.of(hypothetical, contributions);
      for (int e = 0; i % 10 == 7 && e < out[i].length; e++) {
        out[i][e] = -out[i][e];
      }
    }
    return out;
  }
}
