package basewise.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.ProbabilityMatrix;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TomtomTest {
  private static final double[] A = {1, 0, 0, 0};
  private static final double[] C = {0, 1, 0, 0};
  private static final double[] G = {0, 0, 1, 0};
  private static final double[] T = {0, 0, 0, 1};
  private static final double[] EVEN = {.25, .25, .25, .25};

  @ParameterizedTest
  @EnumSource
  void equalsThePlainDefinition(Distance distance) {
    List<Motif> targets = RandomMotifs.of(60, 1, 16, 1);
    List<Motif> queries = RandomMotifs.of(12, 1, 21, 2);
    for (TomtomOptions options :
        List.of(
            TomtomOptions.DEFAULTS.with(distance),
            TomtomOptions.DEFAULTS.with(distance).withMinOverlap(4).withPseudocount(1),
            TomtomOptions.DEFAULTS
                .with(distance)
                .withBackground(Background.NRDB)
                .withReverseComplements(false))) {
      PlainTomtom plain = new PlainTomtom(targets, options);
      List<List<Match>> fast = Tomtom.against(targets, options).compare(queries, 2);
      for (int q = 0; q < queries.size(); q++) {
        same(fast.get(q), plain.compare(queries.get(q)));
      }
    }
  }

  /** All matches alike; p, E and q within the last digit of a float, which sums differ by. */
  static void same(List<Match> fast, List<Match> plain) {
    assertThat(fast).hasSameSizeAs(plain);
    for (int i = 0; i < fast.size(); i++) {
      Match a = fast.get(i);
      Match b = plain.get(i);
      assertThat(List.of(a.target().id(), a.offset(), a.overlap(), a.orientation(), a.query().id()))
          .as(a + " and " + b)
          .isEqualTo(
              List.of(b.target().id(), b.offset(), b.overlap(), b.orientation(), b.query().id()));
      assertThat(a.pvalue()).isCloseTo(b.pvalue(), within(3e-7 * b.pvalue()));
      assertThat(a.evalue()).isCloseTo(b.evalue(), within(3e-7 * b.evalue()));
      assertThat(a.qvalue()).isCloseTo(b.qvalue(), within(3e-7 * b.qvalue()));
    }
  }

  @Test
  void pvaluesAreThoseOfAllPossibleTargets() {
    // Query AC, target AC, Sandelin without pseudocount: columns A C and, reversed, G T are drawn,
    // each with chance 1/4. Equal columns score 2, others 0, the median is 0: bins 100/2 = 50 each,
    // so 100 for a pair that is equal. Score 100 + 100 is reached only by the whole overlap, with
    // chance 1/16, in either of two orientations: 1 - (15/16)^2.
    Motif ac = motif("AC", A, C);
    TomtomOptions options = TomtomOptions.DEFAULTS.with(Distance.SANDELIN).withPseudocount(0);
    Match match = Tomtom.against(List.of(ac), options).compare(ac).get(0);
    assertThat(match.pvalue()).isCloseTo(31 / 256.0, within(1e-8));
    assertThat(match.evalue()).isCloseTo(31 / 256.0, within(1e-8));
    assertThat(match.offset()).isZero();
    assertThat(match.overlap()).isEqualTo(2);
    assertThat(match.orientation()).isEqualTo(Strand.FORWARD);
    // q: two oriented matches; the reverse GT has no equal column at any offset, p = 1.
    assertThat(match.qvalue()).isCloseTo(62 / 256.0, within(1e-8));
    // One strand only: columns A and C, each with chance 1/2, the median (0 + 2) / 2 ... by
    // Tomtom's
    // rule sorted[0] of two numbers: 0. P(whole) = 1/4, no other offset reaches 200.
    Match one =
        Tomtom.against(List.of(ac), options.withReverseComplements(false)).compare(ac).get(0);
    assertThat(one.pvalue()).isCloseTo(1 / 4.0, within(1e-8));
  }

  @Test
  void threadsDoNotMatter() {
    List<Motif> targets = RandomMotifs.of(40, 5, 12, 3);
    Tomtom tomtom = Tomtom.against(targets, TomtomOptions.DEFAULTS);
    List<List<Match>> one = tomtom.compare(targets, 1);
    assertThat(tomtom.compare(targets, 3)).isEqualTo(one);
    List<List<Match>> alone = new ArrayList<>();
    targets.forEach(t -> alone.add(tomtom.compare(t)));
    assertThat(alone).isEqualTo(one);
    assertThat(tomtom.compare(List.of(), 2)).isEmpty();
  }

  @Test
  void aReverseComplementIsFoundAsOne() {
    List<Motif> targets = RandomMotifs.of(60, 6, 12, 4);
    Motif query = slice(targets.get(7), 1, 6).reverseComplement();
    Match best = Tomtom.against(targets, TomtomOptions.DEFAULTS).compare(query).get(0);
    assertThat(best.target().id()).isEqualTo("M7");
    assertThat(best.orientation()).isEqualTo(Strand.REVERSE);
    assertThat(best.overlap()).isEqualTo(5);
    assertThat(best.offset()).isEqualTo(targets.get(7).width() - 6);
    assertThat(best.orientedTarget().probabilities())
        .isEqualTo(targets.get(7).probabilities().reverseComplement());
  }

  @Test
  void identicalTargetsShareTheirNumbersAndKeepTheirOrder() {
    List<Motif> targets = new ArrayList<>(RandomMotifs.of(30, 6, 12, 5));
    Motif twin = targets.get(3).withId("twin");
    targets.add(twin);
    List<Match> matches = Tomtom.against(targets, TomtomOptions.DEFAULTS).compare(twin);
    assertThat(matches).hasSize(31);
    assertThat(matches.get(0).target().id()).isEqualTo("M3");
    assertThat(matches.get(1).target().id()).isEqualTo("twin");
    assertThat(matches.get(0).pvalue()).isEqualTo(matches.get(1).pvalue());
    assertThat(matches.get(0).qvalue()).isEqualTo(matches.get(1).qvalue());
  }

  @ParameterizedTest
  @EnumSource
  void evenColumnsAndSingleColumnsGiveNumbers(Distance distance) {
    Motif even = motif("even", EVEN, EVEN, EVEN);
    Motif single = motif("single", G);
    Motif other = motif("other", A, EVEN, T, C);
    for (List<Motif> targets :
        List.of(List.of(even), List.of(single), List.of(single, even, other))) {
      for (Motif query : List.of(even, single, other)) {
        TomtomOptions options = TomtomOptions.DEFAULTS.with(distance).withMinOverlap(9);
        List<Match> matches = Tomtom.against(targets, options).compare(query);
        assertThat(matches).hasSameSizeAs(targets);
        for (Match m : matches) {
          assertThat(m.pvalue()).isGreaterThan(0).isLessThanOrEqualTo(1);
          assertThat(m.qvalue()).isGreaterThan(0).isLessThanOrEqualTo(1);
          assertThat(m.overlap()).isEqualTo(Math.min(m.query().width(), m.target().width()));
        }
        same(matches, new PlainTomtom(targets, options).compare(query));
      }
    }
  }

  @Test
  void anEvenQueryMatchesNothing() {
    List<Motif> targets = RandomMotifs.of(30, 6, 12, 6);
    Motif even = motif("even", EVEN, EVEN, EVEN, EVEN, EVEN, EVEN);
    assertThat(Tomtom.against(targets, TomtomOptions.DEFAULTS).compare(even))
        .allMatch(m -> m.pvalue() == 1);
  }

  @Test
  void wideMotifsUnderflowOnlyWhereTomtomsFloatsDo() {
    List<Motif> targets = RandomMotifs.of(30, 30, 60, 7);
    Motif query = targets.get(4);
    Match best = Tomtom.against(targets, TomtomOptions.DEFAULTS).compare(query).get(0);
    assertThat(best.target().id()).isEqualTo("M4");
    assertThat(best.pvalue()).isZero();
    targets = RandomMotifs.of(30, 14, 18, 7);
    query = targets.get(4);
    assertThat(Tomtom.against(targets, TomtomOptions.DEFAULTS).compare(query).get(0).pvalue())
        .isBetween(1e-40, 1e-15);
    same(
        Tomtom.against(targets, TomtomOptions.DEFAULTS).compare(query),
        new PlainTomtom(targets, TomtomOptions.DEFAULTS).compare(query));
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    Motif ac = motif("AC", A, C);
    TomtomOptions kullback = TomtomOptions.DEFAULTS.with(Distance.KULLBACK).withPseudocount(0);
    assertThatThrownBy(() -> Tomtom.against(List.of(), TomtomOptions.DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Tomtom.against(List.of(ac), kullback))
        .hasMessageContaining("pseudocount");
    Motif wide = motif("wide", new double[201][]);
    assertThatThrownBy(() -> Tomtom.against(List.of(ac), TomtomOptions.DEFAULTS).compare(wide))
        .hasMessageContaining("wider than 200");
    assertThatThrownBy(() -> TomtomOptions.DEFAULTS.withMinOverlap(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TomtomOptions.DEFAULTS.withPseudocount(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void falseDiscoveryRatesAreBenjaminiAndHochbergs() {
    // By hand: p n / rank = 1/32, 1/16, 1/24, 1/2, then the least from the right.
    assertThat(Tomtom.falseDiscoveryRates(new float[] {.0078125f, .03125f, .03125f, .5f}))
        .containsExactly(.03125, .125 / 3, .125 / 3, .5);
  }

  private static Motif slice(Motif m, int from, int to) {
    return Motif.of("slice", "", m.probabilities().slice(from, to));
  }

  private static Motif motif(String id, double[]... columns) {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns[i] == null ? EVEN : columns[i];
    }
    return Motif.of(id, "", new ProbabilityMatrix(columns));
  }
}
