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
    if (MemeText.recognises(lines)) {
      lines.readAll();
      return MemeText.read(lines);
    }
    throw new InputException(
        input.name(), 1, "is no motif file of a known format", "see basewise help motifs");
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
      default -> throw new IllegalArgumentException("cannot write " + format.word());
    };
  }
}
