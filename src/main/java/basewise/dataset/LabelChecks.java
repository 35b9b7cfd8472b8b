package basewise.dataset;

import basewise.io.InputException;
import basewise.io.Wording;
import java.util.List;

/** Refuses labels, and numbers of windows, that training could only make nonsense of. */
final class LabelChecks {
  private final String input;
  private final DatasetOptions options;

  LabelChecks(String input, DatasetOptions options) {
    this.input = input;
    this.options = options;
  }

  /** Whether the labels are numbers to predict rather than classes. */
  boolean isRegression(SequenceFile file) {
    if (file.tasks().isEmpty()) {
      if (options.task() == TaskKind.REGRESSION) {
        throw InputException.ofOption(
            "--task", "regression needs labels, and " + input + " has none", "add a column");
      }
      return false;
    }
    for (LabelledSequence s : file.sequences()) {
      for (float label : s.labels() == null ? new float[0] : s.labels()) {
        if (!Float.isNaN(label) && label != 0 && label != 1) {
          if (options.task() == TaskKind.CLASSIFICATION) {
            throw new InputException(
                input, s.line(), "label " + label + " is not 0 or 1", "use --task regression");
          }
          return true;
        }
      }
    }
    return options.task() == TaskKind.REGRESSION;
  }

  /** Refuses a file of negatives that labels some of its sequences 1. */
  static void onlyNegatives(String source, SequenceFile file) {
    for (LabelledSequence s : file.sequences()) {
      for (float label : s.labels() == null ? new float[0] : s.labels()) {
        if (label != 0 && !Float.isNaN(label)) {
          throw new InputException(
              source, s.line(), "a negative is labelled " + label, "give negatives only");
        }
      }
    }
  }

  /** Refuses too few positives, saying why they are so few. */
  void enough(SequenceFile file, List<Window> positives, int windows, int width) {
    int n = positives.size();
    if (n >= DatasetBuilder.FEWEST_POSITIVES) {
      return;
    }
    int read = file.peaks() == null ? file.sequences().size() : file.peaks().size();
    if (windows > 0 && n == 0) {
      throw new InputException(
          input, "has no positives: all labels are 0", "label the positives 1");
    }
    if (windows == 0 && read > 0) {
      throw new InputException(
          input,
          "no window of " + Wording.count(width, "base") + " is left of " + read + " read",
          "all were over half N or padding, off their contig, excluded, or without a label");
    }
    String left = n == read ? "" : " (of " + read + " read)";
    boolean genome = file.peaks() == null && read > 0 && longest(file) > 100_000;
    throw new InputException(
        input,
        "has "
            + Wording.count(n, "positive")
            + left
            + ", fewer than "
            + DatasetBuilder.FEWEST_POSITIVES,
        genome ? "is it a genome? give regions, and this as --genome" : "give more");
  }

  private static int longest(SequenceFile file) {
    return file.sequences().stream().mapToInt(s -> s.codes().length).max().orElse(0);
  }
}
