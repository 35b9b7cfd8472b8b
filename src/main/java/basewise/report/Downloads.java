package basewise.report;

import basewise.motif.Motif;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** One motif as files inside the page: data URIs made when the page is written. */
final class Downloads {
  private Downloads() {}

  /** A list of links, each of which saves a file. */
  static String links(MotifEntry entry) {
    SequenceLogo logo = SequenceLogo.of(entry.motif());
    String name = entry.id().replaceAll("[^A-Za-z0-9._-]", "_");
    StringBuilder html =
        new StringBuilder(
            "<ul class=\"downloads\" aria-label=\"Download %s\">\n"
                .formatted(Text.escape(entry.id())));
    html.append(link(name + ".meme", "MEME", "text/plain", bytes(meme(entry))));
    html.append(link(name + ".jaspar", "JASPAR", "text/plain", bytes(jaspar(entry))));
    html.append(link(name + ".svg", "SVG", "image/svg+xml", bytes(logo.toSvg())));
    html.append(link(name + ".png", "PNG", "image/png", logo.toPng(2)));
    return html.append("</ul>\n").toString();
  }

  private static String link(String file, String label, String type, byte[] content) {
    return "<li><a download=\"%s\" href=\"data:%s;base64,%s\" aria-label=\"%s as %s\">%s</a></li>\n"
        .formatted(
            file,
            type,
            Base64.getEncoder().encodeToString(content),
            Text.escape(file),
            label,
            label);
  }

  /** The motif alone in MEME's text format, version 4. */
  static String meme(MotifEntry entry) {
    Motif motif = entry.motif();
    String name = motif.name().isEmpty() ? "" : " " + motif.name().replaceAll("\\s+", "_");
    StringBuilder text = new StringBuilder("MEME version 4\n\nALPHABET= ACGT\n\nstrands: + -\n\n");
    text.append("MOTIF ").append(motif.id()).append(name).append('\n');
    text.append("letter-probability matrix: alength= 4 w= ").append(motif.width());
    text.append(" nsites= ").append(entry.sites()).append(" E= ").append(entry.evalue());
    text.append('\n');
    for (double[] row : motif.probabilities().toArray()) {
      text.append(
          String.format(Locale.ROOT, " %.6f  %.6f  %.6f  %.6f%n", row[0], row[1], row[2], row[3])
              .replace("\r", ""));
    }
    return text.toString();
  }

  /** The motif in JASPAR's format with brackets; counts, or probabilities times the sites. */
  static String jaspar(MotifEntry entry) {
    Motif motif = entry.motif();
    StringBuilder text = new StringBuilder(">" + motif.id());
    if (!motif.name().isEmpty()) {
      text.append('\t').append(motif.name());
    }
    text.append('\n');
    for (int c = 0; c < 4; c++) {
      text.append("ACGT".charAt(c)).append(" [");
      for (int i = 0; i < motif.width(); i++) {
        double count =
            motif.counts() == null
                ? Math.rint(motif.probabilities().at(i, c) * entry.sites())
                : motif.counts().at(i, c);
        text.append(' ').append(String.format(Locale.ROOT, "%6s", Text.shortest(count, 3)));
      }
      text.append(" ]\n");
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
