package basewise.cli;

import basewise.cuda.CudaContext;
import basewise.dataset.DatasetOptions;
import basewise.dataset.Example;
import basewise.dataset.WindowReader;
import basewise.io.Wording;
import basewise.nn.Head;
import basewise.nn.ModelFile;
import basewise.nn.MotifModel;
import basewise.nn.SequenceModel;
import basewise.nn.device.DeviceMotifModel;
import basewise.nn.network.Network;
import basewise.nn.network.NetworkFile;
import basewise.report.PredictionsTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code basewise predict}: what a model says of sequences. */
@Command(
    name = "predict",
    description = {
      "Writes id, logit and probability per task for every sequence or region (of a regression:"
          + " id and prediction).",
      "Sequences are cut or padded with N to the model's window, around their middle.",
      "Those of which over half is then N, padding included, are left out; a repeated id gets a"
          + " number. Standard error says how many.",
      "On a GPU the numbers are the same to the last bit; of a model with the exponential"
          + " activation the last digits may differ."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./basewise predict peaks.model other.fa --out scores.tsv"},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PredictCommand implements Callable<Integer> {
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

  @Mixin private ModelDeviceOption device;
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    common.validate();
    InputNames.readOnce(genome == null ? List.of(input) : List.of(input, genome));
    Path out = common.freshOut(Path.of("basewise-predictions-" + InputNames.stem(input) + ".tsv"));
    Asked network = asked();
    DatasetOptions options =
        DatasetOptions.defaults().toBuilder().width(network.width()).genome(genome).build();
    WindowReader.Answer read = WindowReader.read(input, options);
    List<Example> windows = read.windows();
    float[][] logits = network.logits().apply(windows.stream().map(Example::codes).toList());
    try (PredictionsTable table =
        PredictionsTable.open(out, network.tasks(), network.head(), List.of())) {
      for (int i = 0; i < logits.length; i++) {
        table.row(windows.get(i).id(), logits[i], List.of());
      }
      table.commit();
    }
    if (!common.quiet) {
      if (!read.notes().isEmpty()) {
        spec.commandLine().getErr().println("basewise: " + String.join("; ", read.notes()));
        spec.commandLine().getErr().flush();
      }
      spec.commandLine().getOut().println(Wording.count(logits.length, "prediction") + ": " + out);
      spec.commandLine().getOut().flush();
    }
    return ExitCode.DONE;
  }

  /** What a model of either kind is asked for. */
  private record Asked(
      int width, List<String> tasks, Head head, Function<List<byte[]>, float[][]> logits) {}

  private Asked asked() {
    if (Files.isDirectory(model)) {
      device.choose(null, false); // refuses a GPU
      NetworkFile file = NetworkFile.read(model);
      Network network = file.network();
      return new Asked(
          network.input().length(),
          file.tasks(),
          file.head(),
          codes -> network.outputs(codes, common.threads));
    }
    SequenceModel trained = ModelFile.load(model);
    ModelDeviceOption.Choice choice =
        device.choose(trained, trained instanceof MotifModel m && DeviceMotifModel.fits(m));
    if (choice != null && !common.quiet) {
      spec.commandLine().getErr().println("basewise: " + choice.text());
      spec.commandLine().getErr().flush();
    }
    return new Asked(
        trained.width(),
        trained.tasks(),
        trained.architecture().head(),
        codes -> choice == null ? trained.logits(codes, common.threads) : logits(choice, codes));
  }

  private static float[][] logits(ModelDeviceOption.Choice choice, List<byte[]> codes) {
    try (CudaContext context = CudaContext.open(choice.gpu());
        DeviceMotifModel onDevice = DeviceMotifModel.open(context, choice.model())) {
      return onDevice.logits(codes);
    }
  }
}
