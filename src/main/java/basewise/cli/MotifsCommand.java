package basewise.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code motifs}: what can be done to motif files. */
@Command(
    name = "motifs",
    description = {
      "Converts, lists, trims, merges and draws motif files.",
      "A motif file is named by its path (plain or gzip; the format is recognised by content), or"
          + " as a collection that ships: jaspar, or jaspar:vertebrates for one taxon."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "TASK",
    subcommands = {
      MotifsConvertCommand.class,
      MotifsInfoCommand.class,
      MotifsTrimCommand.class,
      MotifsMergeCommand.class,
      MotifsLogoCommand.class
    })
final class MotifsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine line = spec.commandLine();
    throw new ParameterException(
        line, "motifs: say what to do: convert, info, trim, merge or logo");
  }
}
