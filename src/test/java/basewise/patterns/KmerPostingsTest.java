package basewise.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.patterns.kernel.DenseColumns;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KmerPostingsTest {
  /** Products by their definition; some k-mers are in half of the rows, most in few. */
  @ParameterizedTest
  @CsvSource({"1, 1", "20, 3", "150, 64", "400, 64", "8200, 5"})
  void productsAreThoseOfTheVectors(int n, int some) {
    GappedKmers.Vector[] vectors = random(n);
    KmerPostings.Builder builder = new KmerPostings.Builder(n, false);
    for (GappedKmers.Vector vector : vectors) {
      builder.add(vector);
    }
    KmerPostings postings = builder.build();
    for (int from : new int[] {0, n / 3, n - 1}) {
      for (int i = from; i < Math.min(n, from + some); i++) {
        for (boolean turn : new boolean[] {false, true}) {
          GappedKmers.Vector mine = turn ? turned(vectors[i]) : vectors[i];
          KmerPostings.Side side = postings.new Side();
          side.take(i, turn);
          for (int block = postings.blocks() - 1; block >= i / KmerPostings.BLOCK; block--) {
            int begin = block * KmerPostings.BLOCK;
            int end = Math.min(n, begin + KmerPostings.BLOCK);
            float[] products = side.lists(block, Math.max(begin, i));
            for (int tile = 0; tile * DenseColumns.TILE < end - begin; tile++) {
              side.columns(block, tile);
            }
            for (int j = Math.max(begin, i); j < end; j++) {
              assertThat((double) products[j - begin])
                  .isCloseTo(product(mine, vectors[j]), within(1e-4));
            }
          }
        }
      }
    }
  }

  /**
   * Where both strands are the same, each seqlet is taken on either: the larger product is kept.
   */
  @Test
  void theLargerProductOfBothStrandsIsTheSameHoweverSeqletsAreTurned() {
    int n = 300;
    GappedKmers.Vector[] vectors = random(n);
    KmerPostings.Builder builder = new KmerPostings.Builder(n, true);
    for (int i = 0; i < n; i++) {
      vectors[i] = i % 3 == 0 ? turned(vectors[i]) : vectors[i];
      builder.add(vectors[i]);
    }
    KmerPostings postings = builder.build();
    for (int i = 0; i < n; i += 7) {
      KmerPostings.Side one = postings.new Side();
      KmerPostings.Side other = postings.new Side();
      one.take(i, false);
      other.take(i, true);
      float[] products = one.lists(0, i);
      other.lists(0, i);
      for (int tile = 0; tile * DenseColumns.TILE < n; tile++) {
        one.columns(0, tile);
        other.columns(0, tile);
      }
      other.raise(products, i, n);
      for (int j = i; j < n; j++) {
        double expected =
            Math.max(product(vectors[i], vectors[j]), product(turned(vectors[i]), vectors[j]));
        assertThat((double) products[j]).isCloseTo(expected, within(1e-4));
      }
    }
  }

  private static GappedKmers.Vector[] random(int n) {
    Random random = new Random(n);
    GappedKmers.Vector[] vectors = new GappedKmers.Vector[n];
    for (int i = 0; i < n; i++) {
      // Letters 1 to 4 and gaps: of 2 x 4^3 many, and of 4^5 others.
      long[] keys =
          LongStream.concat(
                  LongStream.range(0, 64).filter(k -> random.nextInt(k <= 5 ? 2 : 6) == 0),
                  LongStream.range(64, 1024).filter(k -> random.nextInt(40) == 0))
              .map(k -> key(k, k < 64 ? 3 : 5))
              .sorted()
              .toArray();
      float[] weights = new float[keys.length];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = (float) random.nextGaussian();
      }
      vectors[i] = new GappedKmers.Vector(keys, weights);
    }
    return vectors;
  }

  /** The k-th of all words of a length; 3 bits a letter. */
  private static long key(long k, int letters) {
    long out = 0;
    for (int i = 0; i < letters; i++) {
      out = out << 3 | (k >> 2 * i & 3) + 1;
    }
    return out;
  }

  /** What the same seqlet has on the other strand, sorted. */
  private static GappedKmers.Vector turned(GappedKmers.Vector v) {
    long[] keys = LongStream.of(v.keys()).map(GappedKmers::turned).sorted().toArray();
    float[] weights = new float[keys.length];
    for (int k = 0; k < keys.length; k++) {
      weights[Arrays.binarySearch(keys, GappedKmers.turned(v.keys()[k]))] = v.weights()[k];
    }
    return new GappedKmers.Vector(keys, weights);
  }

  /** A, gap, C, G: on the other strand C, G, gap, T. */
  @Test
  void kmersTurnAsTheirSequence() {
    assertThat(GappedKmers.turned(1 | 2 << 6 | 3 << 9)).isEqualTo(2 | 3 << 3 | 4 << 9);
    Random random = new Random(9);
    for (int length = 1; length <= 15; length++) {
      for (int repeat = 0; repeat < 40; repeat++) {
        long key = 0;
        long turned = 0;
        for (int i = 0; i < length; i++) {
          boolean end = i == 0 || i == length - 1;
          int letter = end ? 1 + random.nextInt(4) : random.nextInt(5);
          key |= (long) letter << 3 * i;
          turned |= (letter == 0 ? 0L : 5 - letter) << 3 * (length - 1 - i);
        }
        assertThat(GappedKmers.turned(key)).isEqualTo(turned);
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
        for (int i = 0; i < kept; i++) {
          assertThat(best.index(i)).isEqualTo(Selection.index(packed[n - 1 - i]));
          assertThat(best.value(i)).isEqualTo(values[best.index(i)]);
        }
      }
    }
  }

  /** Among many equal numbers too; against a sort. */
  @Test
  void theLeastOfTheLargestIsTheLastOfThem() {
    Random random = new Random(6);
    for (int n : new int[] {1, 2, 3, 10, 1000}) {
      for (int different : new int[] {1, 2, 40, 1 << 20}) {
        long[] numbers = random.longs(n, -different, different).toArray();
        long[] sorted = numbers.clone();
        Arrays.sort(sorted);
        for (int k = 0; k <= n; k += Math.max(1, n / 9)) {
          long[] mine = numbers.clone();
          Selection.front(mine, n, k);
          if (k > 0) {
            assertThat(mine[k - 1]).isEqualTo(sorted[n - k]);
          }
          Arrays.sort(mine, 0, k);
          assertThat(Arrays.copyOf(mine, k)).containsExactly(Arrays.copyOfRange(sorted, n - k, n));
        }
      }
    }
  }

  /** The same, offered to one row and to all, against a sort of all. */
  @Test
  void rowsKeepTheLargestOfWhatIsOfferedToOneAndToAll() {
    Random random = new Random(8);
    int n = 700;
    int k = 90;
    float[][] symmetric = new float[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        symmetric[i][j] = random.nextInt(300);
        symmetric[j][i] = symmetric[i][j];
      }
    }
    NearestRows rows = new NearestRows(n, k);
    for (int from : new int[] {350, 0}) { // two batches, the other half of columns first
      for (int cut = 350; cut >= from; cut -= 350) {
        float[][] batch = new float[350][];
        for (int i = 0; i < 350; i++) {
          batch[i] =
              Arrays.copyOfRange(symmetric[from + i], cut - 1 + (cut == 0 ? 1 : 0), cut + 350);
          int own = Math.max(cut, from + i);
          rows.toOne(from + i, batch[i], own - cut + (cut == 0 ? 0 : 1), own, cut + 350);
        }
        rows.toAll(batch, 350, cut == 0 ? 0 : 1, from, cut, cut + 350);
      }
    }
    for (int i = 0; i < n; i++) {
      float[] values = symmetric[i];
      long[] sorted =
          IntStream.range(0, n).mapToLong(j -> -Selection.pack(values[j], j)).sorted().toArray();
      assertThat(rows.take(i))
          .containsExactly(LongStream.of(sorted).limit(k).map(x -> -x).toArray());
    }
  }
}
