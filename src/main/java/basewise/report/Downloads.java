package basewise.report;

import basewise.motif.Background;
import basewise.motif.format.MotifFile;
import basewise.motif.format.MotifFormat;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

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
    html.append(link(name + ".meme", "MEME", "text/plain", bytes(text(entry, MotifFormat.MEME))));
    html.append(
        link(name + ".jaspar", "JASPAR", "text/plain", bytes(text(entry, MotifFormat.JASPAR))));
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

  private static String text(MotifEntry entry, MotifFormat format) {
    return MotifFile.text(List.of(entry.motif()), format, Background.UNIFORM);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
