package basewise.motif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Joining, merging and trimming on motifs small enough to do by hand. */
class MotifMergingTest {
  private static Motif motif(String id, double sites, double[]... rows) {
    return new Motif(
        id,
        "",
        new ProbabilityMatrix(rows),
        OptionalDouble.of(sites),
        OptionalDouble.empty(),
        null,
        Map.of());
  }

  private static final double[] A = {1, 0, 0, 0};
  private static final double[] C = {0, 1, 0, 0};
  private static final double[] G = {0, 0, 1, 0};
  private static final double[] T = {0, 0, 0, 1};
  private static final double[] ANY = {.25, .25, .25, .25};

  @Test
  void sameIdsAreOneIfTheMatrixIsAndElseRenamed() {
    Motif first = motif("m", 10, A, C);
    Motif same = motif("m", 12, A, C);
    Motif other = motif("m", 12, A, G);
    Motif taken = motif("m_2", 5, T);
    MotifMerging.Joined joined =
        MotifMerging.join(List.of(List.of(first), List.of(same, taken), List.of(other)));
    assertThat(joined.motifs()).extracting(Motif::id).containsExactly("m", "m_2", "m_3");
    assertThat(joined.repeated()).isEqualTo(1);
    assertThat(joined.renamed()).containsExactly(Map.entry("m_3", "m"));
  }

  @Test
  void alikeMotifsBecomeTheirWeightedMean() {
    // CAG, and CTG read on the other strand: its complement is CAG; 30 and 10 sites
    double[] mostlyT = {0, 0, .2, .8};
    List<Motif> merged =
        MotifMerging.alike(
            List.of(motif("a", 30, C, A, G), motif("b", 10, C, mostlyT, G), motif("c", 5, T, T, T)),
            0.9,
            true);
    assertThat(merged).extracting(Motif::id).containsExactly("a", "c");
    Motif a = merged.get(0);
    // the middle column of b turned is A .8, C .2
    assertThat(a.probabilities().toArray()[1])
        .containsExactly(new double[] {.95, .05, 0, 0}, within(1e-12));
    assertThat(a.sites()).hasValue(40);
    assertThat(a.notes()).containsEntry("merged", "b");
    assertThat(
            MotifMerging.alike(
                List.of(motif("a", 30, C, A, G), motif("b", 10, C, mostlyT, G)), 0.9, false))
        .hasSize(2);
  }

  @Test
  void aShiftedMotifOnlyCountsWhereItCovers() {
    // b lacks the last column of a
    Motif a = motif("a", 10, A, C, G, T, A, C, G, T);
    Motif b = motif("b", 10, A, C, G, T, A, C, G);
    List<Motif> merged = MotifMerging.alike(List.of(a, b), 0.9, true);
    assertThat(merged).hasSize(1);
    assertThat(merged.get(0).probabilities()).isEqualTo(a.probabilities());
  }

  @Test
  void endsThatSayNothingAreCut() {
    Motif m = motif("m", 10, ANY, A, ANY, C, ANY, ANY);
    assertThat(MotifTrimming.core(m.probabilities(), .25, Background.UNIFORM))
        .containsExactly(1, 4);
    assertThat(MotifTrimming.slice(m, 1, 4).probabilities().consensus()).isEqualTo("ANC");
    assertThat(MotifTrimming.core(motif("n", 1, ANY, ANY).probabilities(), .25, Background.UNIFORM))
        .satisfies(core -> assertThat(core[0]).isEqualTo(core[1]));
  }
}
