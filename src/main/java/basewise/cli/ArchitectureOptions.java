package basewise.cli;

import basewise.dataset.Dataset;
import basewise.dataset.Part;
import basewise.dataset.StrandBias;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.nn.Architecture;
import basewise.nn.Head;
import basewise.nn.MotifArchitecture;
import basewise.nn.TrainOptions;
import basewise.nn.TrunkArchitecture;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The kind of network that is trained. */
final class ArchitectureOptions {
  /** Options that say what a motif network looks like. */
  private static final List<String> OF_MOTIF =
      List.of("--filters", "--filter-width", "--activation", "--pool", "--hidden");

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = {
        "${COMPLETION-CANDIDATES} (default: motif). basset: three convolutions (300 filters of 19,"
            + " 200 of 11, 200 of 7) with batch norm and maxima over 3, 4 and 4 positions, 1,000"
            + " hidden units. dilated: 64 filters of 21, up to eight residual convolutions whose"
            + " dilation doubles from 2 to 256 (those whose filters, 2 d + 1 bases long, fit the"
            + " window), the mean over positions.",
        "Their windows are 600 and 1,000 bases where motif's would be 200, they learn in steps of"
            + " 64 windows at a rate of 0.001, and see each window on either strand as chance has"
            + " it, or with --strands forward as read. Their shape is fixed."
      })
  String architecture = MotifArchitecture.NAME;

  /** The names of the kinds. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Architecture.NAMES.iterator();
    }
  }

  /** Refuses a name that is not known, and options that have no effect on the kind it names. */
  void validate(ParseResult given) {
    if (!Architecture.NAMES.contains(architecture)) {
      throw InputException.ofOption(
          "--architecture",
          "there is no '" + architecture + "'",
          "there are " + String.join(", ", Architecture.NAMES));
    }
    if (isMotif()) {
      return;
    }
    for (String option : OF_MOTIF) {
      if (given.hasMatchedOption(option)) {
        throw without(
            option, "is for motif networks, and the shape of " + architecture + " is fixed");
      }
    }
    if (architecture.equals(TrunkArchitecture.DILATED) && given.hasMatchedOption("--dropout")) {
      throw without("--dropout", "is for hidden units, and dilated has none");
    }
  }

  private static InputException without(String option, String problem) {
    return InputException.ofOption(option, problem, "leave it out");
  }

  private boolean isMotif() {
    return architecture.equals(MotifArchitecture.NAME);
  }

  /** The widest window that is chosen without being asked for, in bases. */
  int widest() {
    return switch (architecture) {
      case TrunkArchitecture.BASSET -> TrunkArchitecture.BASSET_WINDOW;
      case TrunkArchitecture.DILATED -> TrunkArchitecture.DILATED_WINDOW;
      default -> basewise.dataset.DatasetOptions.DEFAULT_WIDTH;
    };
  }

  /**
   * The shape for a dataset that was read from {@code input}.
   *
   * @param direction the dataset's {@link NetworkOptions#direction}
   */
  Architecture shape(
      Dataset data, DataOptions input, NetworkOptions network, @Nullable StrandBias direction) {
    if (isMotif()) {
      return network.architecture(data, input, direction);
    }
    TrunkArchitecture a =
        architecture.equals(TrunkArchitecture.BASSET)
            ? Architecture.basset()
            : Architecture.dilated(data.width());
    if (data.width() < a.shortest()) {
      String problem =
          "windows of %s are too short for %s, which reads %d or more"
              .formatted(Wording.count(data.width(), "base"), a.name(), a.shortest());
      if (input.width != null) {
        throw InputException.ofOption("--width", problem, "give a larger one");
      }
      throw new InputException(input.input, problem, "use --architecture motif");
    }
    if (network.restarts > 1 && data.part(Part.VALIDATION).isEmpty()) {
      throw network.nothingToChooseBy(input);
    }
    return a.withStrands(network.strands(direction))
        .withRegularisation(
            Objects.requireNonNullElse(network.dropout, a.dropout()),
            Objects.requireNonNullElse(network.weightDecay, a.weightDecay()))
        .withHead(data.regression() ? Head.REGRESSION : Head.CLASSES);
  }

  /** How it is trained; what {@code given} does not say is the default of the kind. */
  TrainOptions training(NetworkOptions network, CommonOptions common, ParseResult given) {
    TrainOptions options = network.training(common);
    if (!isMotif() && !given.hasMatchedOption("--learning-rate")) {
      options = options.withLearningRate(TrunkArchitecture.LEARNING_RATE);
    }
    return !isMotif() && options.batch() == 0
        ? options.withBatch(TrunkArchitecture.BATCH)
        : options;
  }
}
