package basewise.cli;

import basewise.dataset.DatasetOptions;
import basewise.dataset.Example;
import basewise.dataset.NegativeSource;
import basewise.dataset.WindowReader;
import basewise.io.InputException;
import basewise.io.TextInput;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What patterns are judged against, and on which rows. */
final class EnrichmentOptions {
  /** In place of a file: dinucleotide shuffles of the rows. */
  static final String SHUFFLE = "shuffle";

  @Option(
      names = "--negatives",
      paramLabel = "FILE|shuffle",
      description =
          "Sequences (or regions, with --genome) without the signal, cut to the window; shuffle:"
              + " dinucleotide shuffles of the rows. Patterns are then judged as discover judges"
              + " motifs, on rows they were not made from.")
  private @Nullable String negatives;

  @Option(
      names = "--genome",
      paramLabel = "FILE",
      description = "The reference of negatives that are regions: FASTA or 2bit.")
  private @Nullable String genome;

  @Option(
      names = "--held-out",
      paramLabel = "FILE",
      description =
          "Rows to judge on and not to make patterns from: their numbers from 0, one a line"
              + " (default: a fifth by hash of the sequence; of fewer than 2,000 rows every fifth"
              + " in turn, and the patterns are of all).")
  private @Nullable String heldOut;

  /** The files it names, for {@link InputNames#readOnce}. */
  List<String> files() {
    return Stream.of(negatives, genome, heldOut)
        .filter(Objects::nonNull)
        .filter(f -> !f.equals(SHUFFLE))
        .toList();
  }

  /** Refuses what makes no sense together. */
  void validate() {
    if (negatives == null && heldOut != null) {
      throw InputException.ofOption("--held-out", "needs --negatives", "");
    }
    if (genome != null && (negatives == null || negatives.equals(SHUFFLE))) {
      throw InputException.ofOption("--genome", "is read for --negatives that are regions", "");
    }
  }

  /** Whether patterns are judged. */
  boolean given() {
    return negatives != null;
  }

  /**
   * The negatives' base codes; null if they are to be shuffles.
   *
   * @param length they are cut to
   */
  @Nullable List<byte[]> negatives(int length) {
    if (negatives == null || negatives.equals(SHUFFLE)) {
      return null;
    }
    DatasetOptions options = DatasetOptions.defaults().withWidth(length);
    if (genome != null) {
      options = options.withGenome(genome, NegativeSource.AUTO);
    }
    return WindowReader.read(negatives, options).windows().stream().map(Example::codes).toList();
  }

  /** What the negatives are called in messages. */
  String name() {
    return Objects.requireNonNullElse(negatives, SHUFFLE);
  }

  /**
   * The rows to be judged on; null if nobody says.
   *
   * @param count how many rows there are
   */
  @Nullable BitSet heldOut(int count) {
    if (heldOut == null) {
      return null;
    }
    BitSet rows = new BitSet(count);
    try (TextInput in = TextInput.open(heldOut)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String text = line.strip();
        if (text.isEmpty()) {
          continue;
        }
        int row = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (row < 0 || row >= count) {
          throw in.wrong(
              "'%s' is none of %d rows".formatted(text, count), "rows are numbered from 0");
        }
        rows.set(row);
      }
    }
    if (rows.isEmpty() || rows.cardinality() == count) {
      throw new InputException(
          heldOut,
          "holds %d of %d rows out".formatted(rows.cardinality(), count),
          "some must stay, and some be held out");
    }
    return rows;
  }
}
