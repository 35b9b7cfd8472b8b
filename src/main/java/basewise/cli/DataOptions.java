package basewise.cli;

import basewise.dataset.DatasetOptions;
import basewise.dataset.NegativeSource;
import basewise.dataset.TaskKind;
import basewise.io.InputException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The input and how it becomes a dataset; the same words for every verb that reads data. */
final class DataOptions {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();

  @Parameters(
      index = "0+",
      paramLabel = "INPUT",
      description =
          "Sequences (FASTA, FASTQ, GenBank, EMBL, one per line, TSV or CSV) or regions (BED,"
              + " narrowPeak, broadPeak), plain or gzip; - for standard input.")
  String input = "";

  @Option(
      names = "--width",
      paramLabel = "N",
      description =
          "Bases per window (default: 200 for regions; for sequences the 95th percentile of their"
              + " lengths, at most 200).")
  @Nullable Integer width;

  @Option(
      names = "--genome",
      paramLabel = "FILE",
      description = "The reference: FASTA, bgzipped FASTA or 2bit; regions need it.")
  @Nullable String genome = DEFAULTS.genome();

  @Option(
      names = "--negatives",
      paramLabel = "FILE|labels",
      description =
          "Negatives, sequences or regions; labels: the input's own rows labelled 0 (default: made,"
              + " see --background).")
  @Nullable String negatives = DEFAULTS.negatives();

  @Option(
      names = "--background",
      paramLabel = "KIND",
      description =
          "How negatives are made: shuffle (dinucleotides of the positives), genome (windows"
              + " matched in GC and N), auto (genome if there is one, else shuffle) (default:"
              + " auto).")
  NegativeSource background = DEFAULTS.background();

  @Option(
      names = "--shuffles",
      paramLabel = "N",
      description = "Negatives made per positive (default: ${DEFAULT-VALUE}).")
  int shuffles = DEFAULTS.shuffles();

  @Option(
      names = "--exclude",
      paramLabel = "BED",
      description = "Places to keep out of, such as a blacklist.")
  @Nullable String exclude = DEFAULTS.exclude();

  @Option(
      names = "--test-contigs",
      paramLabel = "NAMES",
      split = ",",
      description = "Contigs of the test part, comma-separated (default: chosen by the seed).")
  List<String> testContigs = DEFAULTS.testContigs();

  @Option(
      names = "--valid-contigs",
      paramLabel = "NAMES",
      split = ",",
      description = "Contigs of the validation part (default: chosen by the seed).")
  List<String> validContigs = DEFAULTS.validContigs();

  @Option(
      names = "--trim",
      paramLabel = "N",
      description = "Cut FASTQ reads to their first N bases and drop shorter ones.")
  @Nullable Integer trim;

  @Option(
      names = "--task",
      paramLabel = "KIND",
      description =
          "What the labels are: classification (0 and 1), regression (numbers), auto (by their"
              + " values) (default: auto).")
  TaskKind task = DEFAULTS.task();

  @Option(
      names = "--label-columns",
      paramLabel = "NAMES",
      split = ",",
      description = "Label columns of a table, by name or number (default: recognised).")
  List<String> labelColumns = DEFAULTS.labelColumns();

  @Option(
      names = "--sequence-column",
      paramLabel = "NAME",
      description = "Sequence column of a table, by name or number (default: the one with DNA).")
  @Nullable String sequenceColumn = DEFAULTS.sequenceColumn();

  /** The files it names, for {@link InputNames#readOnce}. */
  List<String> files() {
    return Stream.of(input, negatives, genome, exclude).filter(Objects::nonNull).toList();
  }

  private static int atLeastOne(String option, @Nullable Integer given, int otherwise) {
    if (given != null && given < 1) {
      throw InputException.ofOption(option, "must be at least 1, is " + given, "");
    }
    return given == null ? otherwise : given;
  }

  /** The options as the dataset room knows them. */
  DatasetOptions toOptions(long seed) {
    return DEFAULTS.toBuilder()
        .width(atLeastOne("--width", width, DEFAULTS.width()))
        .seed(seed)
        .shuffles(shuffles)
        .background(background)
        .negatives(negatives)
        .genome(genome)
        .exclude(exclude)
        .testContigs(List.copyOf(testContigs))
        .validContigs(List.copyOf(validContigs))
        .trim(atLeastOne("--trim", trim, DEFAULTS.trim()))
        .task(task)
        .labelColumns(List.copyOf(labelColumns))
        .sequenceColumn(sequenceColumn)
        .build();
  }
}
