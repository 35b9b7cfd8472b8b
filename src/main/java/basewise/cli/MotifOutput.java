package basewise.cli;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.format.MotifFile;
import basewise.motif.format.MotifFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Where the {@code motifs} tasks put what they made: {@code --out}, or standard output. */
final class MotifOutput {
  private MotifOutput() {}

  /** Writes motifs as a word of {@code --to} says. */
  static void write(
      List<Motif> motifs, String word, @Nullable Background background, CommonOptions common) {
    if (motifs.isEmpty()) {
      throw new InputException("motifs", "no motif is left to write", "");
    }
    MotifFormat format = MotifFormat.toWrite(word);
    write(
        MotifFile.text(motifs, format, background == null ? Background.UNIFORM : background),
        common);
  }

  /** Writes text; a name that ends in .gz is compressed, without a time stamp. */
  static void write(String text, CommonOptions common) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Path file = common.fileOrStandardOutput();
    if (file == null) {
      System.out.writeBytes(bytes);
      System.out.flush();
      return;
    }
    if (file.toString().endsWith(".gz")) {
      bytes = gzip(bytes);
    }
    AtomicOutput.write(file, bytes);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A line about the work, unless {@code --quiet}. */
  static void say(CommonOptions common, String line) {
    if (!common.quiet) {
      System.err.println("basewise: " + line);
    }
  }
}
