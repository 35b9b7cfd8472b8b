package basewise.cli;

import basewise.dataset.Dataset;
import basewise.dataset.DatasetBuilder;
import basewise.dataset.DatasetOptions;
import basewise.discovery.Discovery;
import basewise.io.AtomicFolder;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.motif.Motif;
import basewise.nn.ModelFile;
import basewise.nn.ModelOrigin;
import basewise.nn.MotifModel;
import basewise.nn.SequenceModel;
import basewise.report.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code basewise filters}: what the filters of a trained network look for. */
@Command(
    name = "filters",
    description = {
      "Turns the filters of a trained network into motifs, judged on held-out data and named.",
      "Writes motifs.meme, motifs.tsv, matches.tsv, sites.bed or sites.tsv, and logos/: the same"
          + " bytes as discover, given the same input and options. Width and seed are the model's"
          + " unless given."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./basewise filters peaks.model peaks.fa --out motifs"},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FiltersCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A file that train wrote, or model/model.zip of discover.")
  private Path model = Path.of("");

  @Mixin private DataOptions input;
  @Mixin private RuleOptions ruleOptions;
  @Mixin private KnownOptions knownOptions;
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    common.validate();
    InputNames.readOnce(
        Stream.concat(input.files().stream(), Stream.of(knownOptions.known)).toList());
    Path out = common.named(Path.of("basewise-filters-" + InputNames.stem(input.input)));
    try (AtomicFolder folder = AtomicFolder.to(out, common.force, "motifs.tsv");
        Progress progress = Progress.of("filters", common.quiet)) {
      List<Motif> known = knownOptions.read();
      MotifModel network = motifModel();
      ModelOrigin origin = ModelFile.origin(model);
      if (!spec.commandLine().getParseResult().hasMatchedOption("--seed")) {
        common.seed = origin.training().seed();
      }
      progress.stage("reading", 0.1);
      Dataset data = DatasetBuilder.build(input.input, windows(network));
      NamedMotifs.accept(data, input.input);
      fits(network, data, origin);
      progress.stage("motifs", 0.9);
      Discovery.Result result =
          NamedMotifs.judge(
              new Discovery(
                  data,
                  ruleOptions.toOptions(network.architecture().strands()),
                  common.seed,
                  common.threads),
              network,
              origin.training(),
              common,
              (fold, other, positives, threads) -> List.of(),
              (fold, other) -> {});
      progress.stage("naming", 1);
      NamedMotifs named = NamedMotifs.name(result, known, common.threads);
      named.write(data, folder.path(), common.threads);
      folder.commit();
      progress.close();
      if (!common.quiet) {
        say(named, out);
      }
      return ExitCode.DONE;
    }
  }

  private MotifModel motifModel() {
    SequenceModel network = ModelFile.load(model);
    if (network instanceof MotifModel motif) {
      return motif;
    }
    throw new InputException(
        model.toString(),
        "is a "
            + network.architecture().name()
            + " network, and filters are read off motif networks",
        "train with --architecture motif, or ask this one with attribute");
  }

  private DatasetOptions windows(MotifModel network) {
    DatasetOptions options = input.toOptions(common.seed);
    if (options.width() == 0) {
      return options.withWidth(network.width());
    }
    if (options.width() != network.width()) {
      throw InputException.ofOption(
          "--width",
          "is %d, and the windows of %s are %d bases"
              .formatted(options.width(), model, network.width()),
          "leave it out");
    }
    return options;
  }

  private void fits(MotifModel network, Dataset data, ModelOrigin origin) {
    if (network.tasks().size() != 1) {
      throw new InputException(
          model.toString(),
          "predicts %d tasks, and motifs are judged on one".formatted(network.tasks().size()),
          "train on one label column");
    }
    if (network.architecture().head() == basewise.nn.Head.REGRESSION) {
      throw new InputException(
          model.toString(), "predicts numbers, not classes", "train it on 0 and 1");
    }
    if (!origin.isOf(data) && !common.quiet) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "basewise: these are not the windows the model was trained with: it may have seen what is"
              + " held out here");
      err.flush();
    }
  }

  private void say(NamedMotifs named, Path out) {
    PrintWriter print = spec.commandLine().getOut();
    print.println(Verdict.of(named.entries()));
    print.printf(
        Locale.ROOT,
        "%s found of %d tested: %s%n",
        Wording.count(named.result().found().size(), "motif"),
        named.result().tested(),
        out);
    print.flush();
  }
}
