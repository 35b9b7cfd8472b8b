package basewise.cli;

import basewise.dataset.Dataset;
import basewise.dataset.DatasetBuilder;
import basewise.dataset.DatasetFiles;
import basewise.io.AtomicFolder;
import basewise.io.AtomicOutput;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code basewise dataset make}: the windows, labels and splits that training would use. */
@Command(
    name = "dataset",
    description = "Labelled windows and their split.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "TASK",
    subcommands = {DatasetCommand.Make.class})
final class DatasetCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "dataset: say what to do: make");
  }

  /** Writes the dataset. */
  @Command(
      name = "make",
      mixinStandardHelpOptions = true,
      description = {
        "Writes the windows, labels and splits that discover and train would use.",
        "Into --out DIR go windows.tsv and dataset.json; an --out that ends in .tsv or .tsv.gz is"
            + " the table, with its counts in a .json beside it."
      })
  static final class Make implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private DataOptions data;
    @Mixin private CommonOptions common;

    @Override
    public Integer call() {
      common.validate();
      InputNames.readOnce(data.files());
      Path out = common.named(Path.of("basewise-dataset-" + InputNames.stem(data.input)));
      Dataset dataset = isTable(out) ? table(common.freshOut(out)) : folder(out);
      if (!common.quiet) {
        print(dataset, spec.commandLine());
      }
      return ExitCode.DONE;
    }

    private static boolean isTable(Path out) {
      return out.toString().matches(".*\\.tsv(\\.gz)?");
    }

    private Dataset table(Path out) {
      Dataset dataset = DatasetBuilder.build(data.input, data.toOptions(common.seed));
      String name = String.valueOf(out.getFileName());
      String stem = name.replaceFirst("\\.tsv(\\.gz)?$", "");
      DatasetFiles.writeTable(dataset, out);
      AtomicOutput.write(out.resolveSibling(stem + ".json"), DatasetFiles.counts(dataset));
      return dataset;
    }

    private Dataset folder(Path out) {
      try (AtomicFolder folder = AtomicFolder.to(out, common.force, DatasetFiles.COUNTS)) {
        Dataset dataset = DatasetBuilder.build(data.input, data.toOptions(common.seed));
        DatasetFiles.writeFolder(dataset, folder.path());
        folder.commit();
        return dataset;
      }
    }

    private static void print(Dataset dataset, CommandLine line) {
      line.getOut().printf("width %d%n", dataset.width());
      for (Map.Entry<String, Long> count : dataset.counts().entrySet()) {
        line.getOut().printf("%s %d%n", count.getKey().replace('_', ' '), count.getValue());
      }
      if (dataset.tooSmallToSplit()) {
        line.getOut().println("too few windows to hold a part out; judge by cross-validation");
      }
      line.getOut().flush();
    }
  }
}
