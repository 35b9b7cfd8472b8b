package basewise.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Codes of letters, which are read eight at a time where only A, C, G, T and N stand. */
class DnaTest {
  /** By hand: A 0, C 1, G 2, T and U 3, all others of IUPAC and gaps 4. */
  private static final String KNOWN = "ACGTUNRYSWKMBDHVX-.*acgtunryswkmbdhvx";

  private static final int[] CODES = {
    0, 1, 2, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 0, 1, 2, 3, 3, 4, 4, 4, 4, 4, 4, 4,
    4, 4, 4, 4, 4
  };

  @Test
  void everyLetterInEveryPlaceOfAWord() {
    for (char letter = 0; letter < 300; letter++) {
      for (int at = 0; at < 19; at++) {
        String text =
            new StringBuilder("ACGTNacgtnGATTACAnA").replace(at, at + 1, "" + letter) + "";
        int known = KNOWN.indexOf(letter);
        if (known < 0) {
          assertThatThrownBy(() -> Dna.encode(text))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("not DNA: '%c' at %d", letter, at);
        } else {
          byte[] expected = {0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 2, 0, 3, 3, 0, 1, 0, 4, 0};
          expected[at] = (byte) CODES[known];
          assertThat(Dna.encode(text)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void anyLength() {
    assertThat(Dna.encode("")).isEmpty();
    for (int n = 0; n < 26; n++) {
      byte[] expected = new byte[n];
      for (int i = 0; i < n; i++) {
        expected[i] = (byte) (i % 5);
      }
      assertThat(Dna.encode("ACGTN".repeat(6).substring(0, n))).isEqualTo(expected);
    }
  }
}
