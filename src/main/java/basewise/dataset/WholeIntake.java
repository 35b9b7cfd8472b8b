package basewise.dataset;

import basewise.genome.Contig;
import basewise.genome.Genome;
import basewise.genome.Peak;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.sequence.Dna;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads an input of which nothing may be cut, padded or left out, window after window. */
final class WholeIntake implements SequenceFile.Reader, AutoCloseable {
  private static final float[] UNKNOWN = {Float.NaN};

  private final String input;
  private final DatasetOptions options;
  private final Consumer<Window> to;
  private final Counts counts = new Counts();
  private final WindowCutter cutter;
  private List<String> notes = List.of();
  private @Nullable Genome genome;
  private long given;
  private long kept;

  WholeIntake(String input, DatasetOptions options, Consumer<Window> to) {
    this.input = input;
    this.options = options;
    this.to = to;
    cutter = new WindowCutter(options.width(), counts, new Places());
  }

  /**
   * Reads it all.
   *
   * @throws InputException at a window that is not whole
   */
  void run() {
    SequenceFile read = SequenceFile.stream(input, options, this);
    boolean regions = read.format() == SequenceFile.Format.REGIONS;
    if (!regions && options.genome() != null) {
      throw WindowReader.notNeeded(input, read.format());
    }
    notes = WindowReader.notes(given, regions, counts);
    if (kept < given) {
      throw new InputException(input, String.join("; ", notes), "take these regions out");
    }
    if (kept == 0) {
      throw new InputException(
          input, "has no window of " + options.width() + " bases", "see the model's width");
    }
  }

  /** What a user should know. */
  List<String> notes() {
    return notes;
  }

  /** The contigs of the genome; empty if none was read. */
  List<Contig> contigs() {
    return genome == null ? List.of() : List.copyOf(genome.contigs());
  }

  @Override
  public void sequence(LabelledSequence s) {
    int length = s.codes().length;
    if (length != options.width()) {
      throw new InputException(
          input,
          s.line(),
          "%s has %s, the model reads %d"
              .formatted(s.id(), Wording.count(length, "base"), options.width()),
          "cut all to one length");
    }
    if (2 * Dna.countN(s.codes(), 0, length) > length) {
      throw new InputException(input, s.line(), s.id() + " is over half N", "take it out");
    }
    take(cutter.sequences(List.of(s), UNKNOWN, ""));
  }

  @Override
  public void region(Peak peak) {
    Genome reference = genome;
    if (reference == null) {
      if (options.genome() == null) {
        throw WindowReader.needed(input);
      }
      reference = Genome.open(options.genome());
      genome = reference;
    }
    take(cutter.regions(input, List.of(peak), reference, UNKNOWN, ""));
  }

  private void take(List<Window> windows) {
    given++;
    kept += windows.size();
    windows.forEach(to);
  }

  @Override
  public void close() {
    if (genome != null) {
      genome.close();
    }
  }
}
