package basewise.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSortTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99, 100, 101, 5000})
  void isJavas(int n) {
    Random random = new Random(n);
    double[] any = random.doubles(n, -1e6, 1e6).toArray();
    for (int i = 0; i < n; i += 7) {
      any[i] = new double[] {0, -0.0, 1, -1, Double.MAX_VALUE, -1e-310}[random.nextInt(6)];
    }
    double[] sorted = any.clone();
    Arrays.sort(sorted);
    ByteSort.sort(any);
    assertThat(any).containsExactly(sorted);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 100, 257, 4000})
  void ofUpperHalvesFirstsStayFirst(int n) {
    Random random = new Random(n);
    long[] numbers = new long[n + 5];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (long) (random.nextInt(200) - 100) << 32 + random.nextInt(2) * 20 | i;
    }
    long[] sorted = numbers.clone();
    Arrays.sort(sorted, 0, n);
    ByteSort.sortByUpperHalves(numbers, n);
    assertThat(numbers).containsExactly(sorted);
  }
}
