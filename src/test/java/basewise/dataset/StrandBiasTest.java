package basewise.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrandBiasTest {
  /** {@code asRead} positives with AAGGTC, {@code turned} with GACCTT, as many without. */
  private static Dataset set(int asRead, int turned) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < asRead + turned; i++) {
      add(examples, i < asRead ? "CAAGGTCG" : "CGACCTTG", 1);
      add(examples, "CACGCGTG", 0);
    }
    return new Dataset(8, List.of("label"), examples, Map.of());
  }

  private static void add(List<Example> to, String text, float label) {
    to.add(
        new Example("s" + to.size(), null, Dna.encode(text), new float[] {label}, Part.TRAIN, -1));
  }

  @Test
  void countsSequencesOnEitherStrand() {
    // CAAGGT, AAGGTC and AGGTCG are equally enriched; the first by its letters is AAGGTC.
    assertThat(StrandBias.of(set(60, 4))).isEqualTo(new StrandBias("AAGGTC", 60, 4));
    assertThat(StrandBias.of(set(4, 60))).isEqualTo(new StrandBias("GACCTT", 60, 4));
  }

  @Test
  void aDirectionIsMoreThanChanceAndMoreThanTwice() {
    assertThat(StrandBias.of(set(60, 4)).directed()).isTrue(); // 56 / sqrt(64) = 7
    assertThat(StrandBias.of(set(20, 4)).directed()).isFalse(); // 16 / sqrt(24) = 3.3
    assertThat(StrandBias.of(set(600, 350)).directed()).isFalse(); // 8.1, but not twice
    assertThat(StrandBias.of(set(30, 30)).directed()).isFalse();
  }

  @Test
  void numbersAndSeveralTasksHaveNone() {
    Dataset one = set(60, 4);
    Dataset two =
        new Dataset(8, List.of("a", "b"), one.examples(), one.counts()); // labels are not read
    assertThat(StrandBias.of(two).directed()).isFalse();
  }
}
