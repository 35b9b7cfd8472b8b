package basewise.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KmerPostingsTest {
  /** Products by their definition; some k-mers are in half of the rows, most in few. */
  @ParameterizedTest
  @ValueSource(ints = {1, 20, 150, 400})
  void productsAreThoseOfTheVectors(int n) {
    Random random = new Random(n);
    GappedKmers.Vector[] vectors = new GappedKmers.Vector[2 * n];
    for (int i = 0; i < 2 * n; i++) {
      long[] keys =
          LongStream.rangeClosed(1, 400)
              .filter(k -> random.nextInt(k <= 5 ? 2 : k <= 30 ? 6 : 40) == 0)
              .toArray();
      float[] weights = new float[keys.length];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = (float) random.nextGaussian();
      }
      vectors[i] = new GappedKmers.Vector(keys, weights);
    }
    KmerPostings postings = KmerPostings.of(vectors, n);
    int from = n / 3;
    float[][] products = new float[n - from][postings.room()];
    Arrays.fill(products[0], 7);
    postings.multiply(from, n, products);
    for (int i = from; i < n; i++) {
      for (int j = 0; j < 2 * n; j++) {
        assertThat((double) products[i - from][j])
            .isCloseTo(product(vectors[i], vectors[j]), within(1e-4));
      }
    }
  }

  private static double product(GappedKmers.Vector a, GappedKmers.Vector b) {
    double sum = 0;
    for (int k = 0; k < a.keys().length; k++) {
      int at = Arrays.binarySearch(b.keys(), a.keys()[k]);
      sum += at < 0 ? 0 : (double) a.weights()[k] * b.weights()[at];
    }
    return sum;
  }

  /** The same are kept in whatever order they come: against a sort of all. */
  @Test
  void theLargestAreKeptInWhateverOrderTheyCome() {
    Random random = new Random(4);
    for (int n : new int[] {1, 5, 100, 3000}) {
      for (int k : new int[] {1, 4, 200}) {
        long[] packed = new long[n];
        TopK best = new TopK(k);
        int step = n == 1 ? 1 : 7; // has no common divisor with n
        best.offer(1000, 0);
        best.clear();
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
          values[i] = random.nextInt(n) - n / 2;
          packed[i] = Selection.pack(values[i], i);
        }
        for (int i = 0; i < n; i++) {
          int at = (int) ((long) i * step % n);
          best.offer(values[at], at);
        }
        Arrays.sort(packed);
        int kept = best.sort();
        assertThat(kept).isEqualTo(Math.min(k, n));
        assertThat(best.indices()).hasSize(kept);
        for (int i = 0; i < kept; i++) {
          assertThat(best.indices()[i]).isEqualTo(Selection.index(packed[n - 1 - i]));
          assertThat(best.values()[i]).isEqualTo(values[best.index(i)]);
        }
      }
    }
  }
}
