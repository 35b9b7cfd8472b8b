package basewise.report;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.patterns.FoundPattern;
import basewise.patterns.Spacing;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PatternSectionTest {
  private static final String HTML = PatternSection.of(ToyPatterns.REPORT);

  private static int count(String html, String regex) {
    Matcher m = Pattern.compile(regex).matcher(html);
    int n = 0;
    while (m.find()) {
      n++;
    }
    return n;
  }

  /** Both planted words, each with two logos, its parts and six of its seqlets. */
  @Test
  void eachPatternHasItsLogosPartsAndSeqlets() {
    List<PatternReport.Entry> patterns = ToyPatterns.REPORT.patterns();
    assertThat(patterns).hasSizeGreaterThanOrEqualTo(2);
    String[] articles = HTML.split("<article class=\"motif-card pattern-card\"");
    assertThat(articles).hasSize(1 + patterns.size());
    for (int i = 0; i < patterns.size(); i++) {
      PatternReport.Entry p = patterns.get(i);
      int parts = p.found().subpatterns().size();
      assertThat(count(articles[i + 1], "<svg class=\"logo")).isEqualTo(2);
      assertThat(count(articles[i + 1], "<svg class=\"contribution\""))
          .isEqualTo((parts > 1 ? Math.min(6, parts) : 0) + 6);
      assertThat(articles[i + 1]).contains(p.found().id(), "came to no motif that passed");
    }
    assertThat(articles[1]).contains("CTCF");
  }

  /** A seqlet of the list stands where it is said to: its place is in its sequence's. */
  @Test
  void seqletsSayWhereTheyLie() {
    for (PatternReport.Entry p : ToyPatterns.REPORT.patterns()) {
      double before = Double.POSITIVE_INFINITY;
      for (PatternReport.Shown s : p.examples()) {
        int row = Integer.parseInt(s.sequence().substring("peak_".length()));
        Matcher place = Pattern.compile("chr7:(\\d+)–(\\d+)").matcher(s.place());
        assertThat(place.matches()).as(s.place()).isTrue();
        int start = Integer.parseInt(place.group(1)) - 1;
        int end = Integer.parseInt(place.group(2));
        assertThat(start).isBetween(1000 * row, 1000 * row + 240);
        assertThat(end - start).isEqualTo(s.contributions().length / 4);
        assertThat(s.total()).isLessThanOrEqualTo(before);
        before = s.total();
      }
    }
  }

  /** The second word follows after 45 to 47 bases on the other strand in three of four. */
  @Test
  void theDistanceThatWasPlantedIsTheFirstOfTheTable() {
    String table = HTML.substring(HTML.indexOf("<table class=\"plain spacing\""));
    String row =
        table.substring(table.indexOf("<tbody>"), table.indexOf("</tr>", table.indexOf("<tbody>")));
    // Which strand a pattern is read on is open; the words are on opposite ones.
    Spacing most = ToyPatterns.REPORT.spacing().getFirst();
    boolean forward = consensus(most.first()).matches(".*(CCACCAG|ACCGGAAGT).*");
    boolean other = consensus(most.second()).matches(".*(CCACCAG|ACCGGAAGT).*");
    String strand = forward == other ? "opposite" : "same";
    assertThat(row).contains("45–49 bases", strand + " strand");
    assertThat(row).contains("<svg class=\"spacing\"").contains("class=\"bar\"");
    String tsv = SpacingTable.text(ToyPatterns.REPORT.spacing());
    String[] first = tsv.split("\n")[1].split("\t");
    assertThat(tsv.split("\n")[0].split("\t")).hasSameSizeAs(first).hasSize(16);
    assertThat(first[7]).isEqualTo("0.0002"); // (0 + 1) / (4999 + 1)
    assertThat(first[10]).isEqualTo(strand);
    assertThat(first[11]).isEqualTo("45");
    assertThat(first[12]).isEqualTo("50");
  }

  private static String consensus(FoundPattern p) {
    return ToyPatterns.REPORT.entry(p).motif().probabilities().consensus();
  }

  @Test
  void nothingFoundIsSaid() {
    assertThat(PatternSection.of(new PatternReport(12, 1, List.of(), List.of())))
        .contains("In the contributions of 12 positive sequences no pattern was found: 1 seqlet");
  }
}
