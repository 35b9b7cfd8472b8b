package basewise.report;

import java.util.Map;

/** What went in, what did not pass, what the words mean, and how to make it all again. */
final class ProvenanceSection {
  private ProvenanceSection() {}

  static String data(DiscoveryReport report) {
    StringBuilder html =
        new StringBuilder(
            "<section id=\"data\" aria-labelledby=\"data-h\">\n<h2 id=\"data-h\">The data</h2>\n");
    if (!report.warnings().isEmpty()) {
      html.append("<ul class=\"warnings\" aria-label=\"Warnings\">\n");
      for (String warning : report.warnings()) {
        html.append("<li>").append(Text.escape(warning)).append("</li>\n");
      }
      html.append("</ul>\n");
    }
    html.append(
        "<table class=\"plain counts\"><caption class=\"hidden\">Counts</caption><tbody>\n");
    for (Map.Entry<String, Long> count : report.counts().entrySet()) {
      html.append(
          "<tr><th scope=\"row\">%s</th><td class=\"number\">%s</td></tr>\n"
              .formatted(Text.escape(count.getKey()), Text.count(count.getValue())));
    }
    return html.append("</tbody></table>\n</section>\n").toString();
  }

  static String rejected(DiscoveryReport report) {
    if (report.rejected().isEmpty()) {
      return "";
    }
    StringBuilder html =
        new StringBuilder(
            """
            <section id="rejected" aria-labelledby="rejected-h">
            <h2 id="rejected-h">Did not pass</h2>
            <p class="lead">Candidates without enough held-out evidence (E ≥ 0.05) or sites. They are listed
            for honesty and are in no other file.</p>
            <div class="scroll"><table class="plain"><thead><tr><th scope="col">Candidate</th>\
            <th scope="col">Consensus</th><th scope="col" class="number">%s</th>\
            <th scope="col" class="number">%s</th><th scope="col">Why</th></tr></thead><tbody>
            """
                .formatted(Term.SITES.link(), Term.EVALUE.link()));
    for (RejectedMotif motif : report.rejected()) {
      html.append(
          ("<tr><th scope=\"row\">%s</th><td class=\"consensus\">%s</td><td"
                  + " class=\"number\">%s</td><td class=\"number\">%s</td><td>%s</td></tr>\n")
              .formatted(
                  Text.escape(motif.id()),
                  Text.escape(motif.consensus()),
                  Text.count(motif.sites()),
                  Text.power(motif.evalue()),
                  Text.escape(motif.reason())));
    }
    return html.append("</tbody></table></div>\n</section>\n").toString();
  }

  static String again(DiscoveryReport report) {
    StringBuilder html =
        new StringBuilder(
            """
            <section id="again" aria-labelledby="again-h">
            <h2 id="again-h">Make it again</h2>
            <p class="lead">The same command with the same inputs writes the same files, byte for byte, \
            on the same kind of processor.</p>
            <pre data-copy><code>%s</code></pre>
            <dl class="facts"><div><dt>Basewise</dt><dd>%s</dd></div><div><dt>Seed</dt><dd>%d</dd></div></dl>
            """
                .formatted(
                    Text.escape(report.command()), Text.escape(report.version()), report.seed()));
    if (!report.inputs().isEmpty()) {
      html.append(
          """
          <table class="plain inputs"><caption class="hidden">Input files</caption>\
          <thead><tr><th scope="col">Input</th><th scope="col">%s</th></tr></thead><tbody>
          """
              .formatted(Term.CHECKSUM.link()));
      for (InputFile input : report.inputs()) {
        html.append(
            "<tr><th scope=\"row\">%s <span class=\"quiet\">%s</span></th><td class=\"hash\">%s</td></tr>\n"
                .formatted(
                    Text.escape(input.name()),
                    Text.escape(input.role()),
                    input.sha256().isEmpty()
                        ? "read from standard input"
                        : Text.escape(input.sha256())));
      }
      html.append("</tbody></table>\n");
    }
    html.append(
        "<p class=\"quiet small\">Times, memory and hardware of this run are in"
            + " <code>run.json</code> beside this file.</p>\n");
    return html.append("</section>\n").toString();
  }

  static String glossary() {
    StringBuilder html =
        new StringBuilder(
            """
            <section id="glossary" aria-labelledby="glossary-h">
            <h2 id="glossary-h">What the numbers mean</h2>
            <dl class="glossary">
            """);
    for (Term term : Term.values()) {
      html.append(
          "<div id=\"%s\"><dt>%s</dt><dd id=\"%s-d\">%s</dd></div>\n"
              .formatted(
                  term.anchor(),
                  Text.escape(term.longName),
                  term.anchor(),
                  Text.escape(term.meaning)));
    }
    return html.append("</dl>\n</section>\n").toString();
  }
}
