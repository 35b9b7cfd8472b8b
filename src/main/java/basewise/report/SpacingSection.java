package basewise.report;

import basewise.patterns.Spacing;
import basewise.stats.LogValue;
import java.util.List;

/** How pairs of patterns stand to one another. */
final class SpacingSection {
  /** More pairs than these are in the table of the folder alone. */
  private static final int PAIRS = 20;

  private static final double WIDTH = 320;
  private static final double HALF = 34;

  /** Bases of gap that are drawn on each side. */
  private static final int REACH = 100;

  private SpacingSection() {}

  /** The part of the section of patterns, or nothing if no pair was looked at. */
  static String of(PatternReport report) {
    List<Spacing> pairs = report.spacing();
    StringBuilder html = new StringBuilder("<h3 id=\"spacing\">Which keep their distance</h3>\n");
    if (pairs.isEmpty()) {
      return html.append(
              "<p class=\"lead\">No two patterns stand apart from one another in 20 sequences or"
                  + " more.</p>\n")
          .toString();
    }
    int shown = Math.min(PAIRS, pairs.size());
    html.append(
        """
        <p class="lead">%s. The second is seen from the first, read forward; the gap is that \
        between the bases that contribute. %s compares what stands out most with sequences that \
        exchange their places of the second. Bars: gaps in bins of %d bases, above the line on one \
        strand, below it on opposite ones; upstream on the left.</p>
        <div class="scroll"><table class="plain spacing">
        <thead><tr><th scope="col">Pair</th><th scope="col" class="number">In both</th>\
        <th scope="col">Stands out most</th><th scope="col" class="number">%s</th>\
        <th scope="col" class="number">q</th><th scope="col">Gaps</th></tr></thead>
        <tbody>
        """
            .formatted(
                shown < pairs.size()
                    ? "The most certain %d of %d pairs; all are in patterns/spacing.tsv"
                        .formatted(shown, pairs.size())
                    : "Pairs that stand apart from one another in 20 sequences or more",
                Term.SPACING_P.link(),
                Spacing.BIN,
                Term.SPACING_P.link("p")));
    for (Spacing s : pairs.subList(0, shown)) {
      row(html, report, s);
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private static void row(StringBuilder html, PatternReport report, Spacing s) {
    Spacing.Cell most = s.cells().getFirst();
    PatternReport.Entry first = report.entry(s.first());
    PatternReport.Entry second = report.entry(s.second());
    html.append(
        """
        <tr><th scope="row">%s<br>%s</th><td class="number">%s%s</td>\
        <td><b>%d–%d bases</b> %s, %s<br><span class="quiet">%d sequences, %s expected</span></td>\
        <td class="number">%s</td><td class="number">%s</td><td>%s</td></tr>
        """
            .formatted(
                name(first),
                first == second ? "<span class=\"quiet\">and itself</span>" : name(second),
                Text.count(s.both()),
                Double.isNaN(s.expectedBoth())
                    ? ""
                    : "<br><span class=\"quiet\">%s expected</span>"
                        .formatted(Text.shortest(s.expectedBoth(), s.expectedBoth() < 10 ? 1 : 0)),
                most.gap(),
                most.gap() + Spacing.BIN - 1,
                where(first == second, most),
                most.sameStrand() ? "same strand" : "opposite strands",
                most.sequences(),
                Text.shortest(most.expected(), 1),
                Text.power(LogValue.ofLn(s.logPvalue())),
                Text.power(LogValue.ofLn(s.logQvalue())),
                bars(s, first, second)));
  }

  private static String where(boolean itself, Spacing.Cell cell) {
    if (itself) {
      return cell.sameStrand() ? "apart" : cell.downstream() ? "facing one another" : "turned away";
    }
    return cell.downstream() ? "downstream" : "upstream";
  }

  private static String name(PatternReport.Entry entry) {
    return "<a href=\"#%s\">%s%d</a> %s"
        .formatted(
            entry.anchor(),
            entry.found().positive() ? "pattern " : "negative pattern ",
            entry.found().rank(),
            Text.escape(entry.said()));
  }

  private static String bars(Spacing s, PatternReport.Entry first, PatternReport.Entry second) {
    double tallest = 1;
    for (Spacing.Cell c : s.cells()) {
      tallest = Math.max(tallest, c.sequences());
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg class=\"spacing\" viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
            .formatted(
                n(WIDTH),
                n(2 * HALF + 16),
                Text.escape(
                    "Gaps of %s from %s, at most %d bases"
                        .formatted(second.found().id(), first.found().id(), REACH))));
    double unit = WIDTH / 2 / REACH;
    StringBuilder path = new StringBuilder();
    for (Spacing.Cell c : s.cells()) {
      if (c.gap() >= REACH) {
        continue;
      }
      double x = WIDTH / 2 + (c.downstream() ? c.gap() : -c.gap() - Spacing.BIN) * unit + 0.5;
      double height = c.sequences() / tallest * HALF;
      double y = c.sameStrand() ? HALF - height : HALF;
      path.append(
          "M%s,%s h%s v%s h-%s Z "
              .formatted(
                  n(x), n(y), n(Spacing.BIN * unit - 1), n(height), n(Spacing.BIN * unit - 1)));
    }
    svg.append("<path class=\"bar\" d=\"").append(path.toString().strip()).append("\"/>");
    svg.append(
        "<path class=\"frame\" d=\"M0,%s H%s M%s,0 V%s\"/>"
            .formatted(n(HALF), n(WIDTH), n(WIDTH / 2), n(2 * HALF)));
    svg.append(
        "<text x=\"0\" y=\"%s\">\u2212%d</text><text x=\"%s\" y=\"%s\" text-anchor=\"middle\">0</text><text x=\"%s\" y=\"%s\" text-anchor=\"end\">%d</text>"
            .formatted(
                n(2 * HALF + 14),
                REACH,
                n(WIDTH / 2),
                n(2 * HALF + 14),
                n(WIDTH),
                n(2 * HALF + 14),
                REACH));
    return svg.append("</svg>").toString();
  }

  private static String n(double x) {
    return Text.coordinate(x);
  }
}
