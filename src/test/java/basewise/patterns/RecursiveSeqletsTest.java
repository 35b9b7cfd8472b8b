package basewise.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * tangermeme 1.6.0: {@code recursive_seqlets(torch.tensor(sign * X))} of the projected scores X of
 * hits/hyp.npz and hits/ohe.npz.
 */
class RecursiveSeqletsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/basewise/patterns");

  static ScoredSequences data() {
    return ScoresInput.read(
        new ScoresInput.Source(GOLDEN.resolve("hits/ohe.npz"), null),
        new ScoresInput.Source(GOLDEN.resolve("hits/hyp.npz"), null),
        null,
        PatternOptions.DEFAULTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void spansAreTangermemes(int sign) throws IOException {
    ScoredSequences data = data();
    List<RecursiveSeqlets.Span> ours = new ArrayList<>(RecursiveSeqlets.find(data, sign));
    ours.sort(
        Comparator.comparingInt((RecursiveSeqlets.Span s) -> data.row(s.sequence()))
            .thenComparingInt(RecursiveSeqlets.Span::start));
    List<String[]> theirs =
        Files.readAllLines(GOLDEN.resolve("recursive.tsv")).stream()
            .map(l -> l.split("\t"))
            .filter(f -> f[5].equals(Integer.toString(sign)))
            .toList();
    assertThat(ours).hasSameSizeAs(theirs).isNotEmpty();
    for (int i = 0; i < ours.size(); i++) {
      RecursiveSeqlets.Span s = ours.get(i);
      String[] f = theirs.get(i);
      assertThat(List.of(data.row(s.sequence()), s.start(), s.end()))
          .containsExactly(Integer.parseInt(f[0]), Integer.parseInt(f[1]), Integer.parseInt(f[2]));
      assertThat(s.sum()).isCloseTo(Double.parseDouble(f[3]), within(1e-6));
      double p = Double.parseDouble(f[4]);
      assertThat(s.pvalue()).isCloseTo(p, within(1e-9 * p));
    }
  }

  /** The middles of negative ones lie in no positive span. */
  @Test
  void seqletsLieAroundTheSpans() {
    ScoredSequences data = data();
    PatternOptions options =
        PatternOptions.DEFAULTS.with(PatternOptions.Rule.RECURSIVE, true, false);
    SeqletFinder.Found found = new SeqletFinder(data, options).find();
    assertThat(found.positiveFound()).isLessThanOrEqualTo(RecursiveSeqlets.find(data, 1).size());
    for (Seqlet s : found.positive()) {
      assertThat(s.length()).isEqualTo(options.seqletLength());
      assertThat(data.holds(s)).isTrue();
      assertThat(RecursiveSeqlets.find(data, 1))
          .anyMatch(
              x -> x.sequence() == s.sequence() && (x.start() + x.end()) / 2 - 15 == s.start());
    }
    assertThat(found.negative()).isNotEmpty();
    for (Seqlet s : found.negative()) {
      assertThat(RecursiveSeqlets.find(data, 1))
          .noneMatch(x ->
              x.sequence() == s.sequence()
                  && x.start() <= s.start() + 15
                  && s.start() + 15 < x.end());
    }
  }
}
