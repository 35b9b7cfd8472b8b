package basewise.cli;

import basewise.io.InputException;
import basewise.motif.Background;
import basewise.motif.ScaledMatrix;
import basewise.motif.format.BackgroundFile;
import basewise.motif.format.MotifCollection;
import basewise.scan.ScanOptions;
import basewise.scan.Threshold;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How motifs are scored against sequences; FIMO's words and defaults. */
final class ScoringOptions {
  @Option(
      names = "--background",
      paramLabel = "KIND|FILE",
      description =
          "Base frequencies: nrdb (FIMO's default), uniform, motifs (as the motif file states),"
              + " sequences (counted first), or a Markov file of the MEME Suite, of which order 0"
              + " is used (default: ${DEFAULT-VALUE}).")
  String background = "nrdb";

  @Option(
      names = "--pseudocount",
      paramLabel = "N",
      description =
          "Counts added to each column, spread as the background (default: ${DEFAULT-VALUE}).")
  double pseudocount = ScaledMatrix.FIMO_PSEUDOCOUNT;

  @Option(names = "--norc", description = "Score only the strand that is given.")
  boolean norc;

  /** Refuses what makes no sense, before any file is read. */
  void validate() {
    if (!(pseudocount > 0 && pseudocount <= 1e6)) {
      throw InputException.ofOption("--pseudocount", "must be above 0, is " + pseudocount, "");
    }
  }

  /**
   * The options as the scan room knows them.
   *
   * @param collections the motif files, for {@code --background motifs}
   * @param ofSequences counts the sequences, for {@code --background sequences}; null where there
   *     are none
   */
  ScanOptions toScan(
      List<MotifCollection> collections,
      @Nullable Supplier<Background> ofSequences,
      Threshold threshold) {
    return new ScanOptions(background(collections, ofSequences), pseudocount, threshold, !norc);
  }

  /** A threshold on p-values as a person typed it. */
  static Threshold pvalue(String text) {
    try {
      return new Threshold.PValue(Double.parseDouble(text));
    } catch (IllegalArgumentException e) {
      throw InputException.ofOption(
          "--pvalue", "'" + text + "' is no p-value", "give a number above 0 and at most 1");
    }
  }

  private Background background(
      List<MotifCollection> collections, @Nullable Supplier<Background> ofSequences) {
    return switch (background) {
      case "nrdb", "--nrdb--" -> Background.NRDB;
      case "uniform", "--uniform--" -> Background.UNIFORM;
      case "motifs", "motif", "--motif--" -> stated(collections);
      case "sequences" -> {
        if (ofSequences == null) {
          throw InputException.ofOption("--background", "there are no sequences to count here", "");
        }
        yield ofSequences.get();
      }
      default -> BackgroundFile.read(background);
    };
  }

  private Background stated(List<MotifCollection> collections) {
    List<Background> stated =
        collections.stream().map(MotifCollection::background).filter(Objects::nonNull).toList();
    if (stated.isEmpty()) {
      throw InputException.ofOption(
          "--background", "the motif file states none", "give another, such as nrdb");
    }
    double[] first = stated.getFirst().toArray();
    for (Background b : stated) {
      if (!Arrays.equals(first, b.toArray())) {
        throw InputException.ofOption(
            "--background", "the motif files state different ones", "give one, such as nrdb");
      }
    }
    return stated.getFirst();
  }
}
