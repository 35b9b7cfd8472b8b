package basewise.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help}: the help of a verb, or of a task of a verb, which picocli's own does not reach. */
@Command(
    name = "help",
    description = "Display help information about the specified verb or its task.",
    helpCommand = true,
    mixinStandardHelpOptions = true)
final class HelpVerbCommand implements Runnable {
  @Parameters(
      arity = "0..*",
      paramLabel = "VERB",
      description = "The verb, and its task if it has any, such as motifs convert.")
  private String[] names = {};

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine line = spec.parent().commandLine();
    for (String name : names) {
      CommandLine next = line.getSubcommands().get(name);
      if (next == null) {
        throw new ParameterException(
            line,
            line.getSubcommands().isEmpty()
                ? "help: %s has no tasks".formatted(line.getCommandName())
                : "help: %s has no '%s'".formatted(line.getCommandName(), name));
      }
      line = next;
    }
    line.usage(System.out);
  }
}
