package basewise.motif.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
  /** Java's own parser is the definition, to the last bit. */
  @Test
  void plainDecimalsAreWhatJavaMakesOfThem() {
    Random random = new Random(1);
    for (int trial = 0; trial < 20_000; trial++) {
      String[] words = new String[4];
      for (int i = 0; i < 4; i++) {
        int decimals = random.nextInt(14);
        words[i] = String.format(Locale.ROOT, "%." + decimals + "f", random.nextDouble());
      }
      words[3] = Long.toString(random.nextLong(1_000_000_000_000_000L));
      double[] row = Lines.decimals("\t" + String.join(trial % 2 == 0 ? " " : " \t ", words), 4);
      assertThat(row).containsExactly(Lines.numbers(words, 0, 4));
    }
    assertThat(Lines.decimals(".5 1. 0.25 7 ", 4)).containsExactly(.5, 1, .25, 7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1 2 3",
        "1 2 3 4 5",
        "1 2 3 x",
        "1 2 3 1e3",
        "-1 2 3 4",
        "1 2 3 .",
        "1..2 2 3 4",
        "1 2 3 0.1234567890123456",
        "1,2 3 4 5",
        "1 2 3 4d",
        "URL 1 2 3"
      })
  void allElseIsLeftToWords(String line) {
    assertThat(Lines.decimals(line, 4)).isNull();
  }
}
