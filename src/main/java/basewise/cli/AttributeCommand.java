package basewise.cli;

import basewise.attribution.Attribution;
import basewise.attribution.Attributor;
import basewise.attribution.Completeness;
import basewise.attribution.Method;
import basewise.attribution.Promise;
import basewise.attribution.Target;
import basewise.dataset.DatasetOptions;
import basewise.dataset.Example;
import basewise.dataset.WindowReader;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.nn.ModelFile;
import basewise.nn.SequenceModel;
import basewise.nn.kernel.Workers;
import basewise.report.CompletenessTable;
import basewise.report.ScoresOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code basewise attribute}: which bases mattered to a model. */
@Command(
    name = "attribute",
    description = {
      "Scores every base of every sequence by what it does to a model's output (its logit).",
      "gradient: the derivative by each base. input-x-gradient: times the input; on the bases that"
          + " are there it is the same. corrected-gradient: minus the mean over the four letters.",
      "deeplift: DeepLIFT's Rescale rule against one reference, the base frequencies that the"
          + " sequence's own GC gives. deepshap: averaged over 20 dinucleotide shuffles of it.",
      "ism: the effect of each of the three substitutions, minus the mean over the four letters.",
      "Sequences have the length of the model's window; those of which over half is N are refused."
          + " N scores 0, and so does a base that is not there unless --hypothetical is given."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./basewise attribute peaks.model peaks.fa --out scores.npz",
      "  ./basewise attribute peaks.model peaks.fa --method deepshap,ism --out scores.tsv"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AttributeCommand implements Callable<Integer> {
  /** Sequences that are explained before their scores are written. */
  private static final int CHUNK = 256;

  @Parameters(index = "0", paramLabel = "MODEL", description = "A file that train wrote.")
  private Path model = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "INPUT",
      description = "Sequences or regions, plain or gzip; - for standard input.")
  private String input = "";

  @Option(
      names = "--genome",
      paramLabel = "FILE",
      description = "The reference: FASTA, bgzipped FASTA or 2bit; regions need it.")
  private @Nullable String genome;

  @Mixin private MethodOptions how;
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    common.validate();
    List<Method> methods = how.methods();
    how.validate(methods);
    InputNames.readOnce(
        Stream.of(Optional.of(input), Optional.ofNullable(genome), how.file())
            .flatMap(Optional::stream)
            .toList());
    Path out = common.freshOut(Path.of("basewise-attribution-" + InputNames.stem(input) + ".npz"));
    if (!ScoresOutput.knows(out)) {
      throw InputException.ofOption(
          "--out", "'%s' does not end in .npz or .tsv".formatted(out), "name the format");
    }
    Path beside = null;
    if (methods.stream().anyMatch(Method::complete)) {
      beside = CompletenessTable.beside(out);
      common.fresh(beside);
    }
    SequenceModel network = ModelFile.load(model);
    if (!network.isFinite()) {
      throw new InputException(
          model.toString(), "has weights that are not numbers", "train it again");
    }
    DatasetOptions options =
        DatasetOptions.defaults().toBuilder().width(network.width()).genome(genome).build();
    Target target = how.target == null ? Target.of(0) : Target.parse(how.target, network.tasks());
    Attributor attributor = new Attributor(network, target, how.options(common, network.width()));
    WindowReader.Answer read = WindowReader.readWhole(input, options);
    double worst = write(methods, attributor, read.windows(), network.width(), out, beside);
    if (!common.quiet) {
      List<String> notes = new ArrayList<>(read.notes());
      if (worst > Completeness.WORTH_A_WARNING) {
        notes.add(String.format(Locale.ROOT, "contributions do not add up, by up to %.2g", worst));
      }
      if (!notes.isEmpty()) {
        spec.commandLine().getErr().println("basewise: " + String.join("; ", notes));
        spec.commandLine().getErr().flush();
      }
      spec.commandLine()
          .getOut()
          .println(Wording.count(read.windows().size(), "sequence") + ": " + out);
      spec.commandLine().getOut().flush();
    }
    return ExitCode.DONE;
  }

  /** Writes all scores and returns the largest error of completeness. */
  private double write(
      List<Method> methods,
      Attributor attributor,
      List<Example> windows,
      int length,
      Path out,
      @Nullable Path beside) {
    List<String> labels = methods.stream().map(Method::label).toList();
    double worst = 0;
    try (ScoresOutput scores =
            ScoresOutput.open(out, labels, windows.size(), length, how.hypothetical);
        CompletenessTable table = beside == null ? null : CompletenessTable.open(beside);
        Progress progress = Progress.of("attribute", common.quiet);
        Workers workers = Workers.of(common.threads)) {
      for (int k = 0; k < methods.size(); k++) {
        Method method = methods.get(k);
        progress.stage(method.label(), (k + 1.0) / methods.size());
        scores.begin(method.label());
        for (int from = 0; from < windows.size(); from += CHUNK) {
          int start = from;
          Attribution[] chunk = new Attribution[Math.min(CHUNK, windows.size() - from)];
          workers.run(
              chunk.length,
              i ->
                  chunk[i] = attributor.explain(method, windows.get(start + i).codes(), start + i));
          for (int i = 0; i < chunk.length; i++) {
            Example window = windows.get(start + i);
            Attribution a = chunk[i];
            float[] values = how.hypothetical ? a.scores() : a.projected(window.codes());
            scores.add(window.id(), window.codes(), values);
            for (Completeness c : a.completeness()) {
              if (method.promise() == Promise.EXACT) {
                worst = Math.max(worst, c.error());
              }
              if (table != null) {
                table.row(window.id(), method.label(), c);
              }
            }
          }
          progress.step(start + chunk.length, windows.size(), 0);
        }
      }
      if (worst > Completeness.WRONG && !common.force) {
        throw new InputException(
            model.toString(),
            String.format(Locale.ROOT, "contributions do not add up, by up to %.2g", worst),
            "add --force to write them all the same");
      }
      scores.seal();
      if (table != null) {
        table.seal();
        table.commit();
      }
      scores.commit();
    }
    return worst;
  }
}
