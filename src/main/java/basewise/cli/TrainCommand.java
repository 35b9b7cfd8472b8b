package basewise.cli;

import basewise.dataset.Dataset;
import basewise.dataset.DatasetBuilder;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.discovery.Discovery;
import basewise.discovery.DiscoveryOptions;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.nn.Architecture;
import basewise.nn.Checkpoint;
import basewise.nn.KmerBaseline;
import basewise.nn.ModelFile;
import basewise.nn.ModelOrigin;
import basewise.nn.Strands;
import basewise.nn.TrainOptions;
import basewise.nn.Trained;
import basewise.report.HeldOut;
import basewise.stats.Estimate;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
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
      "Labels of a table may be one or more columns of 0 and 1, or of numbers. While it trains,"
          + " OUT.checkpoint holds the best model so far; after an interruption --resume goes on"
          + " from there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./basewise train peaks.fa --out peaks.model",
      "  ./basewise train mpra.csv --task regression --out mpra.model"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  @Mixin private DataOptions input;
  @Mixin private NetworkOptions network;
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--plain",
      paramLabel = "FILE",
      description = "Also write the network as DL4J's own layers, for other DL4J programs.")
  private @Nullable Path plain;

  @Override
  public Integer call() {
    common.validate();
    network.validate();
    InputNames.readOnce(input.files());
    Path out = common.freshOut(Path.of("basewise-" + InputNames.stem(input.input) + ".model"));
    if (plain != null && !common.force && Files.exists(plain)) {
      throw new InputException(plain.toString(), "already exists", "name another or add --force");
    }
    if (plain != null
        && plain.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize())) {
      throw InputException.ofOption("--plain", "is the file of --out", "name another");
    }
    Checkpoint checkpoint = ModelTraining.checkpoint(out, network.resume, common.force);
    try (Progress progress = Progress.of("train", common.quiet);
        Interruption watch = Interruption.watch(checkpoint.file(), null, progress)) {
      progress.stage("reading", 0.05);
      Dataset data = DatasetBuilder.build(input.input, input.toOptions(common.seed));
      Architecture shape = network.architecture(data, input);
      TrainOptions options = network.training(common);
      DiscoveryOptions discovery =
          DiscoveryOptions.DEFAULT.withBothStrands(shape.strands() == Strands.BOTH);
      List<Discovery> discoveries = ModelTraining.discoveries(data, discovery, common);
      Trained trained =
          ModelTraining.train(data, discoveries, shape, options, progress, 1, checkpoint);
      ModelOrigin origin = ModelTraining.origin(data, options, input.input);
      ModelFile.save(trained.model(), out, origin);
      if (plain != null) {
        ModelFile.savePlain(trained.model(), plain, origin);
      }
      ModelTraining.forget(checkpoint);
      progress.close();
      if (!common.quiet) {
        say(data, trained, out);
      }
      return ExitCode.DONE;
    }
  }

  private void say(Dataset data, Trained trained, Path out) {
    PrintWriter print = spec.commandLine().getOut();
    print.printf(
        Locale.ROOT,
        "Trained %s, kept epoch %d: %s%n",
        Wording.count(trained.history().size(), "epoch"),
        trained.bestEpoch(),
        out);
    Warnings.of(network.direction(data)).ifPresent(note -> print.println("Note: " + note));
    List<Example> test = data.part(Part.TEST);
    for (int t = 0; t < data.tasks().size() && !test.isEmpty(); t++) {
      String of = data.tasks().size() == 1 ? "" : " " + data.tasks().get(t) + ",";
      if (data.regression()) {
        print.printf(Locale.ROOT, "Held out,%s Pearson r %.3f%n", of, pearson(test, trained, t));
      } else {
        HeldOut heldOut = new HeldOut(t);
        KmerBaseline words = KmerBaseline.train(data, t, common.seed);
        heldOut.add(test, trained.model(), words, common.threads);
        judged(print, of + " network", heldOut.network(common.seed));
        judged(print, of + " k-mer baseline", heldOut.baseline(common.seed));
      }
    }
    if (test.isEmpty()) {
      print.println("Too few windows to hold a part out: this model was judged on nothing.");
    }
    print.flush();
  }

  private double pearson(List<Example> test, Trained trained, int task) {
    List<Example> known = test.stream().filter(e -> !Float.isNaN(e.labels()[task])).toList();
    if (known.size() < 2) {
      return Double.NaN;
    }
    float[][] y =
        trained.model().logits(known.stream().map(Example::codes).toList(), common.threads);
    double[] predicted = Arrays.stream(y).mapToDouble(v -> v[task]).toArray();
    double[] measured = known.stream().mapToDouble(e -> e.labels()[task]).toArray();
    return new PearsonsCorrelation().correlation(predicted, measured);
  }

  private static void judged(PrintWriter print, String name, HeldOut.Judgement judgement) {
    Estimate auroc = judgement.auroc();
    Estimate auprc = judgement.auprc();
    print.printf(
        Locale.ROOT,
        "Held out,%s: AUROC %.3f (%.3f-%.3f), AUPRC %.3f (%.3f-%.3f)%n",
        name,
        auroc.value(),
        auroc.low(),
        auroc.high(),
        auprc.value(),
        auprc.low(),
        auprc.high());
  }
}
