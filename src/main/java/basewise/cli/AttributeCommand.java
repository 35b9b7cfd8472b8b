package basewise.cli;

import basewise.attribution.Attributor;
import basewise.attribution.Completeness;
import basewise.attribution.Method;
import basewise.attribution.Target;
import basewise.dataset.DatasetOptions;
import basewise.dataset.WholeWindows;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.motif.Motif;
import basewise.nn.ModelFile;
import basewise.nn.SequenceModel;
import basewise.report.ScorePictures;
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
  @Mixin private PlotOptions plots;
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
    AttributeRun.validate(out, methods, how.hypothetical, common);
    plots.validate(common, spec);
    List<Motif> known = plots.motifs();
    SequenceModel network = ModelFile.load(model);
    if (!network.isFinite()) {
      throw new InputException(
          model.toString(), "has weights that are not numbers", "train it again");
    }
    DatasetOptions options =
        DatasetOptions.defaults().toBuilder().width(network.width()).genome(genome).build();
    Target target = how.target == null ? Target.of(0) : Target.parse(how.target, network.tasks());
    Attributor attributor = new Attributor(network, target, how.options(common, network.width()));
    AttributeRun run =
        new AttributeRun(model.toString(), attributor, methods, how.hypothetical, common);
    try (WholeWindows windows = WholeWindows.read(input, options, out);
        ScorePictures pictures = plots.open(methods, known, common.force)) {
      double worst = run.write(windows, input, out, pictures);
      say(windows, worst, out);
    }
    return ExitCode.DONE;
  }

  private void say(WholeWindows windows, double worst, Path out) {
    if (!common.quiet) {
      List<String> notes = new ArrayList<>(windows.notes());
      if (worst > Completeness.WORTH_A_WARNING) {
        notes.add(String.format(Locale.ROOT, "contributions do not add up, by up to %.2g", worst));
      }
      if (!notes.isEmpty()) {
        spec.commandLine().getErr().println("basewise: " + String.join("; ", notes));
        spec.commandLine().getErr().flush();
      }
      spec.commandLine().getOut().println(Wording.count(windows.count(), "sequence") + ": " + out);
      spec.commandLine().getOut().flush();
    }
  }
}
