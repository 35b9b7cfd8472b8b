package basewise.report;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.sequence.Dna;
import basewise.sequence.Strand;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreLineTest {
  /** Track 72 high, scores from -0.25 to 0.5: a unit is 96, the line at 48 below the top, 4. */
  @Test
  void lettersAreAsHighAsTheirScoresAndNegativeOnesHang() {
    ScoreLine.Track track = ScoreLine.Track.of("", new float[] {0.5f, -0.25f, 0, 0.125f});
    StringBuilder svg = new StringBuilder();
    ScoreLine line = line("ACGN", 0, 4, track, List.of());
    line.draw(svg, false);
    assertThat(svg.toString())
        .contains("class=\"A\" fill=\"#1a7f5a\" transform=\"matrix(0.13 0 0 0.48 0.5 4)\"")
        .contains("class=\"C\" fill=\"#1d5fa8\" transform=\"matrix(0.13 0 0 -0.24 14.5 76)\"")
        .contains("d=\"M0,52 H56\"")
        .doesNotContain("#base-G") // 0
        .doesNotContain("#base-N")
        .contains("<title>101 A +0.5</title>")
        .contains("<title>102 C \u22120.25</title>")
        .contains("<title>103 G 0</title>");
    assertThat(line.width()).isEqualTo(4 * 14);
  }

  @Test
  void scoresOfNothingButZeroAreALine() {
    StringBuilder svg = new StringBuilder();
    line("ACGT", 0, 4, ScoreLine.Track.of("", new float[4]), List.of()).draw(svg, true);
    assertThat(svg.toString()).doesNotContain("#base-").doesNotContain("NaN");
  }

  @Test
  void namesOfSitesThatAreCloseLieInLanes() {
    ScoreLine.Track track = ScoreLine.Track.of("", new float[40]);
    MarkedSite one = new MarkedSite(2, 9, Strand.FORWARD, "MYC", "");
    MarkedSite near = new MarkedSite(5, 12, Strand.REVERSE, "MAX", "");
    MarkedSite far = new MarkedSite(30, 38, Strand.FORWARD, "SP1", "");
    String bases = "ACGT".repeat(10);
    double alone = line(bases, 0, 40, track, List.of(one, far)).height();
    double both = line(bases, 0, 40, track, List.of(one, near, far)).height();
    double none = line(bases, 12, 30, track, List.of(one, near, far)).height();
    assertThat(both - alone).isEqualTo(alone - none).isPositive();
  }

  private static ScoreLine line(
      String bases, int from, int to, ScoreLine.Track track, List<MarkedSite> sites) {
    return new ScoreLine(Dna.encode(bases), from, to, 101, List.of(track), null, sites);
  }
}
