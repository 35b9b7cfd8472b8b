package basewise.compare;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.motif.Motif;
import basewise.motif.ProbabilityMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TomtomTsvTest {
  private final TomtomTsv plain = new TomtomTsv(TomtomOptions.DEFAULTS, false);
  private final TomtomTsv named = new TomtomTsv(TomtomOptions.DEFAULTS, true);

  /** small.tsv was written by {@link PlainTomtom} from the same motifs: a table to keep. */
  @Test
  void aSmallTableStaysAsTheDefinitionWroteIt() throws IOException {
    List<Motif> motifs = RandomMotifs.of(8, 4, 9, 11);
    StringBuilder fast = new StringBuilder();
    named.write(Tomtom.against(motifs, TomtomOptions.DEFAULTS).compare(motifs, 1), List.of(), fast);
    PlainTomtom definition = new PlainTomtom(motifs, TomtomOptions.DEFAULTS);
    StringBuilder slow = new StringBuilder();
    named.write(motifs.stream().map(definition::compare).toList(), List.of(), slow);
    assertThat(fast.toString()).isEqualTo(slow.toString());
    try (InputStream in = TomtomTsvTest.class.getResourceAsStream("small.tsv")) {
      String kept = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(fast.toString()).isEqualTo(kept);
    }
  }

  @Test
  void columnsAreTomtomsAndANameMayFollow() {
    assertThat(plain.header())
        .isEqualTo(
            "Query_ID\tTarget_ID\tOptimal_offset\tp-value\tE-value\tq-value\tOverlap"
                + "\tQuery_consensus\tTarget_consensus\tOrientation");
    assertThat(named.header()).isEqualTo(plain.header() + "\tTarget_name");
    StringBuilder text = new StringBuilder();
    plain.write(List.of(), List.of("made by a test"), text);
    assertThat(text.toString()).isEqualTo(plain.header() + "\n\n# made by a test\n");
  }

  /**
   * Row 17 of Tomtom 5.4.0's own example (MA0552.1, 114 sites): A and G are alike, and Tomtom
   * prints G, because the float that keeps A's probability is a little less than it.
   */
  @Test
  void tiedLettersFollowTomtomsFloats() {
    double[][] p = new double[100][];
    for (int i = 0; i < p.length; i++) {
      double x = (300 + i) / 1000.0;
      p[i] = new double[] {x, (1 - 2 * x) / 2, x, (1 - 2 * x) / 2};
    }
    String letters = plain.consensus(Motif.of("ties", "", new ProbabilityMatrix(p)));
    double[][] smoothed =
        Smoothing.columns(Motif.of("t", "", new ProbabilityMatrix(p)), plain.options());
    for (int i = 0; i < p.length; i++) {
      boolean less = (float) smoothed[i][0] < smoothed[i][2];
      assertThat(letters.charAt(i)).isEqualTo(less ? 'G' : 'A');
    }
    assertThat(letters).contains("A").contains("G");
  }
}
