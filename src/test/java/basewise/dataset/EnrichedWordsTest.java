package basewise.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.sequence.Dna;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnrichedWordsTest {
  private static List<byte[]> codes(String... texts) {
    return java.util.Arrays.stream(texts).map(Dna::encode).toList();
  }

  @Test
  void presenceIsCountedOncePerSequenceOnEitherStrand() {
    // AACC lies in the first on +, in the second as GGTT on -, twice in the third: three positives.
    List<EnrichedWords.Word> words =
        EnrichedWords.find(
            codes("AACC", "GGTT", "AACCAACC"), codes("TTTTTT", "ACACAC", "AACCAA"), 2, 0, true, 1);
    EnrichedWords.Word best = words.getFirst();
    assertThat(best.toString()).isEqualTo("AACC");
    assertThat(best.positives()).isEqualTo(3);
    assertThat(best.negatives()).isEqualTo(1);
    assertThat(best.z()).isCloseTo(2 / Math.sqrt(7), within(1e-12)); // (3 - 1) / sqrt(3 + 1 + 3)
  }

  @Test
  void aDyadHasAGapOfAnyLetters() {
    EnrichedWords.Word best =
        EnrichedWords.find(
                codes("CGGAAACCG", "CGGTCTCCG", "TCGGGATCCG"), codes("AAAAAAAAAA"), 3, 3, true, 1)
            .getFirst();
    assertThat(best.toString()).isEqualTo("CGGNNNCCG");
    assertThat(best.positives()).isEqualTo(3);
  }

  @Test
  void negativesAreScaledAndUnknownBasesBreakWords() {
    List<EnrichedWords.Word> words =
        EnrichedWords.find(codes("ACGTNACG", "ACGT"), codes("ACGT"), 2, 0, false, 5);
    // One negative with it counts as two: 2 - 2 is no enrichment, and nothing else is a 4-mer.
    assertThat(words).isEmpty();
  }
}
