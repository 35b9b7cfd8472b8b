package basewise.cli;

import basewise.io.AtomicFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Ctrl-C leaves behind while this is open: no half-written folder, and one line that says
 * where the best model so far is. The Java machine itself then ends with exit code 130.
 */
final class Interruption implements AutoCloseable {
  /** What is said where nothing is kept. */
  static final String NOTHING = "interrupted; nothing was written";

  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /**
   * Watches a run.
   *
   * @param checkpoint the best model so far, once there is one
   * @param folder the results being written, if they are a folder
   */
  static Interruption watch(Path checkpoint, @Nullable AtomicFolder folder, Progress progress) {
    return watch(() -> {
      progress.close();
      if (folder != null) {
        folder.close();
      }
      return line(checkpoint);
    });
  }

  /**
   * Watches another run.
   *
   * @param end cleans up and gives the line that is said
   */
  static Interruption watch(Supplier<String> end) {
    Thread hook =
        new Thread(
            () -> {
              System.err.println("basewise: " + end.get());
              System.err.flush();
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  /** What is said. */
  static String line(Path checkpoint) {
    return Files.exists(checkpoint)
        ? "interrupted; the best model so far is %s (go on with --resume)".formatted(checkpoint)
        : NOTHING;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook says so.
    }
  }
}
