package basewise.cli;

import basewise.dataset.Dataset;
import basewise.dataset.Part;
import basewise.dataset.StrandBias;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.nn.Architecture;
import basewise.nn.Head;
import basewise.nn.MotifArchitecture;
import basewise.nn.Strands;
import basewise.nn.TrainOptions;
import basewise.nn.kernel.FilterActivation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The shape of the network and how it is trained; the same words for every verb that trains. */
final class NetworkOptions {
  private static final MotifArchitecture SHAPE = Architecture.motif();
  private static final TrainOptions TRAINING = TrainOptions.defaults();

  /** Shorter filters than this see no motif. */
  private static final int NARROWEST_FILTER = 5;

  @Option(
      names = "--filters",
      paramLabel = "N",
      description = "Convolution filters (default: ${DEFAULT-VALUE}).")
  int filters = SHAPE.filters();

  @Option(
      names = "--filter-width",
      paramLabel = "N",
      description = "Bases per filter (default: ${DEFAULT-VALUE}, or the window if it is shorter).")
  int filterWidth = SHAPE.filterWidth();

  @Option(
      names = "--strands",
      paramLabel = "WHICH",
      description =
          "both: a filter and its reverse complement are one; forward: as read, for RNA (default:"
              + " both, or forward where the most enriched word of the positives stands on one"
              + " strand).")
  @Nullable Strands strands;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "Of the filters: relu or exponential (default: relu).")
  FilterActivation activation = SHAPE.activation();

  @Option(
      names = "--pool",
      paramLabel = "N",
      description =
          "Positions per window of the maximum; 0: one maximum over the whole window (default:"
              + " ${DEFAULT-VALUE}).")
  int pool = SHAPE.pool();

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = "Units of the dense layer (default: ${DEFAULT-VALUE}).")
  int hidden = SHAPE.hidden();

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description =
          "Share of filter activations dropped while training (default: "
              + MotifArchitecture.DROPOUT
              + ", or "
              + MotifArchitecture.SMALL_DROPOUT
              + " for small sets).")
  @Nullable Double dropout;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description =
          "Decoupled weight decay (default: "
              + MotifArchitecture.WEIGHT_DECAY
              + ", or "
              + MotifArchitecture.SMALL_WEIGHT_DECAY
              + " for small sets).")
  @Nullable Double weightDecay;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "First step size of Adam (default: ${DEFAULT-VALUE}).")
  double learningRate = TRAINING.learningRate();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Windows per step; 0: by the size of the set (default: ${DEFAULT-VALUE}).")
  int batch = TRAINING.batch();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training part at most (default: ${DEFAULT-VALUE}).")
  int epochs = TRAINING.maxEpochs();

  @Option(
      names = "--restarts",
      paramLabel = "N",
      description =
          "Short calibration runs over filter width, weight decay and dropout before the real one"
              + " (default: ${DEFAULT-VALUE}).")
  int restarts = TRAINING.restarts();

  @Option(
      names = "--resume",
      description =
          "Go on from OUT.checkpoint, which an interrupted run leaves, to the same bytes as a run"
              + " without interruption.")
  boolean resume;

  /** Refuses values that make no sense with any input, before one is read. */
  void validate() {
    if (filters < 1) {
      throw InputException.ofOption("--filters", "must be at least 1, is " + filters, "");
    }
    if (filterWidth < NARROWEST_FILTER) {
      throw InputException.ofOption(
          "--filter-width", "must be at least " + NARROWEST_FILTER + ", is " + filterWidth, "");
    }
    if (pool < 0) {
      throw InputException.ofOption("--pool", "must not be negative, is " + pool, "");
    }
    if (hidden < 1) {
      throw InputException.ofOption("--hidden", "must be at least 1, is " + hidden, "");
    }
    if (dropout != null && !(dropout >= 0 && dropout < 1)) {
      throw InputException.ofOption("--dropout", "must be from 0 to below 1, is " + dropout, "");
    }
    if (weightDecay != null && !(weightDecay >= 0 && Double.isFinite(weightDecay))) {
      throw InputException.ofOption(
          "--weight-decay", "must not be negative, is " + weightDecay, "");
    }
    if (epochs < 1) {
      throw InputException.ofOption("--epochs", "must be at least 1, is " + epochs, "");
    }
    if (restarts < 0) {
      throw InputException.ofOption("--restarts", "must not be negative, is " + restarts, "");
    }
    if (restarts == 1) {
      throw InputException.ofOption(
          "--restarts", "1 leaves nothing to choose from", "give 2 or more");
    }
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw InputException.ofOption("--learning-rate", "must be above 0, is " + learningRate, "");
    }
    if (batch < 0) {
      throw InputException.ofOption("--batch", "must not be negative, is " + batch, "");
    }
  }

  /** The direction of the positives if that, and no option, decides on the strands; else null. */
  @Nullable StrandBias direction(Dataset data) {
    if (strands != null) {
      return null;
    }
    StrandBias bias = StrandBias.of(data);
    return bias.directed() ? bias : null;
  }

  /** The strands asked for, or those that the {@link #direction} speaks for. */
  Strands strands(@Nullable StrandBias direction) {
    Strands otherwise = direction == null ? SHAPE.strands() : Strands.FORWARD;
    return Objects.requireNonNullElse(strands, otherwise);
  }

  /**
   * The shape for a dataset that was read from {@code input}.
   *
   * @param direction the dataset's {@link #direction}
   */
  MotifArchitecture architecture(Dataset data, DataOptions input, @Nullable StrandBias direction) {
    if (data.width() < NARROWEST_FILTER) {
      String problem =
          "windows of " + Wording.count(data.width(), "base") + " are too short for a motif";
      if (input.width != null) {
        throw InputException.ofOption("--width", problem, "give a larger one");
      }
      throw new InputException(input.input, problem, "give longer sequences");
    }
    // The default is cut to a short window; what was asked for is not changed in silence.
    if (filterWidth > data.width() && filterWidth != SHAPE.filterWidth()) {
      throw InputException.ofOption(
          "--filter-width",
          "is %d, and windows are %d bases".formatted(filterWidth, data.width()),
          "give at most the width of a window");
    }
    int width = Math.min(filterWidth, data.width());
    int positions = data.width() - width + 1;
    if (pool > positions) {
      throw InputException.ofOption(
          "--pool",
          "must be 0 to %d, the positions of a filter, is %d".formatted(positions, pool),
          "");
    }
    if (restarts > 1 && data.part(Part.VALIDATION).isEmpty()) {
      throw nothingToChooseBy(input);
    }
    MotifArchitecture defaults =
        data.regression() ? SHAPE : Architecture.motif(data.part(Part.VALIDATION).size());
    return SHAPE
        .withFilters(filters)
        .withFilterWidth(width)
        .withStrands(strands(direction))
        .withActivation(activation)
        .withPool(pool)
        .withHidden(hidden)
        .withRegularisation(
            Objects.requireNonNullElse(dropout, defaults.dropout()),
            Objects.requireNonNullElse(weightDecay, defaults.weightDecay()))
        .withHead(data.regression() ? Head.REGRESSION : Head.CLASSES);
  }

  InputException nothingToChooseBy(DataOptions input) {
    return InputException.ofOption(
        "--restarts",
        input.input + " is too small to set windows aside for choosing",
        "leave it out");
  }

  /** How it is trained. */
  TrainOptions training(CommonOptions common) {
    return TRAINING
        .withLearningRate(learningRate)
        .withBatch(batch)
        .withSeed(common.seed)
        .withThreads(common.threads)
        .withRestarts(restarts)
        .withEpochs(Math.min(TRAINING.minEpochs(), epochs), epochs);
  }
}
