package basewise.cli;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options every verb that writes results has; said once. */
final class CommonOptions {
  @Option(
      names = "--out",
      paramLabel = "PATH",
      description =
          "Where results go, a folder or a file; without it a new name in the current folder, or"
              + " standard output for verbs that write one table or motif file.")
  @Nullable Path out;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Worker threads; results do not depend on it (default: all processors).")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of every random choice (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Java heap, such as 3g; read by the launcher (default: 3g, or less if the machine has"
              + " less).")
  @Nullable String memory;

  @Option(names = "--force", description = "Replace results that exist.")
  boolean force;

  @Option(names = "--quiet", description = "No progress, only results and mistakes.")
  boolean quiet;

  /** Checks what all verbs share. */
  void validate() {
    if (threads < 1) {
      throw InputException.ofOption("--threads", "must be at least 1, is " + threads, "");
    }
  }

  /** The path of {@code --out} for a verb that cannot write to standard output. */
  Path named(Path defaultPath) {
    if (out != null && out.toString().equals("-")) {
      throw InputException.ofOption(
          "--out", "this verb cannot write to standard output", "name it");
    }
    return out == null ? defaultPath : out;
  }

  /**
   * The path of {@code --out}, refused when a file or folder is there and {@code --force} was not
   * given.
   */
  Path freshOut(Path defaultPath) {
    return fresh(named(defaultPath));
  }

  /** Refuses a path that results would replace, without {@code --force}. */
  Path fresh(Path path) {
    if (!force && Files.exists(path) && !AtomicOutput.isDevice(path)) {
      throw new InputException(
          path.toString(), "already exists", "choose another --out or add --force");
    }
    return path;
  }

  /** The file of {@code --out}, refused as above; null for standard output, none or "-". */
  @Nullable Path fileOrStandardOutput() {
    if (out == null || out.toString().equals("-")) {
      return null;
    }
    if (Files.isDirectory(out)) {
      String name = out.toString();
      throw new InputException(name.isEmpty() ? "--out ''" : name, "is a folder", "name a file");
    }
    return freshOut(out);
  }
}
