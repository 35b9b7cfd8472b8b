package basewise.cli;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The verbs, in the order of the help. */
final class Verb {
  private static final List<String> NAMES =
      List.of(
          "help",
          "discover",
          "train",
          "predict",
          "attribute",
          "model",
          "patterns",
          "hits",
          "filters",
          "compare",
          "scan",
          "gather",
          "motifs",
          "combine",
          "dataset",
          "genome",
          "device");

  private Verb() {}

  /** A command of each verb. */
  static List<Object> all() {
    return NAMES.stream().map(name -> Objects.requireNonNull(command(name), name)).toList();
  }

  /** The command of one that does without the others, or null. */
  static @Nullable Object named(String name) {
    return name.equals("help") ? null : command(name);
  }

  private static @Nullable Object command(String name) {
    return switch (name) {
      case "help" -> new HelpVerbCommand();
      case "discover" -> new DiscoverCommand();
      case "train" -> new TrainCommand();
      case "predict" -> new PredictCommand();
      case "attribute" -> new AttributeCommand();
      case "model" -> new ModelCommand();
      case "patterns" -> new PatternsCommand();
      case "hits" -> new HitsCommand();
      case "filters" -> new FiltersCommand();
      case "compare" -> new CompareCommand();
      case "scan" -> new ScanCommand();
      case "gather" -> new GatherCommand();
      case "motifs" -> new MotifsCommand();
      case "combine" -> new CombineCommand();
      case "dataset" -> new DatasetCommand();
      case "genome" -> new GenomeCommand();
      case "device" -> new DeviceCommand();
      default -> null;
    };
  }
}
