package basewise.report;

import basewise.io.GFormat;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a picture of scores: some bases of a sequence as letters as high as their scores, the
 * negative ones upside down below the line; a track per method, sites of motifs boxed, and a heat
 * map of what substitutions do. Colours are attributes that a style sheet may replace through the
 * classes.
 */
final class ScoreLine {
  /** Width of a base in units of the drawing. */
  static final double COLUMN = 14;

  private static final double TRACK = 72;
  private static final double GAP = 12;
  private static final double NAME = 16;
  private static final double LANE = 24;
  private static final double CELL = 12;
  private static final double NUMBERS = 26;
  private static final double LETTER = 13;

  /** Letters lower than this many units could not be seen. */
  private static final double INVISIBLE = 0.25;

  /** Width of a letter of a label where it is largest, on a phone. */
  private static final double LABEL = 12;

  /**
   * The scores of a method in one sequence.
   *
   * @param name of the method
   * @param scores per base
   * @param most the largest of the sequence, at least 0
   * @param least the smallest of the sequence, at most 0
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk data; never compared
  record Track(String name, float[] scores, double most, double least) {
    static Track of(String name, float[] scores) {
      double most = 0;
      double least = 0;
      for (float s : scores) {
        most = Math.max(most, s);
        least = Math.min(least, s);
      }
      return new Track(name, scores, most, least);
    }
  }

  /**
   * What substitutions do in one sequence.
   *
   * @param differences [position][base], flat; 0 for the base that is there
   * @param most the largest absolute one of the sequence
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk data; never compared
  record Heat(float[] differences, double most) {}

  private final byte[] codes;
  private final int from;
  private final int to;
  private final int firstNumber;
  private final List<Track> tracks;
  private final @Nullable Heat heat;
  private final List<MarkedSite> sites = new ArrayList<>();
  private final List<Integer> lanes = new ArrayList<>();
  private final int laneCount;

  /**
   * Lays out a line.
   *
   * @param from its first base
   * @param to one past its last
   * @param firstNumber what the sequence's first base is called
   * @param all sites of the sequence
   */
  ScoreLine(
      byte[] codes,
      int from,
      int to,
      int firstNumber,
      List<Track> tracks,
      @Nullable Heat heat,
      List<MarkedSite> all) {
    this.codes = codes;
    this.from = from;
    this.to = to;
    this.firstNumber = firstNumber;
    this.tracks = tracks;
    this.heat = heat;
    List<Double> ends = new ArrayList<>();
    for (MarkedSite site : all) {
      if (site.start() < to && site.end() > from) {
        sites.add(site);
        int lane = 0;
        while (lane < ends.size() && ends.get(lane) > labelX(site)) {
          lane++;
        }
        if (lane == ends.size()) {
          ends.add(0.0);
        }
        ends.set(lane, labelX(site) + labelWidth(site) + LABEL);
        lanes.add(lane);
      }
    }
    laneCount = ends.size();
  }

  private static double labelWidth(MarkedSite site) {
    return LABEL * site.label().length();
  }

  /** Labels do not leave the line. */
  private double labelX(MarkedSite site) {
    double x = (Math.max(site.start(), from) - from) * COLUMN;
    return Math.max(0, Math.min(x, (to - from) * COLUMN - labelWidth(site)));
  }

  /** Whether a label belongs to this line: it is written where most of its site lies. */
  private boolean labelled(MarkedSite site) {
    int here = Math.min(site.end(), to) - Math.max(site.start(), from);
    int before = Math.max(0, from - site.start());
    int behind = Math.max(0, site.end() - to);
    return here > before && here >= behind;
  }

  private double tracksTop() {
    return laneCount * LANE + 4;
  }

  /** From one track to the next. */
  private double step() {
    return TRACK + GAP + (named() ? NAME : 0);
  }

  private boolean named() {
    return tracks.size() > 1;
  }

  private double heatTop() {
    return tracksTop() + tracks.size() * step();
  }

