package basewise.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an input becomes a dataset; the defaults live here and nowhere else.
 *
 * @param width bases per window; 0: 200 for regions, the 95th percentile of the lengths, at most
 *     200, for sequences
 * @param seed seed of the shuffles, of the background windows and of the split
 * @param shuffles negatives made per positive
 * @param background where negatives come from when none are given
 * @param negatives a file of negatives, or null
 * @param genome the reference that regions are read from, or null
 * @param exclude a BED file of places to avoid, or null
 * @param testContigs contigs of the test part; empty: chosen by the seed
 * @param validContigs contigs of the validation part; empty: chosen by the seed
 * @param trim FASTQ reads are cut to this length and shorter ones dropped; 0: all must be equal
 * @param task what the labels mean
 * @param labelColumns label columns of a table, by name or 1-based number; empty: recognised
 * @param sequenceColumn the sequence column of a table, by name or 1-based number, or null
 */
public record DatasetOptions(
    int width,
    long seed,
    int shuffles,
    NegativeSource background,
    @Nullable String negatives,
    @Nullable String genome,
    @Nullable String exclude,
    List<String> testContigs,
    List<String> validContigs,
    int trim,
    TaskKind task,
    List<String> labelColumns,
    @Nullable String sequenceColumn) {
  /** The widest window chosen without being asked, in bases. */
  public static final int DEFAULT_WIDTH = 200;

  /** All defaults. */
  public static DatasetOptions defaults() {
    return new DatasetOptions(
        0,
        1,
        1,
        NegativeSource.AUTO,
        null,
        null,
        null,
        List.of(),
        List.of(),
        0,
        TaskKind.AUTO,
        List.of(),
        null);
  }

  /** These, with another width. */
  public DatasetOptions withWidth(int value) {
    return new DatasetOptions(
        value,
        seed,
        shuffles,
        background,
        negatives,
        genome,
        exclude,
        testContigs,
        validContigs,
        trim,
        task,
        labelColumns,
        sequenceColumn);
  }

  /** These, with another seed. */
  public DatasetOptions withSeed(long value) {
    return new DatasetOptions(
        width,
        value,
        shuffles,
        background,
        negatives,
        genome,
        exclude,
        testContigs,
        validContigs,
        trim,
        task,
        labelColumns,
        sequenceColumn);
  }

  /** These, with another number of negatives per positive. */
  public DatasetOptions withShuffles(int value) {
    return new DatasetOptions(
        width,
        seed,
        value,
        background,
        negatives,
        genome,
        exclude,
        testContigs,
        validContigs,
        trim,
        task,
        labelColumns,
        sequenceColumn);
  }

  /** These, with negatives from a file, or (null) made. */
  public DatasetOptions withNegatives(@Nullable String value) {
    return new DatasetOptions(
        width,
        seed,
        shuffles,
        background,
        value,
        genome,
        exclude,
        testContigs,
        validContigs,
        trim,
        task,
        labelColumns,
        sequenceColumn);
  }

  /** These, with a genome and where negatives come from. */
  public DatasetOptions withGenome(@Nullable String value, NegativeSource source) {
    return new DatasetOptions(
        width,
        seed,
        shuffles,
        source,
        negatives,
        value,
        exclude,
        testContigs,
        validContigs,
        trim,
        task,
        labelColumns,
        sequenceColumn);
  }

  /** These, with the label columns of a table. */
  public DatasetOptions withLabels(TaskKind kind, List<String> columns) {
    return new DatasetOptions(
        width,
        seed,
        shuffles,
        background,
        negatives,
        genome,
        exclude,
        testContigs,
        validContigs,
        trim,
        kind,
        columns,
        sequenceColumn);
  }
}
