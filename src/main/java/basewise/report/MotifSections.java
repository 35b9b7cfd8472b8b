package basewise.report;

import basewise.discovery.Origin;
import basewise.io.Wording;
import basewise.stats.LogValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The table of motifs and one article for each. */
final class MotifSections {
  /** More matches than this would bury the best. */
  private static final int MATCHES = 8;

  private static final List<Term> COLUMNS =
      List.of(
          Term.RANK,
          Term.MOTIF,
          Term.BEST_MATCH,
          Term.EVALUE,
          Term.POSITIVES,
          Term.NEGATIVES,
          Term.MOTIF_AUROC,
          Term.INFLUENCE,
          Term.SITES,
          Term.BITS);

  private MotifSections() {}

  /** The summary, sorted by evidence. */
  static String table(List<MotifEntry> motifs, String heldOut) {
    StringBuilder html =
        new StringBuilder(
            """
            <table class="motifs cards" role="table" aria-describedby="motifs-lead">
            <caption class="hidden">Motifs, strongest evidence first</caption>
            <thead role="rowgroup"><tr role="row">
            """);
    for (Term column : COLUMNS) {
      boolean words = column == Term.MOTIF || column == Term.BEST_MATCH;
      html.append(
          "<th scope=\"col\" role=\"columnheader\"%s%s>%s</th>\n"
              .formatted(
                  words || column == Term.RANK ? "" : " class=\"number\"",
                  column == Term.EVALUE ? " aria-sort=\"ascending\"" : "",
                  column.link()));
    }
    html.append("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (MotifEntry entry : motifs) {
      row(html, entry, heldOut);
    }
    return html.append("</tbody>\n</table>\n").toString();
  }

  private static void row(StringBuilder html, MotifEntry entry, String heldOut) {
    html.append("<tr role=\"row\">\n");
    cell(html, Term.RANK, "number rank", entry.rank(), "", Integer.toString(entry.rank()));
    html.append(
        """
        <th scope="row" role="rowheader" class="motif" data-sort="%s">%s
        <a class="consensus" href="#motif-%d">%s</a></th>
        """
            .formatted(
                Text.escape(entry.consensus()),
                LogoFigure.thumbnail(entry, letters(entry)),
                entry.rank(),
                Text.escape(entry.consensus())));
    String match =
        entry
            .bestMatch()
            .map(m ->
                "<b>%s</b> <span class=\"quiet\">%s</span>"
                    .formatted(
                        Text.escape(m.said()),
                        m.target().name().isEmpty() ? "" : Text.escape(m.target().id())))
            .orElse("<span class=\"quiet\">none known</span>");
    String matchTitle =
        entry.bestMatch().map(m -> "Match E-value " + LogValue.of(m.evalue())).orElse("");
    html.append(
        "<td role=\"cell\" data-sort=\"%s\" title=\"%s\">%s<span>%s</span></td>\n"
            .formatted(
                Text.escape(entry.bestMatch().map(m -> m.target().label()).orElse("")),
                Text.escape(matchTitle),
                Term.BEST_MATCH.cellLabel(),
                match));
    cell(
        html,
        Term.EVALUE,
        "number",
        Math.max(entry.evalue().log10(), -1e9),
        "p-value " + entry.pvalue() + " before counting the candidates tested",
        Text.power(entry.evalue()));
    cell(
        html,
        Term.POSITIVES,
        "number",
        share(entry.positivesWithSite(), entry.positives()),
        entry.positivesWithSite() + " of " + entry.positives() + " positives " + heldOut,
        Text.percent(entry.positivesWithSite(), entry.positives()));
    cell(
        html,
        Term.NEGATIVES,
        "number",
        share(entry.negativesWithSite(), entry.negatives()),
        entry.negativesWithSite() + " of " + entry.negatives() + " negatives " + heldOut,
        Text.percent(entry.negativesWithSite(), entry.negatives()));
    cell(
        html,
        Term.MOTIF_AUROC,
        "number",
        entry.auroc(),
        "0.5 is chance, 1 is perfect",
        Text.fixed(entry.auroc(), 3));
    cell(
        html,
        Term.INFLUENCE,
        "number",
        entry.influence(),
        "Share of the network's effect",
        Text.percent(entry.influence()));
    cell(
        html,
        Term.SITES,
        "number",
        entry.sites(),
        "Aligned sites in the matrix",
        Text.count(entry.sites()));
    cell(
        html,
        Term.BITS,
        "number",
        entry.informationContent(),
        "Bits over " + Wording.count(entry.motif().width(), "column"),
        Text.fixed(entry.informationContent(), 1));
    html.append("</tr>\n");
  }

