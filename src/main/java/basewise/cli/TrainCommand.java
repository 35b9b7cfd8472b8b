package basewise.cli;

import basewise.cuda.CudaAvailability;
import basewise.cuda.CudaDriver;
import basewise.dataset.Dataset;
import basewise.dataset.DatasetBuilder;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.dataset.StrandBias;
import basewise.discovery.Discovery;
import basewise.discovery.DiscoveryOptions;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.nn.Architecture;
import basewise.nn.Checkpoint;
import basewise.nn.KmerBaseline;
import basewise.nn.Layers;
import basewise.nn.ModelFile;
import basewise.nn.ModelOrigin;
import basewise.nn.MotifArchitecture;
import basewise.nn.Strands;
import basewise.nn.TrainOptions;
import basewise.nn.Trained;
import basewise.nn.layer.Backends;
import basewise.report.HeldOut;
import basewise.stats.Estimate;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code basewise train}: sequences to a model file. */
@Command(
    name = "train",
    description = {
      "Trains the network that discover uses, or a deeper one, and writes it as a model file.",
      "Labels of a table may be one or more columns of 0 and 1, or of numbers. While it trains,"
          + " OUT.checkpoint holds the best model so far; after an interruption --resume goes on"
          + " from there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./basewise train peaks.fa --out peaks.model",
      "  ./basewise train mpra.csv --task regression --out mpra.model",
      "  ./basewise train accessibility.csv --architecture basset --out basset.model"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  /** More tasks than this are judged together. */
  private static final int MOST_LISTED = 8;

  @Mixin private DataOptions input;
  @Mixin private ArchitectureOptions architecture;
  @Mixin private NetworkOptions network;
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--plain",
      paramLabel = "FILE",
      description = "Also write the network as DL4J's own layers, for other DL4J programs.")
  private @Nullable Path plain;

  @Option(
      names = "--device",
      paramLabel = "D",
      description =
          "cpu, or cuda: DL4J's own layers on an NVIDIA GPU, in a build with the Maven profile cuda"
              + " (default: ${DEFAULT-VALUE}).")
  private String device = "cpu";

  @Override
  public Integer call() {
    common.validate();
    network.validate();
    Layers layers = layers();
    ParseResult given = spec.commandLine().getParseResult();
    architecture.validate(given);
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
      Dataset data =
          DatasetBuilder.build(
              input.input, input.toOptions(common.seed).withWidest(architecture.widest()));
      StrandBias direction = network.direction(data);
      Architecture shape = architecture.shape(data, input, network, direction);
      TrainOptions options = architecture.training(network, common, given);
      DiscoveryOptions discovery =
          DiscoveryOptions.DEFAULT.withBothStrands(shape.strands() == Strands.BOTH);
      List<Discovery> discoveries =
          shape instanceof MotifArchitecture
              ? ModelTraining.discoveries(data, discovery, common)
              : List.of();
      Trained trained =
          ModelTraining.train(data, discoveries, shape, options, progress, 1, checkpoint, layers);
      ModelOrigin origin = ModelTraining.origin(data, options, input.input);
      ModelFile.save(trained.model(), out, origin);
      if (plain != null) {
        ModelFile.savePlain(trained.model(), plain, origin);
      }
      ModelTraining.forget(checkpoint);
      progress.close();
      if (!common.quiet) {
        say(data, direction, trained, out);
      }
      return ExitCode.DONE;
    }
  }

  private Layers layers() {
    if (device.equalsIgnoreCase("cpu")) {
      return Layers.OWN;
    }
    if (!device.equalsIgnoreCase("cuda")) {
      throw InputException.ofOption("--device", "'" + device + "' is not cpu or cuda", "");
    }
    CudaAvailability.Ready _ = CudaDriver.availability().required();
    Backends.cuda();
    return Layers.PLAIN;
  }

  private void say(Dataset data, @Nullable StrandBias direction, Trained trained, Path out) {
    PrintWriter print = spec.commandLine().getOut();
    print.printf(
        Locale.ROOT,
        "Trained %s, kept epoch %d: %s%n",
        Wording.count(trained.history().size(), "epoch"),
        trained.bestEpoch(),
        out);
    Warnings.of(direction).ifPresent(note -> print.println("Note: " + note));
    List<Example> test = data.part(Part.TEST);
    if (test.isEmpty()) {
      print.println("Too few windows to hold a part out: this model was judged on nothing.");
    } else {
      float[][] logits =
          trained.model().logits(test.stream().map(Example::codes).toList(), common.threads);
      if (data.tasks().size() > MOST_LISTED) {
        means(print, data, test, logits);
      }
      for (int t = 0; t < data.tasks().size() && data.tasks().size() <= MOST_LISTED; t++) {
        judge(print, data, test, logits, t);
      }
    }
    print.flush();
  }

  private void judge(
      PrintWriter print, Dataset data, List<Example> test, float[][] logits, int task) {
    String of = data.tasks().size() == 1 ? "" : " " + data.tasks().get(task) + ",";
    if (data.regression()) {
      print.printf(Locale.ROOT, "Held out,%s Pearson r %.3f%n", of, pearson(test, logits, task));
      return;
    }
    HeldOut heldOut = new HeldOut(task);
    heldOut.add(test, logits, KmerBaseline.train(data, task, common.seed));
    if (!heldOut.network(common.seed).auroc().known()) {
      print.printf("Held out,%s cannot be judged: of one class%n", of);
      return;
    }
    judged(print, of + " network", heldOut.network(common.seed));
    judged(print, of + " k-mer baseline", heldOut.baseline(common.seed));
  }

  /** Of many tasks the mean over those that can be judged. */
  private static void means(PrintWriter print, Dataset data, List<Example> test, float[][] logits) {
    double[] sum = new double[2];
    int judged = 0;
    for (int t = 0; t < data.tasks().size(); t++) {
      double[] one =
          data.regression()
              ? new double[] {pearson(test, logits, t), 0}
              : HeldOut.areas(test, logits, t);
      if (Double.isFinite(one[0])) {
        sum[0] += one[0];
        sum[1] += one[1];
        judged++;
      }
    }
    String of = "Held out, mean of %d of %d tasks:".formatted(judged, data.tasks().size());
    if (data.regression()) {
      print.printf(Locale.ROOT, "%s Pearson r %.3f%n", of, sum[0] / judged);
    } else {
      print.printf(
          Locale.ROOT, "%s AUROC %.3f, AUPRC %.3f%n", of, sum[0] / judged, sum[1] / judged);
    }
  }

  private static double pearson(List<Example> test, float[][] predicted, int task) {
    int[] known =
        IntStream.range(0, predicted.length)
            .filter(i -> !Float.isNaN(test.get(i).labels()[task]))
            .toArray();
    if (known.length < 2) {
      return Double.NaN;
    }
    return new PearsonsCorrelation()
        .correlation(
            Arrays.stream(known).mapToDouble(i -> predicted[i][task]).toArray(),
            Arrays.stream(known).mapToDouble(i -> test.get(i).labels()[task]).toArray());
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
