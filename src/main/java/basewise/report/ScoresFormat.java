package basewise.report;

import basewise.io.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What scores can be written as; the name of the output says which. */
public enum ScoresFormat {
  /** NumPy's archive, as TF-MoDISco reads it. */
  NPZ(".npz"),
  /** HDF5, laid out as ChromBPNet does. */
  HDF5(".h5", ".hdf5"),
  /** Numbers along a genome. */
  BIGWIG(".bw", ".bigwig"),
  /** Numbers along a genome, as text. */
  BEDGRAPH(".bedgraph", ".bg"),
  /** A row per base. */
  TSV(".tsv"),
  /** A file per method. */
  FOLDER;

  private final List<String> endings;

  ScoresFormat(String... endings) {
    this.endings = List.of(endings);
  }

  /**
   * The format that a name asks for; a name without an ending is a folder's.
   *
   * @throws InputException of {@code --out} if it has an ending that none has
   */
  public static ScoresFormat of(Path out) {
    String name = String.valueOf(out.getFileName());
    String lower = name.toLowerCase(Locale.ROOT);
    for (ScoresFormat format : values()) {
      if (format.endings.stream().anyMatch(lower::endsWith)) {
        return format;
      }
    }
    if (lower.indexOf('.', 1) < 0 || Files.isDirectory(out)) {
      return FOLDER;
    }
    throw InputException.ofOption(
        "--out",
        "'%s' does not end in .npz, .h5, .bw, .bedgraph or .tsv".formatted(out),
        "name the format, or a folder without an ending");
  }

  /** Whether it has places in a genome in place of sequences, and one number for each. */
  public boolean isTrack() {
    return this == BIGWIG || this == BEDGRAPH;
  }

  /**
   * A table that belongs to an output, such as its {@code completeness}, where it will be found.
   */
  public Path table(Path out, String what) {
    return this == FOLDER ? out.resolve(what + ".tsv") : named(out, "." + what + ".tsv");
  }

  /** The sequences that belong to an archive. */
  public static Path oneHot(Path npz) {
    return named(npz, ".ohe.npz");
  }

  private static Path named(Path out, String ending) {
    String name = String.valueOf(out.getFileName());
    return out.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
  }
}
