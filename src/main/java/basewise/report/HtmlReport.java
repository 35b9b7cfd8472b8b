package basewise.report;

import basewise.io.AtomicOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The report of a discovery as one HTML file: no network (its content policy forbids it), no
 * framework, readable without JavaScript, which only adds sorting and copying. Equal models give
 * equal bytes.
 */
public final class HtmlReport {
  private static final String[] WORDS = {
    "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"
  };

  private HtmlReport() {}

  /**
   * Writes the report; the file appears whole or not at all.
   *
   * @throws basewise.io.InputException if the file cannot be written
   */
  public static void write(DiscoveryReport report, Path file) {
    AtomicOutput.write(file, html(report));
  }

  /** The report as text. */
  public static String html(DiscoveryReport report) {
    StringBuilder html = new StringBuilder(1 << 18);
    html.append(opening(report.title(), report.version()));
    header(html, report);
    html.append("<main id=\"main\" tabindex=\"-1\">\n");
    motifs(html, report);
    if (report.patterns() != null) {
      html.append(PatternSection.of(report.patterns()));
    }
    html.append(GallerySection.of(report));
    html.append(EvaluationSection.of(report));
    html.append(ProvenanceSection.data(report));
    html.append(ProvenanceSection.rejected(report));
    html.append(ProvenanceSection.again(report));
    html.append(ProvenanceSection.glossary());
    html.append("</main>\n<footer><p>Made by Basewise ");
    html.append(Text.escape(report.version())).append(".</p></footer>\n<script>\n");
    html.append(resource("report.js"));
    return html.append("</script>\n</body>\n</html>\n").toString();
  }

  /** What stands before the heading of any page of ours; it may reach no network. */
  static String opening(String title, String version) {
    StringBuilder html = new StringBuilder(1 << 16);
    html.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
        style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="Basewise %s">
        <title>%s – Basewise</title>
        <style>
        """
            .formatted(Text.escape(version), Text.escape(title)));
    html.append(resource("report.css"));
    html.append(
        """
        </style>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the motifs</a>
        <svg class="hidden" width="0" height="0" aria-hidden="true" focusable="false">
        """);
    return html.append(LogoSvg.definitions()).append("</svg>\n").toString();
  }

  private static void header(StringBuilder html, DiscoveryReport report) {
    html.append(
        """
        <header class="page">
        <div class="opening"><div>
        <p class="kicker"><span>Basewise</span> %s</p>
        <h1>%s</h1>
        """
            .formatted(Text.escape(report.title()), Text.escape(report.verdict())));
    if (report.motifs().isEmpty()) {
      html.append(
          "<p class=\"lede\">No candidate had an E-value below 0.05 in the held-out sequences."
              + " What was tried is listed under <a href=\"#rejected\">Did not pass</a>.</p>\n");
    } else {
      MotifEntry first = report.motifs().getFirst();
      html.append(
          """
          <p class="lede">%s of the held-out positives have a site, and %s of the negatives \
          (%s of %s and %s of %s %s; E&nbsp;=&nbsp;%s). %s</p>
          """
              .formatted(
                  Text.percent(first.positivesWithSite(), first.positives()),
                  Text.percent(first.negativesWithSite(), first.negatives()),
                  Text.count(first.positivesWithSite()),
                  Text.count(first.positives()),
                  Text.count(first.negativesWithSite()),
                  Text.count(first.negatives()),
                  report.heldOut(),
                  Text.power(first.evalue()),
                  others(report.motifs().size() - 1)));
    }
    if (!report.warnings().isEmpty()) {
      int n = report.warnings().size();
      html.append(
          "<p class=\"note\">%s <a href=\"#data\">%s</a></p>\n"
              .formatted(
                  Text.escape(report.warnings().getFirst()),
                  n == 1 ? "About the data" : "and %d more".formatted(n - 1)));
    }
    html.append("</div>\n");
    if (!report.motifs().isEmpty()) {
      html.append("<div class=\"hero\">\n");
      html.append(LogoFigure.pair(report.motifs().getFirst(), false, "hero", ""));
      html.append("</div>\n");
    }
    html.append("</div>\n<nav aria-label=\"Sections\"><ul>\n");
    html.append("<li><a href=\"#motifs\">Motifs</a></li>\n");
    if (report.patterns() != null) {
      html.append("<li><a href=\"#patterns\">Patterns</a></li>\n");
    }
    if (!report.gallery().isEmpty()) {
      html.append("<li><a href=\"#gallery\">Examples</a></li>\n");
    }
    html.append("<li><a href=\"#evaluation\">Evaluation</a></li>\n");
    html.append("<li><a href=\"#data\">Data</a></li>\n");
    if (!report.rejected().isEmpty()) {
      html.append("<li><a href=\"#rejected\">Did not pass</a></li>\n");
    }
    html.append("<li><a href=\"#again\">Make it again</a></li>\n");
    html.append("<li><a href=\"#glossary\">Glossary</a></li>\n</ul></nav>\n</header>\n");
  }

  private static String others(int n) {
    return switch (n) {
      case 0 -> "No other motif passed.";
      case 1 -> "One other motif passed.";
      default -> (n < WORDS.length ? WORDS[n] : Text.count(n)) + " other motifs passed.";
    };
  }

  private static void motifs(StringBuilder html, DiscoveryReport report) {
    html.append(
        "<section id=\"motifs\" aria-labelledby=\"motifs-h\">\n<h2 id=\"motifs-h\">Motifs</h2>\n");
    if (report.motifs().isEmpty()) {
      html.append("<p class=\"lead\">None passed E &lt; 0.05.</p>\n</section>\n");
      return;
    }
    html.append(
        "<p class=\"lead\" id=\"motifs-lead\">Strongest held-out evidence first. %s Every heading says what its numbers mean.</p>\n"
            .formatted(
                report.folds() > 0
                    ? "Counts are cross-validated: each sequence was held out once, in one of %d folds, and judged by motifs made without it."
                        .formatted(report.folds())
                    : "Counts are of the test part, which took no part in making the motifs."));
    html.append(MotifSections.table(report.motifs(), report.heldOut()));
    for (MotifEntry entry : report.motifs()) {
      html.append(MotifSections.article(entry, report.heldOut()));
    }
    html.append("</section>\n");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the jar: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
