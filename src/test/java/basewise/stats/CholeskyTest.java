package basewise.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CholeskyTest {
  /** By hand: 4 x + 2 y = 10 and 2 x + 3 y = 9 at (1.5, 2). */
  @Test
  void solves() {
    double[] x = Cholesky.of(new double[][] {{4, 2}, {2, 3}}).solve(new double[] {10, 9});
    assertThat(x).containsExactly(new double[] {1.5, 2}, within(1e-12));
  }

  @Test
  void whatIsNotPositiveDefiniteIsRefused() {
    assertThatThrownBy(() -> Cholesky.of(new double[][] {{1, 2}, {2, 1}}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("row 1");
    // One of three equal rows, and what rounding leaves.
    assertThatThrownBy(() -> Cholesky.of(new double[][] {{0.1, 0}, {0.3, 0.9 + 1e-16}}))
        .isInstanceOf(ArithmeticException.class);
  }
}
