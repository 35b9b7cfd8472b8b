package basewise.cli;

import basewise.cuda.CudaException;
import basewise.cuda.CudaMissingException;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.patterns.kernel.Rehearsal;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code basewise}: verbs, help, and how every failure ends. */
@Command(
    name = "basewise",
    description = "A genomics motif-discovery workbench: from sequencing data to named motifs.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB")
public final class Main implements Runnable {
  /** Says that vectors will be needed that take long to be at full speed. */
  private static final String REHEARSE = "basewise.rehearse";

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    if (Boolean.getBoolean(REHEARSE) && Runtime.getRuntime().availableProcessors() > 1) {
      Rehearsal.begin();
    }
    // Java takes as long for this as for all options: nothing is said before both are there.
    Thread errors = Thread.ofPlatform().start(StandardStreams::restoreError);
    StandardStreams.Output output = StandardStreams.watchOutput();
    Locale.setDefault(Locale.ROOT);
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> endIfOutOfMemory(error));
    int code;
    try {
      CommandLine line = prepared(args);
      join(errors);
      code = line.execute(args);
    } catch (OutOfMemoryError e) {
      endIfOutOfMemory(e);
      throw e;
    }
    System.out.flush();
    String failure = output.failure();
    if (failure != null) {
      System.err.println(
          "basewise: standard output: cannot be written: "
              + failure
              + " (free space or use --out)");
      code = ExitCode.BAD_INPUT;
    }
    System.exit(code);
  }

  /** The command with all its verbs. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    Verb.all().forEach(line::addSubcommand);
    return line;
  }

  /** Runs the command line in this process and returns the exit code; for tests. */
  public static int run(String... args) {
    return prepared(args).execute(args);
  }

  private static CommandLine prepared(String... args) {
    // Else picocli asks for Groovy, and to find that there is none opens every jar there is.
    System.setProperty("picocli.disable.closures", "true");
    // To read the options of all verbs takes longer than to start Java; most often one is enough.
    Object verb = args.length == 0 ? null : Verb.named(args[0]);
    CommandLine line =
        verb == null ? commandLine() : new CommandLine(new Main()).addSubcommand(verb);
    line.setExecutionExceptionHandler((error, command, parsed) -> explain(error, command));
    line.setParameterExceptionHandler((error, given) -> misunderstood(error));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    GroupedHelp.install(line);
    return line;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  /** One line and where to read more, not a page of options. */
  private static int misunderstood(ParameterException error) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("basewise: " + error.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(error, err);
    String name = command.getCommandSpec().qualifiedName();
    err.println("Try: " + name + " --help");
    err.flush();
    return ExitCode.USAGE;
  }

  private static int explain(Throwable error, CommandLine command) {
    PrintWriter err = command.getErr();
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof OutOfMemoryError) {
        endIfOutOfMemory(t);
      }
      if (t instanceof InputException mistake) {
        err.println("basewise: " + mistake.getMessage());
        return mistake.isOfOption() ? ExitCode.USAGE : ExitCode.BAD_INPUT;
      }
      if (t instanceof CudaMissingException) {
        return noHardware(command, String.valueOf(t.getMessage()));
      }
      if (t instanceof CudaException failure && (failure.lost() || failure.outOfMemory())) {
        return noHardware(command, "the GPU failed: " + failure.getMessage());
      }
    }
    err.println("basewise: this is a bug, please report it with the lines below");
    error.printStackTrace(err);
    return ExitCode.BUG;
  }

  private static int noHardware(CommandLine command, String reason) {
    boolean chosen = command.getCommandSpec().findOption("--device") != null;
    command
        .getErr()
        .println(
            "basewise: " + Wording.printable(reason) + (chosen ? "; or use --device cpu" : ""));
    return ExitCode.NO_HARDWARE;
  }

  private static void endIfOutOfMemory(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof OutOfMemoryError) {
        System.err.println("basewise: out of memory; give more with --memory, such as --memory 8g");
        Runtime.getRuntime().halt(ExitCode.OUT_OF_MEMORY);
      }
    }
    error.printStackTrace();
  }
}
