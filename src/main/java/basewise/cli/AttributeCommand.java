package basewise.cli;

import basewise.attribution.AttributionOptions;
import basewise.attribution.Attributor;
import basewise.attribution.Method;
import basewise.attribution.Target;
import basewise.cuda.CudaContext;
import basewise.dataset.DatasetOptions;
import basewise.dataset.WholeWindows;
import basewise.io.InputException;
import basewise.io.Share;
import basewise.io.Wording;
import basewise.motif.Motif;
import basewise.nn.ModelFile;
import basewise.nn.MotifModel;
import basewise.nn.SequenceModel;
import basewise.nn.device.DeviceMutagenesis;
import basewise.nn.network.NetworkFile;
import basewise.report.InputFile;
import basewise.report.ScorePictures;
import basewise.report.ScoresFiles;
import basewise.report.ScoresOutput;
import basewise.report.ScoresPart;
import basewise.report.ScoresSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "%ngradient: the derivative by each base. input-x-gradient: times the input; on the bases"
          + " that are there it is the same. corrected-gradient: minus the mean over the four"
          + " letters.",
      "smoothgrad, smoothgrad-squared, vargrad: mean, mean square and variance (with n - 1) of the"
          + " derivative over 50 draws of normal noise, of standard deviation 0.1, on the one-hot"
          + " sequence; an N gets none. integrated-gradients: the mean derivative on the straight"
          + " path from a reference, times the difference from it. expected-gradients: the same at"
          + " 200 random places of the paths from 20 dinucleotide shuffles.",
      "deeplift: DeepLIFT's Rescale rule against one reference. deeplift-revealcancel: its"
          + " RevealCancel rule at every activation. deeplift-genomics: Rescale after convolutions,"
          + " also through pools, sums and concatenations, and RevealCancel after dense layers."
          + " deepshap: Rescale, averaged over 20 dinucleotide shuffles. Of the classes of a"
          + " softmax these explain the difference from the mean over classes. Where the sequence"
          + " is N, so is every reference.",
      "lrp-0: relevance, the output handed back layer by layer in proportion to contributions."
          + " lrp-epsilon: over the output plus 1e-6 of the layer's root mean square. lrp-gamma:"
          + " contributions of the output's own sign count 1.25 times. lrp-alpha-beta: 2 of the"
          + " relevance by positive contributions, minus 1 of it by negative ones. lrp-zplus: by"
          + " positive ones only. lrp-w2: the same, and by squared weights in the first layer."
          + " lrp-flat: the same, and evenly in the first layer. lrp-composite: flat in the first"
          + " layer, gamma in convolutions, epsilon in dense layers. deep-taylor: lrp-zplus, and"
          + " the z^B rule in the first layer; of ReLU networks and outputs above 0 only. In all of"
          + " them batch norms are folded, sums and averages split by signed inputs, a maximum"
          + " hands all to its winner, and biases take a share that no base gets: the table says"
          + " how much. What the first layer's rules give to absent letters is added to the one"
          + " that is there.",
      "deconvnet: the derivative, except that a ReLU lets nothing negative back."
          + " guided-backprop: nor anything where it is shut. Other activations are left alone.",
      "cam: the map before a global average pool, weighed as the one linear layer after it weighs"
          + " its channels. grad-cam: the map of a layer, each channel weighed by its mean"
          + " derivative, and 0 where the sum is negative; the layer is the last convolution, with"
          + " its batch norm and activation. grad-cam-pp: the same with Grad-CAM++'s weights. Of"
          + " all three a base scores the mean over the positions whose receptive field it is in."
          + " guided-grad-cam: grad-cam times guided-backprop.",
      "occlusion: the output minus that with a window replaced, by N, a dinucleotide shuffle or the"
          + " sequence's base frequencies; the mean over windows that cover a base.",
      "ism: the effect of each of the three substitutions, minus the mean over the four letters;"
          + " --raw: as it is, and 0 for the letter that is there. --indels: single deletions and"
          + " insertions, in NAME.indels.tsv; the length is kept: after a deletion the rest moves"
          + " left and an N enters at the end, before an insertion the last base drops out."
          + " ism-pairs: what two substitutions do beyond the sum of what each does, f(ij) - f(i) -"
          + " f(j) + f(0), for every pair of positions in NAME.pairs.tsv: the strongest of nine and"
          + " the mean of their absolute values; a base scores the mean of its absolute strongest.",
      "lime, kernel-shap, shapley-sampling: players are bases or segments, and an absent one is"
          + " replaced by a dinucleotide shuffle (of 20) or the reference, there. lime: the weights"
          + " of a linear model, of samples weighed by exp(-(h/M)^2/0.25^2) with h of M players"
          + " absent. kernel-shap: Shapley values by regression. shapley-sampling: by random orders"
          + " and their reverses. A segment's bases share its score; NAME.players.tsv has the"
          + " standard errors of the last two.%n",
      "--device cuda: ism of models of the motif architecture, within 1e-5 of the CPU's; other"
          + " methods stay on the CPU.%n",
      "Sequences have the length of the model's window; those of which over half is N are refused."
          + " N scores 0, and so does a base that is not there unless --hypothetical is given.",
      "The name of --out says the format: .npz (with --hypothetical also NAME.ohe.npz, the"
          + " sequences, as TF-MoDISco wants them), .h5 (as ChromBPNet's), .bw or .bedgraph (along"
          + " the genome, the mean where windows overlap), .tsv, or without an ending a folder with"
          + " a file for each method."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./basewise attribute peaks.model peaks.fa --out scores.npz",
      "  ./basewise attribute peaks.model peaks.fa --method deepshap,ism --out scores.tsv",
      "  ./basewise attribute peaks.model peaks.bed --genome hg38.2bit --out scores.bw",
      "  ./basewise attribute peaks.model peaks.fa --method deepshap,ism --plot pictures"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AttributeCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A file that train wrote, or a folder that model export wrote.")
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

  @Option(
      names = "--part",
      paramLabel = "I/N",
      description =
          "Only the Ith of N shares of the sequences; --out becomes a folder for gather, which"
              + " makes any of the formats of all parts.")
  private @Nullable String part;

  @Mixin private MethodOptions how;
  @Mixin private PlotOptions plots;
  @Mixin private ModelDeviceOption device;
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
    Share share = part == null ? Share.WHOLE : Share.parse("--part", part);
    if (part == null) {
      AttributeRun.validate(out, methods, how.hypothetical, how.indels, common);
    } else {
      validatePart();
    }
    plots.validate(common, spec);
    List<Motif> known = plots.motifs();
    Loaded loaded = load();
    int width = loaded.width();
    DatasetOptions options =
        DatasetOptions.defaults().toBuilder().width(width).genome(genome).build();
    Target target = how.target == null ? Target.of(0) : Target.parse(how.target, loaded.tasks());
    AttributionOptions settings = how.options(common, width);
    Attributor attributor = loaded.attributor(target, settings);
    methods.forEach(attributor::check);
    AttributeRun run = new AttributeRun(model.toString(), attributor, methods, how, common);
    ModelDeviceOption.Choice gpu = gpu(methods, loaded.model());
    try (WholeWindows windows = WholeWindows.read(input, options, out);
        ScorePictures pictures = plots.open(methods, known, common.force);
        CudaContext context = gpu == null ? null : CudaContext.open(gpu.gpu());
        DeviceMutagenesis mutagenesis =
            gpu == null || context == null ? null : DeviceMutagenesis.open(context, gpu.model())) {
      if (part == null) {
        AttributeRun.refuseUnplaced(out, input, windows.unplaced());
      }
      try (ScoresSink scores =
          part == null
              ? new ScoresFiles(out, run.plan(windows), how.indels)
              : part(out, run.plan(windows), windows, share, identity(methods, gpu != null))) {
        Sums sums = run.write(windows, share, scores, pictures, mutagenesis);
        say(windows, share, sums, Attributor.remarks(methods, settings), out);
      }
    }
    return ExitCode.DONE;
  }

  private void validatePart() {
    if (common.out == null) {
      throw InputException.ofOption("--part", "needs a folder", "name it with --out");
    }
    if (input.equals("-")) {
      throw InputException.ofOption("--part", "needs INPUT in a file", "");
    }
    if (plots.plot != null) {
      throw InputException.ofOption("--plot", "cannot go with --part", "leave one out");
    }
  }

  private ScoresPart part(
      Path out, ScoresOutput.Plan plan, WholeWindows windows, Share share, Map<String, String> of) {
    if (share.of() > windows.count()) {
      throw InputException.ofOption(
          "--part",
          "%s of %s".formatted(share, Wording.count(windows.count(), "sequence")),
          "make fewer parts");
    }
    String unplaced = windows.unplaced();
    return new ScoresPart(out, plan, how.indels, unplaced == null ? "" : unplaced, share, of);
  }

  /** What parts of one run agree in, in the order in which differences are told. */
  private Map<String, String> identity(List<Method> methods, boolean gpu) {
    Map<String, String> of = new LinkedHashMap<>();
    of.put("version of Basewise", Version.text());
    of.put("model", Files.isDirectory(model) ? exported() : sum("model", model.toString()));
    of.put("input", sum("input", input));
    of.put("--genome", genome == null ? "none" : sum("genome", genome));
    of.put("--target", how.target == null ? "the first" : how.target);
    of.put("references", how.file().map(f -> sum("references", f)).orElse("none"));
    of.put("--seed", String.valueOf(common.seed));
    of.put("options", how.words(methods));
    of.put("arithmetic", gpu ? "of a GPU" : "of a processor");
    return of;
  }

  private String exported() {
    Fingerprint all = new Fingerprint();
    for (String file : List.of(NetworkFile.DESCRIPTION, NetworkFile.WEIGHTS)) {
      all.add(sum("model", model.resolve(file).toString()));
    }
    return all.text().strip();
  }

  private static String sum(String role, String file) {
    return InputFile.read(role, file).sha256();
  }

  private ModelDeviceOption.@Nullable Choice gpu(
      List<Method> methods, @Nullable SequenceModel model) {
    boolean fits = model instanceof MotifModel motif && DeviceMutagenesis.fits(motif);
    ModelDeviceOption.Choice choice = device.choose(model, fits);
    if (choice == null) {
      return null;
    }
    if (!methods.contains(Method.ISM)) {
      if (device.device.equalsIgnoreCase("auto")) {
        return null;
      }
      throw InputException.ofOption(
          "--device", "only --method ism runs on a GPU", "use --device cpu");
    }
    if (!common.quiet) {
      spec.commandLine().getErr().println("basewise: ism on " + choice.text());
      spec.commandLine().getErr().flush();
    }
    return choice;
  }

  private void say(WholeWindows windows, Share share, Sums sums, List<String> remarks, Path out) {
    if (!common.quiet) {
      List<String> notes = new ArrayList<>(windows.notes());
      notes.addAll(remarks);
      if (sums.worthAWarning()) {
        notes.add(sums.problem());
      }
      if (!notes.isEmpty()) {
        spec.commandLine().getErr().println("basewise: " + String.join("; ", notes));
        spec.commandLine().getErr().flush();
      }
      long n = share.end(windows.count()) - share.start(windows.count());
      spec.commandLine().getOut().println(Wording.count(n, "sequence") + ": " + out);
      spec.commandLine().getOut().flush();
    }
  }

  /** A model as it is explained. */
  private record Loaded(@Nullable SequenceModel model, NetworkFile file) {
    int width() {
      return file.network().input().length();
    }

    List<String> tasks() {
      return file.tasks();
    }

    Attributor attributor(Target target, AttributionOptions options) {
      return model == null
          ? new Attributor(file.network(), target, options)
          : new Attributor(model, target, options);
    }
  }

  private Loaded load() {
    if (Files.isDirectory(model)) {
      return new Loaded(null, NetworkFile.read(model));
    }
    SequenceModel trained = ModelFile.load(model);
    if (!trained.isFinite()) {
      throw new InputException(
          model.toString(), "has weights that are not numbers", "train it again");
    }
    return new Loaded(trained, NetworkFile.of(trained));
  }
}
