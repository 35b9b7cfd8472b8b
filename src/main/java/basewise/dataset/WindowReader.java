package basewise.dataset;

import basewise.genome.Genome;
import basewise.genome.Peak;
import basewise.io.InputException;
import basewise.io.Wording;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows to predict on: every one that can be cut, in the order of the input, no labels needed.
 */
public final class WindowReader {
  /**
   * What was read.
   *
   * @param windows examples without meaning in their labels and part
   * @param notes what a reader should know: how many were left out and why, how many were renamed;
   *     empty if there is nothing
   */
  public record Answer(List<Example> windows, List<String> notes) {}

  private WindowReader() {}

  /**
   * Reads an input and cuts it to windows. Those of which over half is N, padding included, are
   * left out; an id that came before gets a number.
   *
   * @param input a path, or "-" for standard input
   * @param options its width is the windows' and must be given; its genome is needed for regions
   * @throws InputException if it cannot be read or has no window
   */
  public static Answer read(String input, DatasetOptions options) {
    return read(input, options, SequenceFile.read(input, options));
  }

  /**
   * As {@link #read}, but nothing is cut, padded or left out: every sequence has the width of the
   * windows, every region its window in the genome, and at most half of each is N. Of inputs of any
   * size {@link WholeWindows} does the same.
   *
   * @throws InputException also if that is not so
   */
  public static Answer readWhole(String input, DatasetOptions options) {
    List<Example> out = new ArrayList<>();
    try (WholeIntake intake = new WholeIntake(input, options, w -> out.add(example(w)))) {
      intake.run();
      return new Answer(List.copyOf(out), intake.notes());
    }
  }

  private static Example example(Window w) {
    return new Example(w.id(), w.place(), w.codes(), w.labels(), Part.TEST, -1);
  }

  private static Answer read(String input, DatasetOptions options, SequenceFile file) {
    Counts counts = new Counts();
    WindowCutter cutter = new WindowCutter(options.width(), counts, new Places());
    float[] unknown = {Float.NaN};
    List<Window> windows;
    if (file.peaks() == null && options.genome() != null) {
      throw notNeeded(input, file.format());
    }
    if (file.peaks() == null) {
      windows = cutter.sequences(file.sequences(), unknown, "");
    } else if (options.genome() == null) {
      throw needed(input);
    } else {
      try (Genome genome = Genome.open(options.genome())) {
        windows = cutter.regions(input, file.peaks(), genome, unknown, "");
      }
    }
    if (windows.isEmpty()) {
      throw new InputException(
          input, "has no window of " + options.width() + " bases", "see the model's width");
    }
    List<Example> out = new ArrayList<>();
    for (Window w : windows) {
      out.add(example(w));
    }
    List<Peak> peaks = file.peaks();
    int given = peaks == null ? file.sequences().size() : peaks.size();
    return new Answer(List.copyOf(out), notes(given, peaks != null, counts));
  }

  /** What is said of a genome beside sequences. */
  static InputException notNeeded(String input, SequenceFile.Format format) {
    return InputException.ofOption(
        "--genome",
        "is read for regions, and %s is %s".formatted(input, format.words),
        "leave it out");
  }

  /** What is said of regions without a genome. */
  static InputException needed(String input) {
    return InputException.ofOption(
        "--genome", "is needed: " + input + " holds regions", "give a FASTA or 2bit file");
  }

  /** What a reader should know of a number of regions or sequences that were given. */
  static List<String> notes(long given, boolean regions, Counts counts) {
    String of = Wording.count(given, regions ? "region" : "sequence");
    List<String> notes = new ArrayList<>();
    long n = counts.get("dropped_over_half_n");
    if (n > 0) {
      notes.add(n + " of " + of + " left out: over half N" + (regions ? "" : " or padding"));
    }
    long beyond = counts.get("dropped_over_contig_end");
    if (beyond > 0) {
      notes.add(beyond + " of " + of + " left out: the window is over the end of the contig");
    }
    long renamed = counts.get("renamed_duplicate_ids");
    if (renamed > 0) {
      notes.add(Wording.count(renamed, "repeated id") + " renamed");
    }
    return notes;
  }
}
