package basewise.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One word is planted in every sequence, on both strands in turn. */
class PatternFinderTest {
  private static final int COUNT = 130;

  private static void isTheWord(Pattern p) {
    String there = p.probabilities().consensus();
    String back = p.probabilities().reverseComplement().consensus();
    assertThat(there + " " + back).contains(PlantedScores.WORD);
    assertThat(p.size()).isGreaterThan(COUNT / 2);
  }

  @Test
  void theWordIsFoundWithItsSign() {
    FoundPatterns up =
        PatternFinder.find(
            PlantedScores.of(PlantedScores.rows(COUNT, 1)), PatternOptions.DEFAULTS, 1);
    // modisco-lite 3.0.0 motifs -n 2000 -w 160 of the same: one pattern, 130 seqlets.
    assertThat(up.positive()).hasSize(1);
    assertThat(up.positive().getFirst().pattern().size()).isEqualTo(COUNT);
    assertThat(up.negative()).isEmpty();
    assertThat(up.positiveSeqlets()).isGreaterThanOrEqualTo(COUNT);
    isTheWord(up.positive().getFirst().pattern());
    assertThat(up.positive().getFirst().id()).isEqualTo("pos_patterns.pattern_0");
    FoundPatterns down =
        PatternFinder.find(
            PlantedScores.of(PlantedScores.rows(COUNT, -1)), PatternOptions.DEFAULTS, 2);
    assertThat(down.positive()).isEmpty();
    // The same scores with the other sign are the same patterns.
    assertThat(down.negative()).hasSameSizeAs(up.positive());
    for (int i = 0; i < up.positive().size(); i++) {
      assertThat(down.negative().get(i).pattern().sequence())
          .containsExactly(up.positive().get(i).pattern().sequence());
    }
  }

  /** Half of the seqlets have the word on the reverse strand, and all are laid on one another. */
  @Test
  void seqletsLieOnOneAnother() {
    ScoredSequences data = PlantedScores.of(PlantedScores.rows(COUNT, 1));
    Pattern p = PatternFinder.find(data, PatternOptions.DEFAULTS, 1).all().getFirst().pattern();
    TreeSet<Integer> strands = new TreeSet<>();
    for (Seqlet s : p.seqlets()) {
      strands.add((data.row(s.sequence()) + (s.reverse() ? 1 : 0)) % 2);
      assertThat(s.length()).isEqualTo(PatternOptions.DEFAULTS.patternLength());
    }
    assertThat(strands).hasSize(1);
  }

  @Test
  void neitherOrderNorThreadsMatter() {
    List<PlantedScores.Row> rows = PlantedScores.rows(COUNT, 1);
    List<PlantedScores.Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(9));
    ScoredSequences one = PlantedScores.of(rows);
    ScoredSequences other = PlantedScores.of(shuffled);
    FoundPatterns a = PatternFinder.find(one, PatternOptions.DEFAULTS, 1);
    FoundPatterns b = PatternFinder.find(other, PatternOptions.DEFAULTS, 3);
    assertThat(b.all()).hasSameSizeAs(a.all());
    for (int i = 0; i < a.all().size(); i++) {
      Pattern p = a.all().get(i).pattern();
      Pattern q = b.all().get(i).pattern();
      assertThat(q.sequence()).containsExactly(p.sequence());
      assertThat(q.contributions()).containsExactly(p.contributions());
      assertThat(q.seqlets()).isEqualTo(p.seqlets());
      for (Seqlet s : p.seqlets()) {
        assertThat(shuffled.get(other.row(s.sequence()))).isSameAs(rows.get(one.row(s.sequence())));
      }
    }
  }

  @Test
  void fewSeqletsGiveNoPatterns() {
    ScoredSequences few = PlantedScores.of(PlantedScores.rows(8, 1));
    FoundPatterns found = PatternFinder.find(few, PatternOptions.DEFAULTS.withSeqlets(20, 100), 1);
    assertThat(found.all()).isEmpty();
    assertThat(found.positiveSeqlets()).isLessThan(20);
  }

  @Test
  void theStrongestSeqletsStay() {
    ScoredSequences data = PlantedScores.of(PlantedScores.rows(COUNT, 1));
    SeqletFinder.Found all = new SeqletFinder(data, PatternOptions.DEFAULTS).find();
    SeqletFinder.Found some =
        new SeqletFinder(data, PatternOptions.DEFAULTS.withSeqlets(20, 50)).find();
    assertThat(some.positive()).isEqualTo(all.positive().subList(0, 50));
    assertThat(some.positiveFound()).isEqualTo(all.positiveFound());
  }

  /** In 60 positions few patterns of 50 have a place, unless they may reach beyond the ends. */
  @ParameterizedTest
  @EnumSource
  void roomBeyondTheEndsIsForPatterns(PatternOptions.Rule rule) {
    PatternOptions options = PatternOptions.DEFAULTS.withSeqlets(20, 1000).with(rule, true, false);
    FoundPatterns without = PatternFinder.find(cut(0), options, 1);
    FoundPatterns with = PatternFinder.find(cut(40), options, 1);
    Pattern p = with.positive().getFirst().pattern();
    isTheWord(p);
    assertThat(p.seqlets()).anyMatch(s -> s.start() < 40).anyMatch(s -> s.end() > 100);
    int most = without.positive().stream().mapToInt(f -> f.pattern().size()).max().orElse(0);
    assertThat(most).isLessThan(p.size() / 2);
  }

  /** Positions 50 to 110, where the words lie, and room at both ends. */
  private static ScoredSequences cut(int room) {
    List<PlantedScores.Row> rows = PlantedScores.rows(COUNT, 1);
    byte[][] codes = new byte[COUNT][60 + 2 * room];
    float[][] scores = new float[COUNT][4 * codes[0].length];
    for (int i = 0; i < COUNT; i++) {
      Arrays.fill(codes[i], Dna.N);
      System.arraycopy(rows.get(i).codes(), 50, codes[i], room, 60);
      System.arraycopy(rows.get(i).scores(), 4 * 50, scores[i], 4 * room, 4 * 60);
    }
    return new ScoredSequences(codes, scores, -room, 60);
  }

  @Test
  void shortSequencesAreRefused() {
    ScoredSequences data = new ScoredSequences(new byte[1][49], new float[1][4 * 49], 0);
    assertThatThrownBy(() -> PatternFinder.find(data, PatternOptions.DEFAULTS, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
