package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Method;
import basewise.dataset.Example;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores of sequences as one SVG: per sequence its lines of {@value #BASES} bases, a track of
 * letters per method, boxes around known motifs, and, where {@code ism} is among the methods, a
 * heat map of every substitution. It needs no font for its letters, follows the viewer's light or
 * dark mode, and shrinks to the width there is.
 */
final class ScorePicture {
  /** Colour of substitutions that raise the output. */
  static final String UP = "#c0392b";

  /** Colour of substitutions that lower it. */
  static final String DOWN = "#1d5fa8";

  private static final int BASES = 50;
  private static final double LEFT = 70;
  private static final double RIGHT = 14;
  private static final double TITLE = 40;
  private static final double LEGEND = 26;

  private static final String STYLE =
      """
      <style>
      svg{--paper:#fdfcf9;--ink:#1d2226;--quiet:#5a636d;--A:#1a7f5a;--C:#1d5fa8;--G:#b97700;--T:#c0392b;--up:#c0392b;--down:#1d5fa8;
      font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;background:var(--paper)}
      @media (prefers-color-scheme:dark){svg{--paper:#14181b;--ink:#e8e6e0;--quiet:#a6aeb6;--A:#4fc796;--C:#74b3f4;--G:#eeb346;--T:#f27d70;--up:#f27d70;--down:#74b3f4}}
      @media print{svg{--paper:#fff;--ink:#000;--quiet:#444;--A:#1a7f5a;--C:#1d5fa8;--G:#b97700;--T:#c0392b;--up:#c0392b;--down:#1d5fa8}}
      .paper{fill:var(--paper)}text{fill:var(--quiet);font-size:12px}.name{fill:var(--ink);font-size:17px;font-weight:600}
      .A{fill:var(--A)}.C{fill:var(--C)}.G{fill:var(--G)}.T{fill:var(--T)}.up{fill:var(--up)}.down{fill:var(--down)}.there{fill:var(--quiet)}
      .zero,.frame{stroke:var(--quiet);stroke-opacity:.45}.box{stroke:var(--quiet);stroke-width:1.2}.site text{fill:var(--ink)}
      .stop-up{stop-color:var(--up)}.stop-down{stop-color:var(--down)}
      @media (max-width:520px){text{font-size:23px}.name{font-size:30px}.more{display:none}.scale text{font-size:19px}}
      </style>
      """;

  /** What is known of one sequence. */
  private record Shown(
      Example sequence,
      List<ScoreLine.Track> tracks,
      ScoreLine.@Nullable Heat heat,
      List<MarkedSite> sites) {}

  private final List<Shown> shown = new ArrayList<>();

  /**
   * Adds a sequence.
   *
   * @param scores one per method
   */
  void add(
      Example sequence, List<Method> methods, List<Attribution> scores, List<MarkedSite> sites) {
    List<ScoreLine.Track> tracks = new ArrayList<>();
    ScoreLine.Heat heat = null;
    for (int k = 0; k < methods.size(); k++) {
      Attribution a = scores.get(k);
      tracks.add(
          ScoreLine.Track.of(methods.get(k).label(), ScoresOutput.observed(sequence.codes(), a)));
      if (methods.get(k) == Method.ISM) {
        heat = heat(sequence.codes(), a.scores());
      }
    }
    shown.add(new Shown(sequence, tracks, heat, sites));
  }

  /** Each letter against the one that is there, whatever was subtracted from all four. */
  private static ScoreLine.Heat heat(byte[] codes, float[] scores) {
    float[] out = new float[scores.length];
    double most = 0;
    for (int i = 0; i < codes.length; i++) {
      for (int c = 0; c < Dna.N && codes[i] != Dna.N; c++) {
        out[i * Dna.N + c] = scores[i * Dna.N + c] - scores[i * Dna.N + codes[i]];
        most = Math.max(most, Math.abs(out[i * Dna.N + c]));
      }
    }
    return new ScoreLine.Heat(out, most);
  }

  /** The whole file. */
  String svg() {
    StringBuilder body = new StringBuilder(1 << 16);
    double y = 0;
    for (Shown s : shown) {
      y = draw(body, s, y);
    }
    double width = LEFT + Math.min(BASES, longest()) * ScoreLine.COLUMN + RIGHT;
    StringBuilder svg = new StringBuilder(body.length() + 4096);
    svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" \
        style="width:100%%;max-width:%spx;height:auto" role="img" aria-labelledby="t">
        <title id="t">Scores of %s</title>
        """
            .formatted(
                n(width),
                n(y),
                n(width),
                n(y),
                n(1.4 * width),
                Text.escape(
                    shown.size() == 1
                        ? shown.getFirst().sequence.id()
                        : shown.size() + " sequences")));
    svg.append(STYLE).append(LogoSvg.definitions());
    svg.append(
        """
        <defs><linearGradient id="heat"><stop class="stop-down" offset="0" stop-color="%s"/>\
        <stop class="stop-down" offset=".5" stop-color="%s" stop-opacity="0"/>\
        <stop class="stop-up" offset=".5" stop-color="%s" stop-opacity="0"/>\
        <stop class="stop-up" offset="1" stop-color="%s"/></linearGradient></defs>
        <rect class="paper" width="100%%" height="100%%" fill="#fdfcf9"/>
        """
            .formatted(DOWN, DOWN, UP, UP));
    return svg.append(body).append("</svg>\n").toString();
  }

  private int longest() {
    return shown.stream().mapToInt(s -> s.sequence.codes().length).max().orElse(0);
  }

  private static double draw(StringBuilder svg, Shown s, double top) {
    Interval place = s.sequence.place();
    String id = s.sequence.id();
    svg.append(
        "<text class=\"name\" x=\"14\" y=\"%s\">%s</text>\n"
            .formatted(n(top + 28), Text.escape(id)));
    double y = top + TITLE;
    int first = place == null ? 1 : place.start() + 1;
    int length = s.sequence.codes().length;
    for (int from = 0; from < length; from += BASES) {
      int to = Math.min(length, from + BASES);
      ScoreLine line =
          new ScoreLine(s.sequence.codes(), from, to, first, s.tracks, s.heat, s.sites);
      svg.append("<g transform=\"translate(%s %s)\">\n".formatted(n(LEFT), n(y)));
      line.draw(svg, true);
      svg.append("</g>\n");
      y += line.height() + 10;
    }
    if (s.heat != null) {
      y = legend(svg, s.heat, y);
    }
    return y + 12;
  }

  private static double legend(StringBuilder svg, ScoreLine.Heat heat, double y) {
    svg.append("<g class=\"scale\">");
    svg.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>"
            .formatted(n(LEFT + 44), n(y + 12), ScoreLine.g(-heat.most())));
    svg.append(
        "<rect class=\"frame\" x=\"%s\" y=\"%s\" width=\"160\" height=\"12\" fill=\"url(#heat)\" stroke=\"#5b6470\"/>"
            .formatted(n(LEFT + 50), n(y + 2)));
    svg.append(
        "<text x=\"%s\" y=\"%s\">+%s: what a substitution adds to the output</text></g>\n"
            .formatted(n(LEFT + 216), n(y + 12), ScoreLine.g(heat.most())));
    return y + LEGEND;
  }

  private static String n(double x) {
    return Text.coordinate(x);
  }
}
