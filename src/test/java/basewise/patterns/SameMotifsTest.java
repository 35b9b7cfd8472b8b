package basewise.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.motif.ProbabilityMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison of sets of patterns says what differs. */
class SameMotifsTest {
  private static SameMotifs.Motif motif(String id, int seqlets, String word) {
    double[][] rows = new double[word.length()][4];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < 4; c++) {
        rows[i][c] = "ACGT".charAt(c) == word.charAt(i) ? 0.91 : 0.03;
      }
    }
    return new SameMotifs.Motif(id, seqlets, new ProbabilityMatrix(rows));
  }

  @Test
  void whatDiffersIsSaid() {
    SameMotifs.Motif gata = motif("pos_patterns.pattern_0", 100, "CAGATAAGGC");
    SameMotifs.Motif turned = motif("pos_patterns.pattern_1", 90, "GCCTTATCTG");
    SameMotifs.Motif ets = motif("pos_patterns.pattern_1", 50, "ACCGGAAGTG");
    assertThat(SameMotifs.differences(List.of(gata), List.of(turned))).isEmpty();
    assertThat(SameMotifs.differences(List.of(gata, ets), List.of(turned)))
        .singleElement()
        .asString()
        .contains("ACCGGAAGTG 50: no partner");
    assertThat(SameMotifs.differences(List.of(gata), List.of(gata, ets)))
        .singleElement()
        .asString()
        .contains("ACCGGAAGTG 50: modisco-lite has none like it");
    assertThat(
            SameMotifs.differences(
                List.of(gata), List.of(motif("pos_patterns.pattern_0", 84, "CAGATAAGGC"))))
        .singleElement()
        .asString()
        .contains("ours has 84 seqlets");
    assertThat(
            SameMotifs.differences(
                List.of(gata), List.of(motif("neg_patterns.pattern_0", 100, "CAGATAAGGC"))))
        .hasSize(2);
  }
}
