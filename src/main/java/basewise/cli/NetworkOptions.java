package basewise.cli;

import basewise.dataset.Dataset;
import basewise.io.InputException;
import basewise.nn.Architecture;
import basewise.nn.Head;
import basewise.nn.Strands;
import basewise.nn.TrainOptions;
import picocli.CommandLine.Option;

/** The shape of the network and how it is trained; the same words for every verb that trains. */
final class NetworkOptions {
  private static final Architecture SHAPE = Architecture.motif();
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
              + " both).")
  Strands strands = SHAPE.strands();

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

  /** The shape for a dataset. */
  Architecture architecture(Dataset data) {
    if (filters < 1) {
      throw new InputException("--filters", "must be at least 1, is " + filters, "");
    }
    if (filterWidth < NARROWEST_FILTER) {
      throw new InputException(
          "--filter-width", "must be at least " + NARROWEST_FILTER + ", is " + filterWidth, "");
    }
    if (data.width() < NARROWEST_FILTER) {
      throw new InputException(
          "--width",
          "windows of " + data.width() + " bases are too short for a motif",
          "give longer sequences or a larger --width");
    }
    return SHAPE
        .withFilters(filters)
        .withFilterWidth(Math.min(filterWidth, data.width()))
        .withStrands(strands)
        .withHead(data.regression() ? Head.REGRESSION : Head.CLASSES);
  }

  /** How it is trained. */
  TrainOptions training(CommonOptions common) {
    if (epochs < 1) {
      throw new InputException("--epochs", "must be at least 1, is " + epochs, "");
    }
    if (restarts < 0) {
      throw new InputException("--restarts", "must not be negative, is " + restarts, "");
    }
    return TRAINING
        .withSeed(common.seed)
        .withThreads(common.threads)
        .withRestarts(restarts)
        .withEpochs(Math.min(TRAINING.minEpochs(), epochs), epochs);
  }
}
