package basewise.report;

import basewise.motif.Motif;
import basewise.sequence.Strand;
import java.util.Optional;

/** Logos inside the page: a found motif above the known one, their columns in line. */
final class LogoFigure {
  /** A column never gets narrower than this many pixels; wider logos scroll sideways instead. */
  private static final int NARROWEST = 14;

  private LogoFigure() {}

  /**
   * One strand of a motif, with its best match if it has one.
   *
   * @param entry the motif
   * @param reverse whether everything is shown as its reverse complement
   * @param prefix of the ids in this figure
   * @param lettersId id for the group of the found motif's letters, or ""
   */
  static String pair(MotifEntry entry, boolean reverse, String prefix, String lettersId) {
    Optional<KnownMatch> match = entry.bestMatch();
    Motif found = reverse ? entry.motif().reverseComplement() : entry.motif();
    SequenceLogo top = SequenceLogo.of(found);
    StringBuilder html = new StringBuilder("<figure class=\"pair\">\n<div class=\"scroll\">\n");
    String strand = reverse ? "reverse complement" : "as found";
    String label =
        "<p class=\"row-label\"><b>Found</b> %s <span class=\"quiet\">%s</span></p>\n"
            .formatted(Text.escape(entry.id()), strand);
    if (match.isEmpty()) {
      html.append(label);
      html.append(svg(top, 0, top.width(), 0, 0, prefix + "f", lettersId));
    } else {
      KnownMatch known = match.get();
      Motif oriented = reverse ? known.oriented().reverseComplement() : known.oriented();
      SequenceLogo bottom = SequenceLogo.of(oriented);
      int leadTop = Math.max(0, known.offset());
      int leadBottom = Math.max(0, -known.offset());
      int total = Math.max(leadTop + top.width(), leadBottom + bottom.width());
      if (reverse) {
        leadTop = total - leadTop - top.width();
        leadBottom = total - leadBottom - bottom.width();
      }
      int from = Math.max(leadTop, leadBottom);
      int to = Math.min(leadTop + top.width(), leadBottom + bottom.width());
      boolean turned = (known.orientation() == Strand.REVERSE) != reverse;
      html.append(label);
      html.append(svg(top, leadTop, total, from, to, prefix + "f", lettersId));
      html.append(
          "<p class=\"row-label\"><b>Known</b> %s <span class=\"quiet\">%s%s</span></p>\n"
              .formatted(
                  Text.escape(known.target().label()),
                  known.target().name().isEmpty() ? "" : Text.escape(known.target().id()) + ", ",
                  turned ? "reverse complement" : "as in its collection"));
      html.append(svg(bottom, leadBottom, total, from, to, prefix + "k", ""));
    }
    return html.append("</div>\n</figure>\n").toString();
  }

  /** A small picture of letters that are drawn elsewhere in the page. */
  static String thumbnail(MotifEntry entry, String lettersId) {
    SequenceLogo logo = SequenceLogo.of(entry.motif());
    LogoLayout layout = LogoLayout.of(logo, lead(entry), lead(entry) + logo.width());
    double x = layout.left();
    return """
    <svg class="thumb" viewBox="%s 6 %s 100" style="aspect-ratio:%s" preserveAspectRatio="xMinYMax" \
    role="img" aria-label="%s"><use href="#%s"/></svg>\
    """
        .formatted(
            Text.coordinate(x),
            Text.coordinate(layout.right() - x),
            Text.shortest((layout.right() - x) / 100, 3),
            Text.escape(logo.title()),
            lettersId);
  }

  /**
   * A small picture of a motif, drawn where it stands.
   *
   * @param id unique in the page
   */
  static String small(Motif motif, String id) {
    SequenceLogo logo = SequenceLogo.of(motif);
    LogoLayout layout = LogoLayout.of(logo, 0, logo.width());
    double x = layout.left();
    StringBuilder svg =
        new StringBuilder(
            """
            <svg class="thumb" viewBox="%s 6 %s 100" style="aspect-ratio:%s" \
            preserveAspectRatio="xMinYMax" role="img" aria-label="%s">\
            """
                .formatted(
                    Text.coordinate(x),
                    Text.coordinate(layout.right() - x),
                    Text.shortest((layout.right() - x) / 100, 3),
                    Text.escape(logo.title())));
    LogoSvg.drawing(svg, layout, id);
    return svg.append("</svg>").toString();
  }

  /**
   * A logo on its own, with its axis.
   *
   * @param prefix of the ids in it
   */
  static String alone(Motif motif, String prefix) {
    SequenceLogo logo = SequenceLogo.of(motif);
    return svg(logo, 0, logo.width(), 0, 0, prefix, "");
  }

  private static int lead(MotifEntry entry) {
    return entry.bestMatch().map(m -> Math.max(0, m.offset())).orElse(0);
  }

  private static String svg(
      SequenceLogo logo, int lead, int total, int from, int to, String prefix, String lettersId) {
    LogoLayout layout = LogoLayout.of(logo, lead, total);
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg class="logo%s" viewBox="0 0 %s %s" style="min-width:%dpx;--natural:%spx" role="img" \
        aria-labelledby="%s-t %s-d"><title id="%s-t">%s</title><desc id="%s-d">%s</desc>
        """
            .formatted(
                total > 16 ? " wide" : "",
                Text.coordinate(layout.width()),
                Text.coordinate(layout.height()),
                total * NARROWEST + 20,
                Text.coordinate(layout.width()),
                prefix,
                prefix,
                prefix,
                Text.escape(logo.title()),
                prefix,
                Text.escape(logo.description())));
    if (to > from) {
      svg.append(
          "<rect class=\"overlap\" x=\"%s\" y=\"0\" width=\"%s\" height=\"%s\"/>\n"
              .formatted(
                  Text.coordinate(LogoLayout.MARGIN + from * LogoLayout.COLUMN),
                  Text.coordinate((to - from) * LogoLayout.COLUMN),
                  Text.coordinate(layout.baseline())));
    }
    LogoSvg.drawing(svg, layout, lettersId);
    return svg.append("</svg>\n").toString();
  }
}
