package basewise.report;

import basewise.io.AtomicOutput;
import basewise.motif.Motif;
import basewise.stats.LogValue;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several discoveries side by side: which motifs were found where, how strongly, which are shared.
 * One HTML file without network or scripts, and a table; equal contents give equal bytes.
 */
public final class CombinedReport {
  /** Steps of colour, by -log10 E: below the first is the lightest. */
  private static final int[] STEPS = {5, 20, 80, 300};

  /**
   * A motif of the pooled collection.
   *
   * @param motif as pooled
   * @param evidence of each sample, null where it was not found; of several motifs of a sample that
   *     became this one, the strongest
   * @param match name of the best known match of the strongest of them, or ""
   * @param hits in the genome that was scanned, and how many chance would give; null if not scanned
   */
  public record Pooled(
      Motif motif, List<@Nullable LogValue> evidence, String match, @Nullable Hits hits) {
    /** In how many samples it was found. */
    public int samples() {
      return (int) evidence.stream().filter(e -> e != null).count();
    }

    private double strongest() {
      return evidence.stream().filter(e -> e != null).mapToDouble(LogValue::log10).min().orElse(0);
    }

    private String title() {
      return match.isEmpty() ? motif.probabilities().consensus() : match;
    }
  }

  /**
   * Sites in a genome.
   *
   * @param sites on both strands
   * @param ratio to what chance would give, as printed
   */
  public record Hits(long sites, String ratio) {}

  private final List<SampleMotifs> samples;
  private final List<Pooled> motifs;
  private final List<String> absent;
  private final Map<String, String> links;
  private final String version;

  /**
   * Sorts motifs: found in most samples first, then by evidence.
   *
   * @param samples in the order of columns
   * @param absent samples that were asked for and have no results
   * @param links to other files, by what they are called
   * @param version of Basewise
   */
  public CombinedReport(
      List<SampleMotifs> samples,
      List<Pooled> motifs,
      List<String> absent,
      Map<String, String> links,
      String version) {
    this.samples = samples;
    this.motifs =
        motifs.stream()
            .sorted(
                Comparator.comparingInt((Pooled p) -> -p.samples())
                    .thenComparingDouble(Pooled::strongest)
                    .thenComparing(p -> p.motif.id()))
            .toList();
    this.absent = absent;
    this.links = links;
    this.version = version;
  }

  /** Writes the page. */
  public void write(Path file) {
    AtomicOutput.write(file, html());
  }

