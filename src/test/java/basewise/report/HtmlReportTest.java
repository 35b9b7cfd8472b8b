package basewise.report;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.attribution.Attribution;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.io.TextInput;
import basewise.motif.Motif;
import basewise.motif.format.MotifFile;
import basewise.sequence.Strand;
import basewise.stats.Estimate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final String HTML = HtmlReport.html(ToyDiscovery.report());

  @Test
  void equalModelsGiveEqualPages() {
    assertThat(HtmlReport.html(ToyDiscovery.report())).isEqualTo(HTML);
  }

  @Test
  void namesTheFactorInWords() {
    assertThat(HTML).contains("<h1>The strongest motif is CTCF (MA9001.1).</h1>");
  }

  @Test
  void asksNothingOfTheNetwork() {
    assertThat(all("(?:src|href|action)=\"([^#d][^\"]*)\"")).isEmpty();
    assertThat(HTML)
        .doesNotContain("http:", "https:", "@import", "url(", "fetch(", "<link", "<img")
        .contains("default-src 'none'");
  }

  @Test
  void everyReferenceHasItsTargetAndEveryIdIsOnce() {
    List<String> ids = all(" id=\"([^\"]+)\"");
    assertThat(ids).doesNotHaveDuplicates();
    Set<String> targets = new HashSet<>(ids);
    assertThat(targets).containsAll(all("href=\"#([^\"]+)\""));
    for (String list : all("aria-(?:labelledby|describedby)=\"([^\"]+)\"")) {
      assertThat(targets).contains(list.split(" "));
    }
  }

  @Test
  void theTableHasACellUnderEveryHeading() {
    String table = HTML.substring(HTML.indexOf("<table class=\"motifs"), HTML.indexOf("<article"));
    int heads = all(table, "<th scope=\"col\"").size();
    assertThat(heads).isEqualTo(10);
    String[] rows = table.substring(table.indexOf("<tbody")).split("<tr ", -1);
    assertThat(rows).hasSize(4);
    for (int i = 1; i < rows.length; i++) {
      assertThat(all(rows[i], "<t[dh] ")).hasSize(heads);
    }
    assertThat(all(table, "aria-sort=\"ascending\"")).hasSize(1);
  }

  @Test
  void everyTermIsInTheGlossary() {
    for (Term term : Term.values()) {
      assertThat(HTML).contains("<div id=\"" + term.anchor() + "\"><dt>");
    }
  }

  @Test
  void aMotifCanBeSavedAndReadAgain() {
    Motif motif = ToyDiscovery.report().motifs().getFirst().motif();
    for (String kind : List.of("meme", "jaspar")) {
      String text = new String(download("motif_1." + kind), StandardCharsets.UTF_8);
      try (TextInput input =
          TextInput.of(kind, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
        Motif back = MotifFile.readCollection(input).motifs().getFirst();
        assertThat(back.id()).isEqualTo("motif_1");
        assertThat(back.probabilities().consensus()).isEqualTo(motif.probabilities().consensus());
      }
    }
    assertThat(new String(download("motif_1.svg"), StandardCharsets.UTF_8))
        .isEqualTo(SequenceLogo.of(motif).toSvg());
    assertThat(download("motif_1.png")).isEqualTo(SequenceLogo.of(motif).toPng(2));
  }

  /** Of which sequences the counts are, and why the matrix and the file of sites differ. */
  @Test
  void saysWhatTheCountsAreOf() {
    assertThat(HTML)
        .contains("(812 of 983 and 31 of 983 in the held-out test part;")
        .contains("Counts are of the test part, which took no part in making the motifs.")
        .contains("title=\"812 of 983 positives in the held-out test part\"")
        .contains("118 of 983 in the held-out test part</span>");
    String folds = HtmlReport.html(ToyDiscovery.report(5));
    assertThat(folds)
        .contains("(812 of 983 and 31 of 983 over 5 held-out folds;")
        .contains("Counts are cross-validated: each sequence was held out once, in one of 5 folds")
        .contains("title=\"31 of 983 negatives over 5 held-out folds\"")
        .contains("118 of 983 over 5 held-out folds</span>")
        .doesNotContain("test part, which");
    long best =
        ToyDiscovery.report().motifs().get(1).positionCounts().stream().mapToLong(n -> n).sum();
    assertThat(HTML)
        .contains(
            "641 <span class=\"quiet\">in the matrix; " + count(best) + " positives have one");
  }

  private static String count(long n) {
    return n < 1000 ? "" + n : n / 1000 + "\u202f" + "%03d".formatted(n % 1000);
  }

  @Test
  void wordsFromOutsideCannotBecomeMarkup() {
    DiscoveryReport r = ToyDiscovery.report();
    DiscoveryReport evil =
        new DiscoveryReport(
            "<script>alert(1)</script>",
            "A & B <b>",
            Estimate.UNKNOWN,
            Estimate.UNKNOWN,
            Estimate.UNKNOWN,
            Estimate.UNKNOWN,
            Curve.NONE,
            Curve.NONE,
            Curve.NONE,
            Curve.NONE,
            List.of(),
            0,
            Map.of("<i>", 1L),
            List.of("\"><script>"),
            0,
            List.of(),
            r.rejected(),
            List.of(
                new GalleryExample(
                    new Example("<u>", null, new byte[4], new float[] {1}, Part.TEST, -1),
                    1,
                    new Attribution(new float[16], List.of()),
                    List.of(new MarkedSite(0, 4, Strand.FORWARD, "<s>", "<q>")))),
            null,
            "basewise discover '<x>'",
            "0",
            1,
            List.of(new InputFile("<", ">", "")));
    String html = HtmlReport.html(evil);
    assertThat(all(html, "<script>")).hasSize(1);
    assertThat(html)
        .contains("&lt;script&gt;alert(1)")
        .contains("<h1>A &amp; B &lt;b&gt;</h1>")
        .contains("basewise discover &#39;&lt;x&gt;&#39;")
        .contains("None passed E &lt; 0.05.")
        .contains("<b>&lt;u&gt;</b>")
        .contains("&lt;s&gt; \u2192 &lt;q&gt;")
        .contains("was not tested on held-out sequences");
  }

  @Test
  void aVerdictIsOnlyAsBoldAsTheMatch() {
    MotifEntry first = ToyDiscovery.report().motifs().getFirst();
    assertThat(Verdict.of(List.of())).isEqualTo("No motif was found.");
    assertThat(Verdict.of(List.of(ToyDiscovery.report().motifs().get(2))))
        .isEqualTo("The strongest motif, GGNATTGCN, matches no known motif.");
    KnownMatch good = first.matches().getFirst();
    KnownMatch weak = new KnownMatch(good.target(), 1e-3, 0.4, 0.3, 0, 8, good.orientation());
    MotifEntry faint =
        new MotifEntry(
            1,
            first.motif(),
            "CCAC",
            10,
            1,
            first.pvalue(),
            first.evalue(),
            first.qvalue(),
            1,
            1,
            0,
            1,
            1,
            1,
            List.of(),
            0,
            1,
            List.of(),
            List.of(weak),
            List.of());
    assertThat(Verdict.of(List.of(faint)))
        .isEqualTo("The strongest motif, CCAC, faintly resembles CTCF (MA9001.1).");
  }

  private static byte[] download(String file) {
    String start = "download=\"" + file + "\" href=\"data:";
    int at = HTML.indexOf("base64,", HTML.indexOf(start)) + 7;
    assertThat(HTML).contains(start);
    return Base64.getDecoder().decode(HTML.substring(at, HTML.indexOf('"', at)));
  }

  private static List<String> all(String pattern) {
    return all(HTML, pattern);
  }

  private static List<String> all(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(matcher.groupCount()));
    }
    return found;
  }
}
