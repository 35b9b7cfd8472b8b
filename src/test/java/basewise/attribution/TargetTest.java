package basewise.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
  /** Names may hold the signs of sums; the longest name that makes sense of the rest is meant. */
  private static final List<String> TASKS = List.of("a", "b", "a-b", "HNF4A+/-", "2*a");

  @ParameterizedTest
  @CsvSource({
    "a, 1 0 0 0 0",
    "b - a, -1 1 0 0 0",
    "a-b, 0 0 1 0 0",
    "a - b, 1 -1 0 0 0",
    "0.5*a+0.5*b, 0.5 0.5 0 0 0",
    "2*a, 0 0 0 0 1",
    "2 * a - b, 2 -1 0 0 0",
    "1e-1*a-.25*b, 0.1 -0.25 0 0 0",
    "HNF4A+/--a, -1 0 0 1 0",
    "a+a, 2 0 0 0 0",
    "a-b-a-b, 0 0 0 0 0"
  })
  void sums(String text, String weights) {
    if (weights.equals("0 0 0 0 0")) {
      assertThatThrownBy(() -> Target.parse(text, TASKS))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is always 0");
      return;
    }
    double[] expected =
        List.of(weights.split(" ")).stream().mapToDouble(Double::parseDouble).toArray();
    Target target = Target.parse(text, TASKS);
    assertThat(target.weights(5)).containsExactly(expected);
    assertThat(target.value(new double[] {1, 10, 100, 1000, 10000}))
        .isEqualTo(
            expected[0]
                + 10 * expected[1]
                + 100 * expected[2]
                + 1000 * expected[3]
                + 10000 * expected[4]);
  }

  @ParameterizedTest
  @CsvSource({"c", "''", "a-", "a-c", "0.5*", "*a", "a b", "-a"})
  void whatDoesNotExistIsRefused(String text) {
    assertThatThrownBy(() -> Target.parse(text, TASKS))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--target: the model has no output '" + text + "'")
        .hasMessageContaining("it has a, b, a-b");
  }

  @Test
  void anOutputBeyondTheLastIsRefused() {
    assertThatThrownBy(() -> Target.of(2).weights(2)).isInstanceOf(IllegalArgumentException.class);
  }
}