  /** A row per motif: id, match, samples, and the E-value in each sample, empty if not found. */
  public String table() {
    StringBuilder text = new StringBuilder("pooled_id\tmatch_name\tsamples");
    samples.forEach(s -> text.append('\t').append(Text.field(s.name())));
    text.append('\n');
    for (Pooled p : motifs) {
      text.append(p.motif.id()).append('\t').append(Text.field(p.match)).append('\t');
      text.append(p.samples());
      for (LogValue e : p.evidence) {
        text.append('\t').append(e == null ? "" : e.toString());
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** The page as text. */
  public String html() {
    long shared = motifs.stream().filter(p -> p.samples() > 1).count();
    StringBuilder html = new StringBuilder(1 << 16);
    html.append(HtmlReport.opening("Samples and motifs", version));
    html.append(
        """
        <style>
        .h0 { background: color-mix(in srgb, var(--bar) 15%%, var(--paper)); } .h1 { background: color-mix(in srgb, var(--bar) 35%%, var(--paper)); }
        .h2 { background: color-mix(in srgb, var(--bar) 55%%, var(--paper)); } .h3 { background: color-mix(in srgb, var(--bar) 75%%, var(--paper)); }
        .h4 { background: var(--bar); } td.cell, th.cell { text-align: center; padding: 10px 8px; min-width: 84px; }
        </style>
        <header class="page">
        <p class="kicker"><span>Basewise</span> %s</p>
        <h1>%s in %s</h1>
        <p class="lede">%s. %s</p>
        """
            .formatted(
                names(),
                count(motifs.size(), "motif"),
                count(samples.size(), "sample"),
                shared == 0
                    ? "No motif was found in more than one sample"
                    : count(shared, "motif") + " found in more than one sample",
                count(motifs.size() - shared, "motif") + " found in one alone."));
    if (!absent.isEmpty()) {
      html.append(
          "<p class=\"note\">Without results: %s. Their steps failed; what they said is in the"
              .formatted(Text.escape(String.join(", ", absent))));
      html.append(" log of the run.</p>\n");
    }
    html.append("</header>\n<main id=\"main\" tabindex=\"-1\">\n");
    heatMap(html);
    sampleList(html);
    html.append("</main>\n<footer><p>Made by Basewise ").append(Text.escape(version));
    return html.append(".</p></footer>\n</body>\n</html>\n").toString();
  }

  private String names() {
    return Text.escape(String.join(", ", samples.stream().map(SampleMotifs::name).toList()));
  }

  private static String count(long n, String what) {
    return Text.count(n) + " " + what + (n == 1 ? "" : "s");
  }

  private void heatMap(StringBuilder html) {
    boolean scanned = motifs.stream().anyMatch(p -> p.hits != null);
    html.append(
        """
        <section id="map" aria-labelledby="map-h">
        <h2 id="map-h">Where each motif was found</h2>
        <p class="lead">The E-value of its held-out evidence in each sample, the darker the \
        stronger; empty: not found there, which is no proof of absence.%s</p>
        <div class="scroll"><table class="motifs">
        <thead><tr><th scope="col">Motif</th><th scope="col">Best known match</th>\
        <th scope="col" class="number">Samples</th>
        """
            .formatted(
                scanned
                    ? " Sites are those of the pooled motif in the genome that was scanned, and"
                        + " their ratio to what chance would give."
                    : ""));
    for (SampleMotifs sample : samples) {
      html.append("<th scope=\"col\" class=\"cell\">%s</th>\n".formatted(linked(sample)));
    }
    if (scanned) {
      html.append("<th scope=\"col\" class=\"number\">Sites</th><th scope=\"col\"");
      html.append(" class=\"number\">Ratio</th>\n");
    }
    html.append("</tr></thead>\n<tbody>\n");
    int n = 0;
    for (Pooled p : motifs) {
      row(html, p, scanned, n++);
    }
    html.append("</tbody>\n</table></div>\n</section>\n");
  }

  private void row(StringBuilder html, Pooled p, boolean scanned, int n) {
    html.append(
        """
        <tr><th scope="row" class="motif">%s
        <span class="consensus">%s</span></th>
        <td>%s</td><td class="number">%d</td>
        """
            .formatted(
                LogoFigure.small(p.motif, "m" + n),
                Text.escape(p.motif.id()),
                p.match.isEmpty()
                    ? "<span class=\"quiet\">none known</span>"
                    : "<b>" + Text.escape(p.title()) + "</b>",
                p.samples()));
    for (LogValue e : p.evidence) {
      html.append(
          e == null
              ? "<td class=\"cell\"><span class=\"hidden\">not found</span></td>\n"
              : "<td class=\"cell h%d\">%s</td>\n".formatted(step(e), Text.power(e)));
    }
    if (scanned) {
      html.append(
          p.hits == null
              ? "<td></td><td></td>"
              : "<td class=\"number\">%s</td><td class=\"number\">%s</td>"
                  .formatted(Text.count(p.hits.sites), Text.escape(p.hits.ratio)));
    }
    html.append("</tr>\n");
  }

  private static int step(LogValue e) {
    int step = 0;
    while (step < STEPS.length && -e.log10() >= STEPS[step]) {
      step++;
    }
    return step;
  }

  private static String linked(SampleMotifs sample) {
    return "<a href=\"%s\">%s</a>"
        .formatted(Text.escape(sample.link()), Text.escape(sample.name()));
  }

  private void sampleList(StringBuilder html) {
    html.append(
        """
        <section id="samples" aria-labelledby="samples-h">
        <h2 id="samples-h">Samples</h2>
        <div class="scroll"><table class="plain">
        <thead><tr><th scope="col">Report</th><th scope="col" class="number">Motifs</th>\
        <th scope="col">Found here alone</th></tr></thead>
        <tbody>
        """);
    for (int s = 0; s < samples.size(); s++) {
      int at = s;
      String own =
          String.join(
              ", ",
              motifs.stream()
                  .filter(p -> p.samples() == 1 && p.evidence.get(at) != null)
                  .map(Pooled::title)
                  .toList());
      html.append(
          "<tr><th scope=\"row\">%s</th><td class=\"number\">%d</td><td>%s</td></tr>\n"
              .formatted(linked(samples.get(s)), samples.get(s).motifs().size(), Text.escape(own)));
    }
    html.append("</tbody>\n</table></div>\n");
    if (!links.isEmpty()) {
      html.append("<p>");
      links.forEach((name, to) ->
          html.append("<a href=\"%s\">%s</a> ".formatted(Text.escape(to), Text.escape(name))));
      html.append("</p>\n");
    }
    html.append("</section>\n");
  }
}
