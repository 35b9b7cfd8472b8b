package basewise.dataset;

import basewise.dataset.SequenceFile.Format;
import basewise.genome.Genome;
import basewise.genome.Peak;
import basewise.io.InputException;
import basewise.sequence.Interval;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses options that could have no effect on what was read: whoever gave them expects one.
 *
 * @param options as given
 * @param input name of the input
 * @param file the input
 * @param negatives the file of negatives, or null
 * @param regression whether the labels are numbers
 */
record OptionEffects(
    DatasetOptions options,
    String input,
    SequenceFile file,
    @Nullable SequenceFile negatives,
    boolean regression) {
  void check() {
    if (options.trim() > 0 && !reads(Format.FASTQ)) {
      throw without("--trim", "cuts FASTQ reads, and %s is %s".formatted(input, words()));
    }
    if (!options.labelColumns().isEmpty() && !reads(Format.TABLE)) {
      throw columns("--label-columns");
    }
    if (options.sequenceColumn() != null && !reads(Format.TABLE)) {
      throw columns("--sequence-column");
    }
    if (regression && options.negatives() != null) {
      throw without("--negatives", "makes no sense where labels are numbers");
    }
    String given = noneMade();
    if (given != null && options.shuffles() != DatasetOptions.defaults().shuffles()) {
      throw without("--shuffles", "no negatives are made: " + given);
    }
    if (given != null && options.background() != NegativeSource.AUTO) {
      throw without("--background", "no negatives are made: " + given);
    }
    if (options.genome() != null && !regions() && !genomeNegatives()) {
      throw without(
          "--genome",
          "is read for regions or for negatives, and here for neither"
              + (given == null ? "" : ": " + given));
    }
    if (options.exclude() != null && !genomeNegatives() && !placed()) {
      throw without("--exclude", "no sequence of %s says where it lies".formatted(input));
    }
  }

  /** Refuses places to keep out of that lie in another genome. */
  void check(List<Peak> excluded, Genome genome) {
    if (!excluded.isEmpty()
        && excluded.stream().noneMatch(p -> genome.has(p.place().contig()))
        && options.exclude() != null) {
      Peak first = excluded.getFirst();
      Interval start = new Interval(first.place().contig(), 0, 0);
      genome.require(options.exclude(), first.line(), start);
    }
  }

  /** Why no negatives are made, or null if they are. */
  private @Nullable String noneMade() {
    if (regression) {
      return "labels are numbers";
    }
    if (file.tasks().size() > 1) {
      return "rows labelled 0 are those of each column";
    }
    return options.negatives() == null ? null : "--negatives gives them";
  }

  private boolean genomeNegatives() {
    return noneMade() == null
        && options.genome() != null
        && options.background() != NegativeSource.SHUFFLE;
  }

  private boolean regions() {
    return reads(Format.REGIONS);
  }

  private boolean placed() {
    return regions()
        || files().flatMap(f -> f.sequences().stream()).anyMatch(s -> s.locus() != null);
  }

  private boolean reads(Format format) {
    return files().anyMatch(f -> f.format() == format);
  }

  private Stream<SequenceFile> files() {
    return negatives == null ? Stream.of(file) : Stream.of(file, negatives);
  }

  private String words() {
    return file.format().words;
  }

  private InputException columns(String option) {
    return without(option, "names columns of a table, and %s is %s".formatted(input, words()));
  }

  private static InputException without(String option, String problem) {
    return InputException.ofOption(option, problem, "leave it out");
  }
}