  private double numbersTop() {
    return heatTop() + (heat == null ? 0 : Dna.N * CELL + GAP / 2);
  }

  /** How many bases it has. */
  int bases() {
    return to - from;
  }

  /** Height in units of the drawing. */
  double height() {
    return numbersTop() + NUMBERS;
  }

  /** Width in units of the drawing. */
  double width() {
    return (to - from) * COLUMN;
  }

  /**
   * Appends the line, its first base at x 0.
   *
   * @param axes whether scales and the methods' names stand left of it
   */
  void draw(StringBuilder svg, boolean axes) {
    boxes(svg);
    for (int t = 0; t < tracks.size(); t++) {
      double top = tracksTop() + t * step();
      if (named()) {
        svg.append("<g class=\"scale\">");
        label(svg, 2, top + NAME - 5, tracks.get(t).name());
        svg.append("</g>\n");
        top += NAME;
      }
      track(svg, tracks.get(t), top, axes);
    }
    if (heat != null) {
      heat(svg, heat, axes);
    }
    numbers(svg);
    hovers(svg);
  }

  private void boxes(StringBuilder svg) {
    double bottom = heatTop() - GAP + 3;
    for (int i = 0; i < sites.size(); i++) {
      MarkedSite site = sites.get(i);
      double x = (Math.max(site.start(), from) - from) * COLUMN;
      double width = (Math.min(site.end(), to) - from) * COLUMN - x;
      double y = lanes.get(i) * LANE;
      svg.append(
          "<g class=\"site\"><title>%s %s, bases %s to %s</title>"
              .formatted(
                  Text.escape(site.label()),
                  Text.escape(site.evidence()),
                  number(site.start()),
                  number(site.end() - 1)));
      svg.append(
          "<rect class=\"box\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\" fill=\"none\" stroke=\"#5b6470\"/>"
              .formatted(n(x), n(y + LANE - 1), n(width), n(bottom - y - LANE + 1)));
      if (labelled(site)) {
        svg.append(
            "<text x=\"%s\" y=\"%s\">%s</text>"
                .formatted(n(labelX(site) + 1), n(y + LANE - 6), Text.escape(site.label())));
      }
      svg.append("</g>\n");
    }
  }

  private void track(StringBuilder svg, Track track, double top, boolean axes) {
    double span = track.most() - track.least();
    double unit = span == 0 ? 0 : TRACK / span;
    double base = top + (span == 0 ? TRACK / 2 : unit * track.most());
    svg.append(
        "<path class=\"zero\" stroke=\"#5b6470\" d=\"M0,%s H%s\"/>\n"
            .formatted(n(base), n(width())));
    if (axes) {
      svg.append("<g class=\"scale\" text-anchor=\"end\">");
      label(svg, -6, top + 10, g(track.most()));
      if (track.least() < 0) {
        label(svg, -6, top + TRACK, g(track.least()));
      }
      svg.append("</g>\n");
    }
    svg.append("<g>\n");
    for (int i = from; i < to; i++) {
      double height = unit * Math.abs(track.scores()[i]);
      if (codes[i] == Dna.N || height < INVISIBLE) {
        continue;
      }
      char letter = Dna.letter(codes[i]);
      boolean up = track.scores()[i] > 0;
      double x = (i - from) * COLUMN + (COLUMN - LETTER) / 2;
      svg.append("<use href=\"#base-").append(letter).append("\" class=\"").append(letter);
      svg.append("\" fill=\"").append(LogoSvg.COLOURS[codes[i]]).append("\" transform=\"matrix(");
      svg.append(Text.shortest(LETTER / 100, 3)).append(" 0 0 ");
      svg.append(Text.shortest((up ? height : -height) / 100, 4)).append(' ').append(n(x));
      svg.append(' ').append(n(up ? base - height : base + height)).append(")\"/>\n");
    }
    svg.append("</g>\n");
  }