  private static void cell(
      StringBuilder html, Term term, String style, double sort, String title, String content) {
    html.append(
        "<td role=\"cell\" class=\"%s\" data-sort=\"%s\" title=\"%s\">%s<span>%s</span></td>\n"
            .formatted(
                style,
                Double.isFinite(sort) ? Text.shortest(sort, 6) : "",
                Text.escape(title.isEmpty() ? term.meaning : title),
                term.cellLabel(),
                content));
  }

  /** One motif with both strands, evidence, positions, matches and downloads. */
  static String article(MotifEntry entry, String heldOut) {
    String id = "motif-" + entry.rank();
    StringBuilder html = new StringBuilder();
    html.append(
        """
        <article class="motif-card" id="%s" aria-labelledby="%s-h">
        <header><p class="numeral" aria-hidden="true">%d</p>
        <h3 id="%s-h"><span class="hidden">Motif %d: </span>%s</h3>
        <p class="consensus" data-copy>%s</p>
        """
            .formatted(
                id,
                id,
                entry.rank(),
                id,
                entry.rank(),
                Text.escape(entry.bestMatch().map(KnownMatch::said).orElse("No known match")),
                Text.escape(entry.consensus())));
    if (!entry.origins().isEmpty()) {
      html.append("<p class=\"quiet small\">From ").append(sources(entry)).append("</p>\n");
    }
    for (String note : entry.notes()) {
      html.append("<p class=\"note\">").append(Text.escape(note)).append("</p>\n");
    }
    html.append("</header>\n<div class=\"strands\">\n");
    html.append(LogoFigure.pair(entry, false, id + "-a", letters(entry)));
    html.append(LogoFigure.pair(entry, true, id + "-b", ""));
    html.append("</div>\n<div class=\"evidence\">\n");
    facts(html, entry, heldOut);
    if (!entry.positionCounts().isEmpty()) {
      int window = Math.max(1, entry.windowWidth());
      html.append(
          "<figure class=\"positions\"><figcaption>Where its sites lie: tallest bar %s %s, each %s bases wide</figcaption>\n"
              .formatted(
                  Text.count(Collections.max(entry.positionCounts())),
                  Collections.max(entry.positionCounts()) == 1 ? "site" : "sites",
                  Text.shortest((double) window / entry.positionCounts().size(), 1)));
      html.append(Charts.histogram(id + "-p", entry.positionCounts(), window));
      html.append("</figure>\n");
    }
    html.append("</div>\n");
    matches(html, entry, id);
    html.append("<p class=\"save\">Save this motif as</p>\n").append(Downloads.links(entry));
    return html.append("</article>\n").toString();
  }

  /** Where it came from, the source of its matrix first. */
  private static String sources(MotifEntry entry) {
    List<String> out = new ArrayList<>();
    for (Origin.Kind kind : Origin.kinds(entry.origins())) {
      List<Integer> of =
          entry.origins().stream()
              .filter(o -> o.kind() == kind)
              .map(Origin::index)
              .distinct()
              .sorted()
              .toList();
      out.add(
          switch (kind) {
            case FILTERS -> listed(of.size() == 1 ? "filter " : "filters ", of);
            case ATTRIBUTIONS -> linked(of);
            case WORDS -> of.size() == 1 ? "an enriched word" : "enriched words";
          });
    }
    return String.join(", and ", out);
  }

  private static String listed(String name, List<Integer> numbers) {
    return name + numbers.stream().map(n -> Integer.toString(n)).collect(Collectors.joining(", "));
  }

