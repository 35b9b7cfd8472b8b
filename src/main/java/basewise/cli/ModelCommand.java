package basewise.cli;

import basewise.io.AtomicFolder;
import basewise.io.Wording;
import basewise.nn.network.NetworkFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code basewise model export}: what can be done with a trained model but to ask it. */
@Command(
    name = "model",
    description = "A trained model for other programs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "TASK",
    subcommands = ModelCommand.Export.class)
final class ModelCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine line = spec.commandLine();
    throw new ParameterException(line, "model: say what to do: export");
  }

  /** Writes the operations and the parameters. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = {
        "Writes a folder with network.json, the operations in order with their shapes and"
            + " attributes, and weights.npz, one float32 array per parameter.",
        "The README says what each operation is; some lines of PyTorch rebuild the network."
            + " predict and attribute read the folder too."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  ./basewise model export peaks.model --out peaks.network"},
      sortOptions = false)
  static final class Export implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MODEL", description = "A file that train wrote.")
    private Path model = Path.of("");

    @Mixin private CommonOptions common;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      common.validate();
      Path out = common.named(Path.of("basewise-network-" + InputNames.stem(model.toString())));
      NetworkFile network;
      try (AtomicFolder folder = AtomicFolder.to(out, common.force, NetworkFile.DESCRIPTION)) {
        network = NetworkFile.load(model);
        network.write(folder.path());
        folder.commit();
      }
      if (!common.quiet) {
        int operations = network.network().nodes().size();
        spec.commandLine().getOut().println(Wording.count(operations, "operation") + ": " + out);
        spec.commandLine().getOut().flush();
      }
      return ExitCode.DONE;
    }
  }
}
