package basewise.cli;

import basewise.dataset.Dataset;
import basewise.dataset.DatasetBuilder;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.discovery.Discovery;
import basewise.discovery.DiscoveryOptions;
import basewise.io.InputException;
import basewise.nn.Architecture;
import basewise.nn.Calibration;
import basewise.nn.Checkpoint;
import basewise.nn.KmerBaseline;
import basewise.nn.ModelFile;
import basewise.nn.Strands;
import basewise.nn.TrainOptions;
import basewise.nn.Trained;
import basewise.nn.Trainer;
import basewise.nn.kernel.FilterActivation;
import basewise.stats.Bootstrap;
import basewise.stats.Estimate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code basewise train}: sequences to a model file. */
@Command(
    name = "train",
    description = {
      "Trains the network that discover uses and writes it as a model file.",
      "While it trains, OUT.checkpoint beside it holds the best model so far; after an interruption"
          + " --resume goes on from there to the same bytes as a run without one."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final Architecture SHAPE = Architecture.motif();

  @Mixin private DataOptions input;
  @Mixin private NetworkOptions network;
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "Of the filters: relu or exponential (default: relu).")
  private FilterActivation activation = SHAPE.activation();

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = "Units of the dense layer (default: ${DEFAULT-VALUE}).")
  private int hidden = SHAPE.hidden();

  @Option(
      names = "--pool",
      paramLabel = "N",
      description = "Positions per window of the maximum; 0: all of them (default: 0).")
  private int pool = SHAPE.pool();

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description =
          "Share of filter activations dropped while training (default: ${DEFAULT-VALUE}).")
  private double dropout = SHAPE.dropout();

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "Decoupled weight decay (default: ${DEFAULT-VALUE}).")
  private double weightDecay = SHAPE.weightDecay();

  @Option(names = "--resume", description = "Go on from the checkpoint of an interrupted run.")
  private boolean resume;

  @Option(
      names = "--plain",
      paramLabel = "FILE",
      description = "Also write the network as DL4J's own layers, for other DL4J programs.")
  private @Nullable Path plain;

  @Override
  public Integer call() {
    common.validate();
    Path out = common.freshOut(Path.of("basewise-" + InputNames.stem(input.input) + ".model"));
    if (plain != null && !common.force && Files.exists(plain)) {
      throw new InputException(plain.toString(), "already exists", "name another or add --force");
    }
    try (Progress progress = Progress.of("train", common.quiet)) {
      progress.stage("reading", 0.05);
      Dataset data = DatasetBuilder.build(input.input, input.toOptions(common.seed));
      Architecture shape = shape(data);
      TrainOptions options = network.training(common);
      Function<Architecture, List<float[][]>> seeds = a -> seeds(data, a, options);
      progress.stage("calibrating", options.restarts() > 1 ? 0.3 : 0.06);
      shape = Calibration.choose(data, shape, options, seeds, progress);
      progress.stage("training", 1);
      Path checkpoint = out.resolveSibling(out.getFileName() + ".checkpoint");
      Trained trained =
          Trainer.train(
              data,
              shape,
              options,
              seeds.apply(shape),
              progress,
              new Checkpoint(checkpoint, resume));
      Map<String, String> notes = Map.of("input", input.input, "seed", "" + common.seed);
      ModelFile.save(trained.model(), out, notes);
      if (plain != null) {
        ModelFile.savePlain(trained.model(), plain, notes);
      }
      delete(checkpoint);
      progress.close();
      if (!common.quiet) {
        say(data, trained, out);
      }
      return ExitCode.DONE;
    }
  }

  private Architecture shape(Dataset data) {
    if (hidden < 1 || pool < 0) {
      throw new InputException("--hidden, --pool", "must be positive", "");
    }
    if (!(dropout >= 0 && dropout < 1) || !(weightDecay >= 0)) {
      throw new InputException(
          "--dropout, --weight-decay", "must be in [0, 1) and not negative", "");
    }
    return network
        .architecture(data)
        .withActivation(activation)
        .withHidden(hidden)
        .withPool(pool)
        .withRegularisation(dropout, weightDecay);
  }

  /** As discover starts its filters, so that both train the same network. */
  private static List<float[][]> seeds(Dataset data, Architecture a, TrainOptions options) {
    if (data.regression() || data.part(Part.TRAIN, true).isEmpty()) {
      return List.of();
    }
    DiscoveryOptions discovery =
        DiscoveryOptions.DEFAULT.withBothStrands(a.strands() == Strands.BOTH);
    return new Discovery(data, discovery, options.seed(), options.threads())
        .seedFilters(a.filterWidth(), a.filters() / 2);
  }

  private static void delete(Path checkpoint) {
    try {
      Files.deleteIfExists(checkpoint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void say(Dataset data, Trained trained, Path out) {
    PrintWriter print = spec.commandLine().getOut();
    print.printf(
        Locale.ROOT,
        "Trained %d epochs, kept epoch %d: %s%n",
        trained.history().size(),
        trained.bestEpoch(),
        out);
    List<Example> test = data.part(Part.TEST);
    boolean[] positive = new boolean[test.size()];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = test.get(i).positive();
    }
    if (!data.regression() && !test.isEmpty()) {
      List<byte[]> codes = test.stream().map(Example::codes).toList();
      float[][] z = trained.model().logits(codes, common.threads);
      double[] scores = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        scores[i] = z[i][0];
      }
      double[] words = KmerBaseline.train(data, 0, common.seed).logits(codes);
      judge(print, "network", scores, positive);
      judge(print, "k-mer baseline", words, positive);
    }
    print.flush();
  }

  private void judge(PrintWriter print, String name, double[] scores, boolean[] positive) {
    Estimate auroc = Bootstrap.auroc(scores, positive, Bootstrap.REPLICATES, common.seed);
    Estimate auprc = Bootstrap.auprc(scores, positive, Bootstrap.REPLICATES, common.seed);
    print.printf(
        Locale.ROOT,
        "Held out, %s: AUROC %.3f (%.3f-%.3f), AUPRC %.3f (%.3f-%.3f)%n",
        name,
        auroc.value(),
        auroc.low(),
        auroc.high(),
        auprc.value(),
        auprc.low(),
        auprc.high());
  }
}
