package basewise.report;

import basewise.io.Wording;
import basewise.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Line charts and histograms as inline SVG; colours come from the page's style sheet. */
final class Charts {
  private static final double WIDTH = 340;
  private static final double HEIGHT = 280;
  private static final double LEFT = 58;
  private static final double RIGHT = 20;
  private static final double TOP = 12;
  private static final double BOTTOM = 46;

  private Charts() {}

  /** A named line; the style is a class of the style sheet. */
  record Line(String name, String style, List<Curve.Point> points) {}

  /** The ends of an axis, its marks, and how they are printed. */
  record Axis(String label, double low, double high, List<Double> marks, int decimals) {
    static Axis unit(String label) {
      return new Axis(label, 0, 1, List.of(0.0, 0.25, 0.5, 0.75, 1.0), 2);
    }

    /** An axis with round marks that holds some values. */
    static Axis around(String label, List<Double> values) {
      double low = values.stream().mapToDouble(v -> v).min().orElse(0);
      double high = values.stream().mapToDouble(v -> v).max().orElse(1);
      if (high - low < 1e-6) {
        low -= 0.05;
        high += 0.05;
      }
      double step = Math.pow(10, Math.floor(Math.log10((high - low) / 2)));
      for (double factor : new double[] {2, 2.5, 2}) {
        if ((high - low) / step > 6) {
          step *= factor;
        }
      }
      double first = Math.floor(low / step + 1e-9);
      double last = Math.ceil(high / step - 1e-9);
      List<Double> marks = new ArrayList<>();
      for (double i = first; i <= last; i++) {
        marks.add(i * step);
      }
      int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9) + (half(step) ? 1 : 0));
      return new Axis(label, first * step, last * step, marks, decimals);
    }

    private static boolean half(double step) {
      double mantissa = step / Math.pow(10, Math.floor(Math.log10(step) + 1e-9));
      return Math.abs(mantissa - 2.5) < 1e-6;
    }
  }

  /** A chart of lines, the last drawn on top. */
  static String lines(
      String id, String title, String description, Axis x, Axis y, List<Line> lines, double rule) {
    StringBuilder svg = open(id, title, description, WIDTH, HEIGHT);
    grid(svg, x, y);
    if (Double.isFinite(rule)) {
      double at = px(x, rule);
      svg.append(
          "<path class=\"kept\" d=\"M%s,%s V%s\"/>".formatted(n(at), n(TOP), n(HEIGHT - BOTTOM)));
    }
    for (Line line : lines) {
      svg.append("<path class=\"line ").append(line.style()).append("\" d=\"");
      char verb = 'M';
      for (Curve.Point point : line.points()) {
        if (Double.isFinite(point.y())) {
          svg.append(verb).append(n(px(x, point.x()))).append(',').append(n(py(y, point.y())));
          verb = 'L';
        }
      }
      svg.append("\"/>\n");
    }
    return svg.append("</svg>\n").toString();
  }

  /** The points of one number over the epochs. */
  static List<Curve.Point> over(List<Epoch> history, ToDoubleFunction<Epoch> number) {
    return history.stream()
        .filter(e -> Double.isFinite(number.applyAsDouble(e)))
        .map(e -> new Curve.Point(e.number(), number.applyAsDouble(e)))
        .toList();
  }

  /** Where sites lie in the window: bars from its start to its end, the centre marked 0. */
  static String histogram(String id, List<Long> counts, int windowWidth) {
    double width = 340;
    double base = 92;
    long most = Math.max(1, counts.stream().mapToLong(c -> c).max().orElse(1));
    long all = counts.stream().mapToLong(c -> c).sum();
    int peak = counts.indexOf(most);
    double bin = (double) windowWidth / counts.size();
    String description =
        "%s in %s of %s bases; most (%d) around %s bases from the centre"
            .formatted(
                Wording.count(all, "site"),
                Wording.count(counts.size(), "bin"),
                Text.shortest(bin, 1),
                most,
                Text.shortest(Math.rint((peak + 0.5) * bin - windowWidth / 2.0), 0));
    StringBuilder svg = open(id, "Positions of the sites", description, width, 128);
    double step = (width - 24) / counts.size();
    for (int i = 0; i < counts.size(); i++) {
      double height = 80.0 * counts.get(i) / most;
      if (height > 0) {
        svg.append(
            "<rect class=\"bar\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
                .formatted(
                    n(12 + i * step + step * 0.08), n(base - height), n(step * 0.84), n(height)));
      }
    }
    svg.append("<path class=\"frame\" d=\"M12,%s H%s\"/>".formatted(n(base), n(width - 12)));
    svg.append("<path class=\"kept\" d=\"M%s,8 V%s\"/>".formatted(n(width / 2), n(base)));
    String half = Text.shortest(windowWidth / 2.0, 1);
    svg.append(text(12, base + 16, "start", "\u2212" + half));
    svg.append(text(width / 2, base + 16, "middle", "0"));
    svg.append(text(width - 12, base + 16, "end", "+" + half));
    svg.append(text(width / 2, base + 32, "middle", "bases from the window’s centre"));
    return svg.append("</svg>\n").toString();
  }

  /** A number and its interval on a scale of 0.5 to 1 (or 0 to 1 if it lies below). */
  static String whisker(Estimate estimate, String style) {
    double low = estimate.value() < 0.5 || estimate.low() < 0.5 ? 0 : 0.5;
    StringBuilder svg =
        new StringBuilder(
            "<svg class=\"whisker\" viewBox=\"0 0 160 16\" aria-hidden=\"true\""
                + " focusable=\"false\">");
    svg.append("<path class=\"grid\" d=\"M4,8 H156 M4,4 V12 M80,4 V12 M156,4 V12\"/>");
    if (estimate.hasInterval()) {
      svg.append(
          "<path class=\"line %s\" d=\"M%s,8 H%s\"/>"
              .formatted(style, n(scale(estimate.low(), low)), n(scale(estimate.high(), low))));
    }
    svg.append(
        "<circle class=\"dot %s\" cx=\"%s\" cy=\"8\" r=\"3.2\"/></svg>"
            .formatted(style, n(scale(estimate.value(), low))));
    return svg.toString();
  }

  private static double scale(double value, double low) {
    return 4 + 152 * Math.clamp((value - low) / (1 - low), 0, 1);
  }

  private static StringBuilder open(
      String id, String title, String description, double width, double height) {
    return new StringBuilder(
        """
        <svg class="chart" viewBox="0 0 %s %s" role="img" aria-labelledby="%s-t %s-d">\
        <title id="%s-t">%s</title><desc id="%s-d">%s</desc>
        """
            .formatted(
                n(width), n(height), id, id, id, Text.escape(title), id, Text.escape(description)));
  }

  private static void grid(StringBuilder svg, Axis x, Axis y) {
    svg.append("<path class=\"grid\" d=\"");
    for (double mark : y.marks()) {
      svg.append("M%s,%s H%s ".formatted(n(LEFT), n(py(y, mark)), n(WIDTH - RIGHT)));
    }
    svg.append(
        "\"/>\n<path class=\"frame\" d=\"M%s,%s H%s"
            .formatted(n(LEFT), n(HEIGHT - BOTTOM), n(WIDTH - RIGHT)));
    for (double mark : x.marks()) {
      svg.append(" M%s,%s v4".formatted(n(px(x, mark)), n(HEIGHT - BOTTOM)));
    }
    svg.append("\"/>\n");
    for (double mark : y.marks()) {
      svg.append(text(LEFT - 7, py(y, mark) + 4, "end", Text.fixed(mark, y.decimals())));
    }
    for (double mark : x.marks()) {
      svg.append(text(px(x, mark), HEIGHT - BOTTOM + 18, "middle", Text.fixed(mark, x.decimals())));
    }
    svg.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "middle", x.label()));
    double middle = (TOP + HEIGHT - BOTTOM) / 2;
    svg.append(
        "<text x=\"12\" y=\"%s\" text-anchor=\"middle\" transform=\"rotate(-90 12 %s)\">%s</text>\n"
            .formatted(n(middle), n(middle), Text.escape(y.label())));
  }

  private static String text(double x, double y, String anchor, String text) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
        .formatted(n(x), n(y), anchor, Text.escape(text));
  }

  private static double px(Axis axis, double value) {
    return LEFT + (value - axis.low()) / (axis.high() - axis.low()) * (WIDTH - LEFT - RIGHT);
  }

  private static double py(Axis axis, double value) {
    double share = (value - axis.low()) / (axis.high() - axis.low());
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static String n(double x) {
    return Text.coordinate(x);
  }
}