  private void heat(StringBuilder svg, Heat map, boolean axes) {
    double top = heatTop();
    svg.append(
        "<rect class=\"frame\" x=\"0\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"none\" stroke=\"#5b6470\"/>\n"
            .formatted(n(top), n(width()), n(Dna.N * CELL)));
    if (axes) {
      svg.append("<g class=\"scale more\" text-anchor=\"end\">");
      for (int c = 0; c < Dna.N; c++) {
        label(svg, -6, top + c * CELL + CELL - 2, String.valueOf(Dna.letter(c)));
      }
      svg.append("</g>\n");
    }
    for (int i = from; i < to; i++) {
      for (int c = 0; c < Dna.N && codes[i] != Dna.N; c++) {
        double x = (i - from) * COLUMN;
        double y = top + c * CELL;
        if (c == codes[i]) {
          svg.append(
              "<circle class=\"there\" cx=\"%s\" cy=\"%s\" r=\"2\" fill=\"#5b6470\"/>\n"
                  .formatted(n(x + COLUMN / 2), n(y + CELL / 2)));
          continue;
        }
        double v = map.most() == 0 ? 0 : map.differences()[i * Dna.N + c] / map.most();
        if (Math.abs(v) >= 0.01) {
          svg.append(
              "<rect class=\"%s\" fill=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill-opacity=\"%s\"/>\n"
                  .formatted(
                      v > 0 ? "up" : "down",
                      v > 0 ? ScorePicture.UP : ScorePicture.DOWN,
                      n(x),
                      n(y),
                      n(COLUMN),
                      n(CELL),
                      Text.shortest(Math.abs(v), 2)));
        }
      }
    }
  }

  private void numbers(StringBuilder svg) {
    svg.append("<g class=\"scale\">");
    for (int i = from; i < to; i++) {
      long number = (long) firstNumber + i;
      boolean first = i == from;
      if (first || number % 10 == 0 && i - from >= 10 && to - i >= 5) {
        double x = (i - from + 0.5) * COLUMN;
        svg.append(
            "<text x=\"%s\" y=\"%s\"%s>%s</text>"
                .formatted(
                    n(first ? 0 : x),
                    n(numbersTop() + 17),
                    first ? "" : " class=\"more\" text-anchor=\"middle\"",
                    number(i)));
      }
    }
    svg.append("</g>\n");
  }

  /** A column says what it holds when it is pointed at; nothing of it is seen. */
  private void hovers(StringBuilder svg) {
    svg.append("<g class=\"values\" fill=\"none\" pointer-events=\"all\">\n");
    for (int i = from; i < to; i++) {
      svg.append(
          "<path d=\"M%s,%s h%s v%s h-%s z\"><title>%s %s"
              .formatted(
                  n((i - from) * COLUMN),
                  n(tracksTop()),
                  n(COLUMN),
                  n(numbersTop() - tracksTop()),
                  n(COLUMN),
                  number(i),
                  Dna.letter(codes[i])));
      for (Track track : tracks) {
        String name = tracks.size() > 1 ? track.name() + " " : "";
        svg.append(' ').append(name).append(signed(track.scores()[i]));
      }
      for (int c = 0; heat != null && codes[i] != Dna.N && c < Dna.N; c++) {
        if (c != codes[i]) {
          svg.append(", ").append(Dna.letter(c)).append(' ');
          svg.append(signed(heat.differences()[i * Dna.N + c]));
        }
      }
      svg.append("</title></path>\n");
    }
    svg.append("</g>\n");
  }

  private static void label(StringBuilder svg, double x, double y, String text) {
    svg.append("<text x=\"%s\" y=\"%s\">%s</text>".formatted(n(x), n(y), text));
  }

  private String number(int i) {
    return String.format(Locale.ROOT, "%,d", (long) firstNumber + i);
  }

  /** Two significant digits and a true minus. */
  static String g(double x) {
    return GFormat.g(x, 2).replace('-', '\u2212');
  }

  private static String signed(double x) {
    return (x > 0 ? "+" : "") + GFormat.g(x + 0.0, 3).replace('-', '\u2212');
  }

  private static String n(double x) {
    return Text.coordinate(x);
  }
}
