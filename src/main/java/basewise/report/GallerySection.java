package basewise.report;

import basewise.dataset.Example;
import basewise.io.Wording;
import basewise.sequence.Interval;
import java.util.ArrayList;
import java.util.List;

/** What the network looked at in the held-out sequences it was surest of. */
final class GallerySection {
  /** Most bases of a line; lines stand side by side where there is room. */
  private static final int BASES = 50;

  private GallerySection() {}

  /** The section, or nothing if there are no examples. */
  static String of(DiscoveryReport report) {
    List<GalleryExample> examples = report.gallery();
    if (examples.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder(1 << 17);
    html.append(
        """
        <section id="gallery" aria-labelledby="gallery-h">
        <h2 id="gallery-h">What the network looked at</h2>
        <p class="lead">%s. A letter is as high as what its base adds to the network’s logit, by %s; \
        upside down it takes away. Boxes are sites of the motifs \
        above where it looked. Point at a base for its value.</p>
        """
            .formatted(
                examples.size() == 1
                    ? "The held-out positive it was surest of"
                    : "The %d held-out positives it was surest of".formatted(examples.size()),
                Term.DEEPLIFT.link()));
    for (int i = 0; i < examples.size(); i++) {
      figure(html, examples.get(i), i + 1);
    }
    return html.append("</section>\n").toString();
  }

  private static void figure(StringBuilder html, GalleryExample example, int number) {
    Example sequence = example.sequence();
    byte[] codes = sequence.codes();
    float[] scores = ScoresOutput.observed(codes, example.scores());
    ScoreLine.Track track = ScoreLine.Track.of("", scores);
    Interval place = sequence.place();
    int first = place == null ? 1 : place.start() + 1;
    int count = (codes.length + BASES - 1) / BASES;
    int bases = (codes.length + count - 1) / count;
    List<ScoreLine> lines = new ArrayList<>();
    double height = 0;
    for (int from = 0; from < codes.length; from += bases) {
      int to = Math.min(codes.length, from + bases);
      ScoreLine line = new ScoreLine(codes, from, to, first, List.of(track), null, example.sites());
      height = Math.max(height, line.height());
      lines.add(line);
    }
    html.append(
        "<figure class=\"look\"><figcaption><b>%s</b> <span class=\"quiet\">%sprobability %s; tallest letter %s</span></figcaption>\n<div class=\"lines\">\n"
            .formatted(
                Text.escape(sequence.id()),
                placeUnless(sequence),
                Text.fixed(example.probability(), 3),
                ScoreLine.g(Math.max(track.most(), -track.least()))));
    for (int i = 0; i < lines.size(); i++) {
      ScoreLine line = lines.get(i);
      html.append(
          "<svg class=\"look\" viewBox=\"0 %s %s %s\" role=\"img\" aria-label=\"%s\">\n"
              .formatted(
                  Text.coordinate(line.height() - height),
                  Text.coordinate(bases * ScoreLine.COLUMN),
                  Text.coordinate(height),
                  Text.escape(
                      "Example %d, %s of line %d of %d"
                          .formatted(
                              number, Wording.count(line.bases(), "base"), i + 1, lines.size()))));
      line.draw(html, false);
      html.append("</svg>\n");
    }
    html.append("</div></figure>\n");
  }

  /** Where it lies, if its name does not say so. */
  private static String placeUnless(Example sequence) {
    Interval place = sequence.place();
    if (place == null || sequence.id().startsWith(place.contig() + ":")) {
      return "";
    }
    return Text.escape(place.contig()) + ", ";
  }
}
