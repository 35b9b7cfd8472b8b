package basewise.motif.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.motif.Motif;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One small file of each format and dialect, written by hand so that nearly all of them hold the
 * same motif: (1/2 1/4 1/8 1/8), (0 1 0 0), of 8 sites where the format can say so.
 */
class FormatFixturesTest {
  private static final String FOLDER = "src/test/resources/motifs/";

  private static MotifCollection file(String name) {
    return MotifFile.readCollection(FOLDER + name);
  }

  @ParameterizedTest
  @CsvSource({
    "minimal.meme,       MEME,      2, one,       first,    -1, 1e-12",
    "minimal.meme.gz,    MEME,      2, one,       first,    -1, 1e-12",
    "meme.xml,           MEME_XML,  1, one,       MEME-1,    8, 1e-12",
    "streme.xml,         MEME_XML,  1, 1-AC,      STREME-1,  8, 1e-12",
    "dreme.xml,          MEME_XML,  1, AC,        DREME-1,   8, 1e-12",
    "bracketed.jaspar,   JASPAR,    2, one,       first,     8, 1e-12",
    "bare.jaspar,        JASPAR,    2, one,       first,     8, 1e-12",
    "jaspar.transfac,    TRANSFAC,  1, one,       first,     8, 1e-12",
    "rsat.transfac,      TRANSFAC,  1, A_1,       first,     8, 1e-12",
    "one.motif,          HOMER,     1, one(Fam)/Cell/Homer, one, -1, 4e-3",
    "cisbp.txt,          CISBP,     1, one,       first,    -1, 1e-12",
    "uniprobe.txt,       UNIPROBE,  1, one,       '',       -1, 1e-12",
    "uniprobe-full.txt,  UNIPROBE,  1, 1_AC,      AC,       -1, 1e-12",
    "cluster-buster.txt, GIMME,     2, one,       '',        8, 1e-12",
    "gimme.pfm,          GIMME,     1, one,       '',       -1, 1e-12",
    "encode.txt,         ENCODE,    1, one, from a cell line, -1, 1e-12",
    "one.xms,            XMS,       1, one,       '',       -1, 1e-12",
  })
  void theSameMotifInEveryFormat(
      String file, MotifFormat format, int n, String id, String name, int sites, double within) {
    MotifCollection c = file(file);
    assertThat(c.format()).isEqualTo(format);
    assertThat(c.motifs()).hasSize(n);
    Motif m = c.motifs().get(0);
    assertThat(m.id()).isEqualTo(id);
    assertThat(m.name()).isEqualTo(name);
    assertThat(m.sites().orElse(-1)).isEqualTo(sites);
    assertThat(m.width()).isEqualTo(2);
    double[][] p = m.probabilities().toArray();
    assertThat(p[0]).containsExactly(new double[] {.5, .25, .125, .125}, within(within));
    assertThat(p[1]).containsExactly(new double[] {0, 1, 0, 0}, within(within));
  }

  @Test
  void sitesAreTheCapitals() {
    // capitals: AC, AC, AC, TC
    MotifCollection c = file("one.sites");
    assertThat(c.format()).isEqualTo(MotifFormat.SITES);
    Motif m = c.motifs().get(0);
    assertThat(m.id()).isEqualTo("one");
    assertThat(m.name()).isEqualTo("first");
    assertThat(m.counts().toArray()).isDeepEqualTo(new double[][] {{3, 0, 0, 1}, {0, 4, 0, 0}});
  }

  @Test
  void alignAceCountsItsSitesAndNotesItsColumns() {
    // ACA and TCA; GG
    List<Motif> m = file("alignace.out").motifs();
    assertThat(m).extracting(Motif::id).containsExactly("motif_1", "motif_2");
    assertThat(m.get(0).counts().toArray())
        .isDeepEqualTo(new double[][] {{1, 0, 0, 1}, {0, 2, 0, 0}, {2, 0, 0, 0}});
    assertThat(m.get(0).notes()).containsEntry("columns", "*-*").containsEntry("map_score", "5.5");
  }

  @Test
  void columnsInAnotherOrderAndRowsOfZeros() {
    // columns A T G C: the first row is A 4, T 1, G 1, C 2
    List<Motif> m = file("prodoric.transfac").motifs();
    assertThat(m.get(0).counts().toArray())
        .isDeepEqualTo(new double[][] {{4, 2, 1, 1}, {0, 0, 0, 0}, {0, 8, 0, 0}});
    assertThat(m.get(0).probabilities().toArray()[1]).containsExactly(.25, .25, .25, .25);
    assertThat(m.get(1).sites()).isEmpty();
  }

  @Test
  void logOddsOfTwoBecomeProbabilities() {
    // 2^(1, 0, -1, -1) / 4
    Motif m = file("log2.pwm").motifs().get(0);
    assertThat(m.probabilities().toArray()[1])
        .containsExactly(new double[] {.5, .25, .125, .125}, within(1e-12));
    assertThat(m.notes()).containsEntry("made_from", "log2-odds");
  }

  @Test
  void whatElseAMotifSaysIsKept() {
    assertThat(file("jaspar.transfac").motifs().get(0).notes())
        .containsEntry("taxon", "vertebrates")
        .containsEntry("family", "Some family")
        .containsEntry("class", "A class");
    assertThat(file("meme.xml").motifs().get(0).evalue()).hasValue(1.5e-4);
    assertThat(file("streme.xml").motifs().get(0).evalue()).hasValue(1.5e-4);
    assertThat(file("meme.xml").background().toArray()).containsExactly(.3, .2, .2, .3);
    assertThat(file("streme.xml").background().toArray()).containsExactly(.3, .2, .2, .3);
    assertThat(file("dreme.xml").background().toArray()).containsExactly(.3, .2, .2, .3);
    Motif two = file("minimal.meme").motifs().get(1);
    assertThat(two.probabilities().toArray()[0]).containsExactly(.25, .25, .5, 0);
    assertThat(two.sites()).hasValue(12);
    assertThat(two.notes())
        .containsEntry("pvalue", "0.01")
        .containsEntry("url", "http://example.org/two");
    assertThat(file("cluster-buster.txt").motifs().get(1).counts().toArray()[0])
        .containsExactly(1, 0, 0, 1);
    assertThat(file("bracketed.jaspar").motifs().get(1).counts().toArray()[2])
        .containsExactly(3, 1, 0, 0);
  }
}
