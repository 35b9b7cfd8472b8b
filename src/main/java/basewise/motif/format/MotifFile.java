package basewise.motif.format;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.motif.Background;
import basewise.motif.Motif;
import java.nio.file.Path;
import java.util.List;

/**
 * Motif files in and out. The format is recognised by content, never by name; files may be gzip; a
 * path of "-" is standard input.
 */
public final class MotifFile {
  private MotifFile() {}

  /**
   * The motifs of a file, in its order.
   *
   * @throws InputException if it cannot be read, is of no known format, holds no DNA motif, or two
   *     motifs have one id
   */
  public static List<Motif> read(String path) {
    return readCollection(path).motifs();
  }

  /** The motifs of a file with its format and background; errors as {@link #read}. */
  public static MotifCollection readCollection(String path) {
    try (TextInput input = TextInput.open(path)) {
      return readCollection(input);
    }
  }

  /** As {@link #readCollection(String)}, from an open input, which stays open. */
  public static MotifCollection readCollection(TextInput input) {
    Lines lines = new Lines(input);
    if (lines.all().stream().allMatch(String::isBlank)) {
      throw new InputException(input.name(), "is empty", "a motif file was expected");
    }
    refuseReports(lines);
    if (MemeText.recognises(lines)) {
      lines.readAll();
      return MemeText.read(lines);
    }
    if (XmlFile.recognises(lines)) {
      lines.readAll();
      return XmlFile.read(lines);
    }
    if (AlignAceText.recognises(lines)) {
      lines.readAll();
      return AlignAceText.read(lines);
    }
    if (TransfacText.recognises(lines)) {
      lines.readAll();
      return TransfacText.read(lines);
    }
    if (UniprobeText.recognises(lines)) {
      lines.readAll();
      return UniprobeText.read(lines);
    }
    if (SitesText.recognises(lines)) {
      lines.readAll();
      return SitesText.read(lines);
    }
    lines.readAll();
    return BlockText.read(lines);
  }

  /** Files that speak of motifs and hold none: each is told apart by its first words. */
  private static void refuseReports(Lines lines) {
    int at = 0;
    for (String line : lines.all()) {
      at++;
      if (line.isBlank() || line.startsWith("***")) {
        continue;
      }
      if (line.startsWith("MAST")) {
        throw lines.wrong(
            at, "MAST output: it lists hits of motifs, no matrix", "name the motif file");
      }
      int tabs = line.length() - line.replace("\t", "").length();
      if (tabs >= 2
          && !line.startsWith(">")
          && !line.matches("(?i)(pos|p0|po)\\s.*|[^\\t]*[0-9].*")) {
        throw lines.wrong(
            at, "a table that names motifs, no matrix: " + columns(line), "name the motif file");
      }
      return;
    }
  }

  private static String columns(String line) {
    String[] names = line.split("\t");
    return "its columns are " + names[0] + ", " + names[1] + ", ...";
  }

  /** Writes motifs with a uniform background line where the format has one. */
  public static void write(Path path, List<Motif> motifs, MotifFormat format) {
    write(path, motifs, format, Background.UNIFORM);
  }

  /** Writes motifs; formats without a place for the background leave it out. */
  public static void write(
      Path path, List<Motif> motifs, MotifFormat format, Background background) {
    AtomicOutput.write(path, text(motifs, format, background));
  }

  /** The text that {@link #write} would write. */
  public static String text(List<Motif> motifs, MotifFormat format, Background background) {
    return switch (format) {
      case MEME -> MemeText.write(motifs, background);
      case JASPAR -> BlockWriters.jaspar(motifs);
      case TRANSFAC -> TransfacText.write(motifs);
      case HOMER -> BlockWriters.homer(motifs);
      case CISBP -> BlockWriters.cisbp(motifs);
      case HOCOMOCO -> BlockWriters.positionCounts(motifs, false);
      case CLUSTER_BUSTER -> BlockWriters.positionCounts(motifs, true);
      case UNIPROBE -> BlockWriters.uniprobe(motifs);
      case GIMME -> BlockWriters.gimme(motifs);
      case ENCODE -> BlockWriters.encode(motifs);
      default -> throw new IllegalArgumentException("cannot write " + format.word());
    };
  }
}
