package basewise.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an input becomes a dataset; the defaults live here and nowhere else.
 *
 * @param width bases per window; 0: {@code widest} for regions, the 95th percentile of the lengths,
 *     at most {@code widest}, for sequences
 * @param seed seed of the shuffles, of the background windows and of the split
 * @param shuffles negatives made per positive
 * @param background where negatives come from when none are given
 * @param negatives a file of negatives, {@value #LABELS} for the input's own rows labelled 0, or
 *     null
 * @param genome the reference that regions are read from, or null
 * @param exclude a BED file of places to avoid, or null
 * @param testContigs contigs of the test part; empty: chosen by the seed
 * @param validContigs contigs of the validation part; empty: chosen by the seed
 * @param trim FASTQ reads are cut to this length and shorter ones dropped; 0: all must be equal
 * @param task what the labels mean
 * @param labelColumns label columns of a table, by name or 1-based number; empty: recognised
 * @param sequenceColumn the sequence column of a table, by name or 1-based number, or null
 * @param widest bases of the widest window that is chosen without being asked for
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
    @Nullable String sequenceColumn,
    int widest) {
  /** As {@link #negatives}: the rows of the input that are labelled 0. */
  public static final String LABELS = "labels";

  /** {@link #widest} by default. */
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
        null,
        DEFAULT_WIDTH);
  }

  /** A builder that starts from these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** These, with another width. */
  public DatasetOptions withWidth(int value) {
    return toBuilder().width(value).build();
  }

  /** These, with another seed. */
  public DatasetOptions withSeed(long value) {
    return toBuilder().seed(value).build();
  }

  /** These, with another number of negatives per positive. */
  public DatasetOptions withShuffles(int value) {
    return toBuilder().shuffles(value).build();
  }

  /** These, with a file of negatives, or (null) made ones. */
  public DatasetOptions withNegatives(@Nullable String value) {
    return toBuilder().negatives(value).build();
  }

  /** These, with a genome and where negatives come from. */
  public DatasetOptions withGenome(@Nullable String value, NegativeSource source) {
    return toBuilder().genome(value).background(source).build();
  }

  /** These, with the label columns of a table. */
  public DatasetOptions withLabels(TaskKind kind, List<String> columns) {
    return toBuilder().task(kind).labelColumns(columns).build();
  }

  /** These, with another widest window that is chosen without being asked for. */
  public DatasetOptions withWidest(int value) {
    return toBuilder().widest(value).build();
  }

  /** Changes some of the options. */
  public static final class Builder {
    private int width;
    private long seed;
    private int shuffles;
    private NegativeSource background;
    private @Nullable String negatives;
    private @Nullable String genome;
    private @Nullable String exclude;
    private List<String> testContigs;
    private List<String> validContigs;
    private int trim;
    private TaskKind task;
    private List<String> labelColumns;
    private @Nullable String sequenceColumn;
    private int widest;

    private Builder(DatasetOptions from) {
      width = from.width;
      seed = from.seed;
      shuffles = from.shuffles;
      background = from.background;
      negatives = from.negatives;
      genome = from.genome;
      exclude = from.exclude;
      testContigs = from.testContigs;
      validContigs = from.validContigs;
      trim = from.trim;
      task = from.task;
      labelColumns = from.labelColumns;
      sequenceColumn = from.sequenceColumn;
      widest = from.widest;
    }

    /** Sets width. */
    public Builder width(int value) {
      width = value;
      return this;
    }

    /** Sets seed. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Sets shuffles. */
    public Builder shuffles(int value) {
      shuffles = value;
      return this;
    }

    /** Sets background. */
    public Builder background(NegativeSource value) {
      background = value;
      return this;
    }

    /** Sets negatives. */
    public Builder negatives(@Nullable String value) {
      negatives = value;
      return this;
    }

    /** Sets genome. */
    public Builder genome(@Nullable String value) {
      genome = value;
      return this;
    }

    /** Sets exclude. */
    public Builder exclude(@Nullable String value) {
      exclude = value;
      return this;
    }

    /** Sets testContigs. */
    public Builder testContigs(List<String> value) {
      testContigs = value;
      return this;
    }

    /** Sets validContigs. */
    public Builder validContigs(List<String> value) {
      validContigs = value;
      return this;
    }

    /** Sets trim. */
    public Builder trim(int value) {
      trim = value;
      return this;
    }

    /** Sets task. */
    public Builder task(TaskKind value) {
      task = value;
      return this;
    }

    /** Sets labelColumns. */
    public Builder labelColumns(List<String> value) {
      labelColumns = value;
      return this;
    }

    /** Sets sequenceColumn. */
    public Builder sequenceColumn(@Nullable String value) {
      sequenceColumn = value;
      return this;
    }

    /** Sets widest. */
    public Builder widest(int value) {
      widest = value;
      return this;
    }

    /** The options as they stand. */
    public DatasetOptions build() {
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
          task,
          labelColumns,
          sequenceColumn,
          widest);
    }
  }
}