  private static String linked(List<Integer> patterns) {
    return patterns.stream()
        .map(p -> "<a href=\"#pattern-%d\">pattern %d</a>".formatted(p, p))
        .collect(Collectors.joining(", "));
  }

  private static void facts(StringBuilder html, MotifEntry entry, String heldOut) {
    html.append("<dl class=\"facts\">\n");
    fact(html, Term.EVALUE, Text.power(entry.evalue()), "p " + Text.power(entry.pvalue()));
    fact(
        html,
        Term.POSITIVES,
        Text.percent(entry.positivesWithSite(), entry.positives()),
        Text.count(entry.positivesWithSite())
            + " of "
            + Text.count(entry.positives())
            + " "
            + heldOut);
    fact(
        html,
        Term.NEGATIVES,
        Text.percent(entry.negativesWithSite(), entry.negatives()),
        Text.count(entry.negativesWithSite())
            + " of "
            + Text.count(entry.negatives())
            + " "
            + heldOut);
    fact(html, Term.MOTIF_AUROC, Text.fixed(entry.auroc(), 3), "");
    fact(html, Term.INFLUENCE, Text.percent(entry.influence()), "");
    // The matrix is made of aligned sites; positions and strands are of each positive's best.
    long best = entry.positionCounts().stream().mapToLong(n -> n).sum();
    fact(
        html,
        Term.SITES,
        Text.count(entry.sites()),
        best == 0 ? "" : "in the matrix; %s positives have one".formatted(Text.count(best)));
    fact(
        html,
        Term.BITS,
        Text.fixed(entry.informationContent(), 1),
        "over " + Wording.count(entry.motif().width(), "column"));
    fact(html, Term.FORWARD, Text.percent(entry.forwardShare()), "");
    html.append("</dl>\n");
  }

  private static void fact(StringBuilder html, Term term, String value, String more) {
    html.append(
        "<div><dt>%s</dt><dd>%s%s</dd></div>\n"
            .formatted(
                term.link(),
                value,
                more.isEmpty() ? "" : " <span class=\"quiet\">" + more + "</span>"));
  }

  private static void matches(StringBuilder html, MotifEntry entry, String id) {
    if (entry.matches().isEmpty()) {
      html.append(
          "<p class=\"quiet\">No motif of the collection is similar enough to be listed.</p>\n");
      return;
    }
    int shown = Math.min(MATCHES, entry.matches().size());
    html.append(
        """
        <details class="matches"%s><summary>Known motifs it resembles <span class="quiet">%s</span></summary>
        <div class="scroll"><table class="plain" aria-labelledby="%s-h">
        <thead><tr><th scope="col">Known motif</th>
        """
            .formatted(
                entry.rank() == 1 ? " open" : "",
                shown < entry.matches().size()
                    ? "best %d of %d".formatted(shown, entry.matches().size())
                    : Integer.toString(shown),
                id));
    for (Term term :
        List.of(
            Term.MATCH_P,
            Term.MATCH_E,
            Term.MATCH_Q,
            Term.OVERLAP,
            Term.OFFSET,
            Term.ORIENTATION)) {
      html.append("<th scope=\"col\" class=\"number\">").append(term.link()).append("</th>\n");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (KnownMatch match : entry.matches().subList(0, shown)) {
      html.append(
          "<tr><th scope=\"row\"><b>%s</b> <span class=\"quiet\">%s</span></th>"
              .formatted(
                  Text.escape(match.target().label()),
                  match.target().name().isEmpty() ? "" : Text.escape(match.target().id())));
      for (double p : new double[] {match.pvalue(), match.evalue(), match.qvalue()}) {
        html.append("<td class=\"number\">").append(Text.power(LogValue.of(p))).append("</td>");
      }
      html.append(
          "<td class=\"number\">%d</td><td class=\"number\">%s</td><td class=\"number\">%s</td></tr>\n"
              .formatted(
                  match.overlap(),
                  Integer.toString(match.offset()).replace('-', '\u2212'),
                  match.orientation().symbol() == '+' ? "+" : "\u2212"));
    }
    html.append("</tbody></table></div></details>\n");
  }

  private static String letters(MotifEntry entry) {
    return "letters-" + entry.rank();
  }

  private static double share(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
