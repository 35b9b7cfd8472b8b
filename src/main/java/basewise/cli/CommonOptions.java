package basewise.cli;

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
          "Where results go: a folder (default: ./basewise-... named after the input) or, for verbs"
              + " that write one file, that file (default: standard output).")
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
      throw new InputException("--threads", "must be at least 1, is " + threads, "");
    }
  }

  /**
   * The path of {@code --out}, refused when something is there and {@code --force} was not given.
   */
  Path freshOut(Path defaultPath) {
    Path path = out == null ? defaultPath : out;
    refuseExisting(path, force);
    return path;
  }

  /** Refuses a path where something is, unless forced; null is nowhere. */
  static void refuseExisting(@Nullable Path path, boolean force) {
    if (path != null && !force && Files.exists(path)) {
      throw new InputException(
          path.toString(), "already exists", "choose another --out or add --force");
    }
  }
}
