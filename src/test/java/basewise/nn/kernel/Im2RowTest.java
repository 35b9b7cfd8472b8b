package basewise.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.stats.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class Im2RowTest {
  @Test
  void byHand() {
    float[] x = {1, 2, 3, 4, 5};
    Im2Row w = new Im2Row(5, 1, 3, 2, 2, 2, 1);
    assertThat(w.positions()).isEqualTo(2);
    float[] rows = new float[6];
    w.gather(x, 0, rows, 0);
    assertThat(rows).containsExactly(0, 1, 3, 1, 3, 5);
    float[] back = new float[5];
    w.addBack(rows, 0, back, 0);
    assertThat(back).containsExactly(2, 0, 6, 0, 5);
  }

  @Test
  void everyWindowAndItsTranspose() {
    RandomGenerator random = Seeds.generator(6, 0);
    for (int trial = 0; trial < 300; trial++) {
      int width = 1 + random.nextInt(6);
      int dilation = 1 + random.nextInt(3);
      int length = 1 + (width - 1) * dilation + random.nextInt(9);
      Im2Row w =
          new Im2Row(
              length,
              1 + random.nextInt(20),
              width,
              1 + random.nextInt(3),
              dilation,
              random.nextInt(12),
              random.nextInt(12));
      check(w, random);
    }
  }

  private static void check(Im2Row w, RandomGenerator random) {
    float[] x = integers(w.length() * w.channels() + 3, random);
    float[] rows = new float[w.positions() * w.columns() + 2];
    w.gather(x, 3, rows, 2);
    float[] back = new float[x.length];
    float[] expected = new float[x.length];
    float[] sums = integers(rows.length, random);
    w.addBack(sums, 2, back, 3);
    for (int p = 0; p < w.positions(); p++) {
      for (int j = 0; j < w.width(); j++) {
        int from = p * w.stride() + j * w.dilation() - w.left();
        for (int c = 0; c < w.channels(); c++) {
          int at = 2 + p * w.columns() + j * w.channels() + c;
          boolean inside = from >= 0 && from < w.length();
          assertThat(rows[at]).isEqualTo(inside ? x[3 + from * w.channels() + c] : 0);
          if (inside) {
            expected[3 + from * w.channels() + c] += sums[at];
          }
        }
      }
    }
    assertThat(back).as("%s", w).isEqualTo(expected);
  }

  @Test
  void refusesWindowsLongerThanWhatThereIs() {
    assertThatThrownBy(() -> new Im2Row(3, 4, 3, 1, 2, 0, 1)).hasMessageContaining("over 3 x 4");
    assertThat(new Im2Row(3, 4, 3, 1, 2, 1, 1).positions()).isEqualTo(1);
  }

  /** Whole numbers: their sums are exact in any order. */
  private static float[] integers(int n, RandomGenerator random) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = random.nextInt(-50, 50);
    }
    return out;
  }
}
