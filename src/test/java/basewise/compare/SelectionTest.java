package basewise.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 47, 48, 49, 63, 64, 65, 4097})
  void findsWhatSortingFinds(int n) {
    SplittableRandom random = new SplittableRandom(n);
    Selection selection = new Selection(n);
    double[][] all = {
      random.doubles(n).toArray(),
      random.doubles(n).map(x -> Math.rint(x * 3)).toArray(),
      random.doubles(n).map(x -> -Math.pow(x, 40)).toArray(),
      random.doubles(n).map(x -> x < 0.5 ? -1 / 3.0 : -1 / 3.0 + 1e-15 * Math.rint(9 * x)).toArray()
    };
    for (double[] values : all) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      assertThat(Selection.smallest(values, 0, n)).isEqualTo(sorted[0]);
      assertThat(Selection.largest(values, 0, n)).isEqualTo(sorted[n - 1]);
      for (int k = 0; k < n; k += Math.max(1, n / 7)) {
        assertThat(selection.kth(values, n, k, sorted[0], sorted[n - 1])).isEqualTo(sorted[k]);
      }
    }
  }

  @Test
  void numbersThatDifferByLessThanCanBeScaled() {
    double[] values = new double[100];
    Arrays.setAll(values, i -> (i * 37 % 100) * Double.MIN_VALUE);
    assertThat(new Selection(100).kth(values, 100, 42, 0, 99 * Double.MIN_VALUE))
        .isEqualTo(42 * Double.MIN_VALUE);
  }
}
