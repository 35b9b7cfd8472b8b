package basewise.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A logo whose letters are as high as their contributions: those that raise the output stand on the
 * line, those that lower it hang below it, upside down. Its columns are those of {@link
 * LogoLayout}, so that it can stand beside a logo of frequencies.
 */
final class ContributionLogo {
  private static final double COLUMN = LogoLayout.COLUMN;
  private static final double TOP = 8;
  private static final double STACK = 96;
  private static final double BOTTOM = 22;
  private static final double GAP = 0.75;
  private static final double INVISIBLE = 0.4;

  private final double[] numbers;
  private final int from;
  private final int to;
  private final double most;
  private final double least;

  /** What is drawn of a column: the sum of its letters above the line, and that below. */
  private record Sums(double up, double down) {}

  private ContributionLogo(double[] numbers, int from, int to, double most, double least) {
    this.numbers = numbers;
    this.from = from;
    this.to = to;
    this.most = most;
    this.least = least;
  }

  /**
   * A logo of some positions, on a scale of its own.
   *
   * @param numbers contributions, [position * 4 + base]
   */
  static ContributionLogo of(double[] numbers, int from, int to) {
    double most = 0;
    double least = 0;
    for (int i = from; i < to; i++) {
      Sums s = sums(numbers, i);
      most = Math.max(most, s.up);
      least = Math.min(least, s.down);
    }
    return new ContributionLogo(numbers, from, to, most, least);
  }

  private static Sums sums(double[] numbers, int position) {
    double up = 0;
    double down = 0;
    for (int c = 0; c < 4; c++) {
      up += Math.max(0, numbers[4 * position + c]);
      down += Math.min(0, numbers[4 * position + c]);
    }
    return new Sums(up, down);
  }

  /** The highest stack, or the deepest if that is farther. */
  double extreme() {
    return most >= -least ? most : least;
  }

  private double unit() {
    return most - least == 0 ? 1 : STACK / (most - least);
  }

  /** With an axis, as large as a logo of frequencies. */
  String figure(String title, String prefix) {
    double left = LogoLayout.MARGIN;
    double right = left + (to - from) * COLUMN;
    double zero = TOP + most * unit();
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg class="logo%s" viewBox="0 0 %s %s" style="min-width:%dpx;--natural:%spx" role="img" \
        aria-labelledby="%s-t"><title id="%s-t">%s</title>
        <g class="axis" fill="none" stroke="#5b6470"><path d="M%s,%s V%s M%s,%s h-4 M%s,%s H%s"/></g>
        <g class="scale" font-family="system-ui,sans-serif" font-size="13" text-anchor="end">\
        <text x="%s" y="%s">%s</text>
        """
            .formatted(
                to - from > 16 ? " wide" : "",
                n(right + 2),
                n(TOP + STACK + BOTTOM),
                (to - from) * 14 + 20,
                n(right + 2),
                prefix,
                prefix,
                Text.escape(title),
                n(left - 2),
                n(TOP),
                n(TOP + STACK),
                n(left - 2),
                n(zero),
                n(left),
                n(zero),
                n(right),
                n(left - 9),
                n(zero + 4.5),
                "0"));
    double far = most >= -least ? TOP : TOP + STACK;
    if (extreme() != 0) {
      svg.append(
          "<text x=\"%s\" y=\"%s\">%s</text>"
              .formatted(
                  n(left - 5),
                  n(far + (far > TOP ? 0 : 9)),
                  ScoreLine.g(extreme()).replace('-', '\u2212')));
    }
    svg.append("</g>\n<g class=\"scale\" font-family=\"system-ui,sans-serif\" font-size=\"13\"");
    svg.append(" text-anchor=\"middle\">");
    for (int i = 0; i < to - from; i++) {
      if (i == 0 || (i + 1) % 5 == 0) {
        svg.append(
            "<text x=\"%s\" y=\"%s\">%d</text>"
                .formatted(n(left + (i + 0.5) * COLUMN), n(TOP + STACK + 17), i + 1));
      }
    }
    svg.append("</g>\n");
    letters(svg, left, zero);
    return svg.append("</svg>\n").toString();
  }

  /** Letters and the line alone. */
  String small(String title) {
    double width = (to - from) * COLUMN;
    double zero = 2 + most * unit();
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg class="contribution" viewBox="0 0 %s %s" preserveAspectRatio="xMinYMid" role="img" aria-label="%s">\
        <path class="zero" d="M0,%s H%s" fill="none" stroke="#5b6470" stroke-opacity=".45"/>
        """
            .formatted(n(width), n(STACK + 4), Text.escape(title), n(zero), n(width)));
    letters(svg, 0, zero);
    return svg.append("</svg>").toString();
  }

  private void letters(StringBuilder svg, double left, double zero) {
    double unit = unit();
    svg.append("<g>");
    for (int i = from; i < to; i++) {
      double x = left + (i - from) * COLUMN + GAP;
      double up = zero;
      double down = zero;
      for (int c : nearestFirst(i)) {
        double height = numbers[4 * i + c] * unit;
        if (height > 0) {
          up -= height;
          letter(svg, c, x, up, height);
        } else {
          letter(svg, c, x, down - height, height);
          down -= height;
        }
      }
    }
    svg.append("</g>\n");
  }

  /** The codes of a column, those nearest to the line first: the smallest. */
  private List<Integer> nearestFirst(int position) {
    List<Integer> codes = new ArrayList<>(List.of(0, 1, 2, 3));
    codes.sort(
        Comparator.comparingDouble((Integer c) -> Math.abs(numbers[4 * position + c]))
            .thenComparing(Comparator.reverseOrder()));
    return codes;
  }

  /** A negative height turns the letter upside down; y is where its top would be. */
  private static void letter(StringBuilder svg, int code, double x, double y, double height) {
    if (Math.abs(height) < INVISIBLE) {
      return;
    }
    char base = "ACGT".charAt(code);
    svg.append("<use href=\"#base-").append(base).append("\" class=\"").append(base);
    svg.append("\" fill=\"").append(LogoSvg.COLOURS[code]).append("\" transform=\"translate(");
    svg.append(n(x)).append(' ').append(n(y)).append(") scale(");
    svg.append(Text.shortest((COLUMN - 2 * GAP) / 100, 4)).append(' ');
    svg.append(Text.shortest(height / 100, 4)).append(")\"/>");
  }

  private static String n(double x) {
    return Text.coordinate(x);
  }
}
