package basewise.report;

/** Draws a logo's layout as SVG, as a file of its own or as a part of the report. */
final class LogoSvg {
  /** Dark enough for 3:1 against white, far apart for every kind of colour vision. */
  static final String[] COLOURS = {"#1a7f5a", "#1d5fa8", "#b97700", "#c0392b"};

  private static final String INK = "#5b6470";

  private LogoSvg() {}

  /** A whole file. */
  static String file(LogoLayout layout, String title, String description) {
    StringBuilder svg = new StringBuilder(8192);
    svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\""
                .formatted(
                    Text.coordinate(layout.width()),
                    Text.coordinate(layout.height()),
                    Text.coordinate(layout.width()),
                    Text.coordinate(layout.height()))
            + " role=\"img\" aria-labelledby=\"t d\">\n");
    svg.append("<title id=\"t\">").append(Text.escape(title)).append("</title>\n");
    svg.append("<desc id=\"d\">").append(Text.escape(description)).append("</desc>\n");
    svg.append(definitions());
    drawing(svg, layout, "");
    return svg.append("</svg>\n").toString();
  }

  /** The four letters, once per document; {@link #drawing} refers to them. */
  static String definitions() {
    StringBuilder svg = new StringBuilder("<defs>\n");
    for (int c = 0; c < 4; c++) {
      svg.append(
          "<path id=\"base-%s\" fill-rule=\"evenodd\" d=\"%s\"/>\n"
              .formatted("ACGT".charAt(c), Glyph.letter(c)));
    }
    return svg.append("</defs>\n").toString();
  }

  /**
   * Appends axis, letters and numbers. The colours are attributes, which a page's style sheet may
   * replace through the classes.
   *
   * @param lettersId id of the group of letters, or "" for none
   */
  static void drawing(StringBuilder svg, LogoLayout layout, String lettersId) {
    svg.append("<g class=\"axis\" fill=\"none\" stroke=\"").append(INK).append("\"><path d=\"");
    double top = layout.ticks().getLast().y();
    svg.append("M%s,%s V%s".formatted(n(layout.axis()), n(top), n(layout.baseline())));
    for (LogoLayout.Label tick : layout.ticks()) {
      svg.append(" M%s,%s h-4".formatted(n(tick.x()), n(tick.y())));
    }
    svg.append(" M%s,%s H%s".formatted(n(layout.left()), n(layout.baseline()), n(layout.right())));
    svg.append("\"/></g>\n<g class=\"scale\" fill=\"").append(INK);
    svg.append("\" font-family=\"system-ui,sans-serif\" font-size=\"13\">\n");
    for (LogoLayout.Label tick : layout.ticks()) {
      svg.append(
          "<text x=\"%s\" y=\"%s\" text-anchor=\"end\">%d</text>"
              .formatted(n(tick.x() - 7), n(tick.y() + 4.5), tick.number()));
    }
    for (LogoLayout.Label label : layout.numbers()) {
      svg.append(
          "<text x=\"%s\" y=\"%s\" text-anchor=\"middle\">%d</text>"
              .formatted(n(label.x()), n(label.y() + 17), label.number()));
    }
    double x = layout.axis() - LogoLayout.NAME;
    double y = (top + layout.baseline()) / 2;
    svg.append(
        "<text transform=\"translate(%s %s) rotate(-90)\" text-anchor=\"middle\">bits</text>"
            .formatted(n(x + 4), n(y)));
    svg.append("\n</g>\n<g");
    if (!lettersId.isEmpty()) {
      svg.append(" id=\"").append(lettersId).append('"');
    }
    svg.append(">\n");
    for (LogoLayout.Letter letter : layout.letters()) {
      char base = "ACGT".charAt(letter.code());
      svg.append("<use href=\"#base-").append(base).append("\" class=\"").append(base);
      svg.append("\" fill=\"").append(COLOURS[letter.code()]).append("\" transform=\"translate(");
      svg.append(n(letter.x())).append(' ').append(n(letter.y())).append(") scale(");
      svg.append(Text.shortest(letter.width() / 100, 4)).append(' ');
      svg.append(Text.shortest(letter.height() / 100, 4)).append(")\"/>\n");
    }
    svg.append("</g>\n");
  }

  private static String n(double x) {
    return Text.coordinate(x);
  }
}
