package basewise.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Temporary files that are being written, so that Ctrl-C leaves none: they are deleted when the
 * Java machine ends. The longest of them can fill a disk, hidden.
 */
final class Unfinished {
  private static final Set<Path> FILES = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Unfinished::delete, "unfinished files"));
  }

  private Unfinished() {}

  /** To be deleted should the process end now. */
  static void add(Path file) {
    FILES.add(file.toAbsolutePath());
  }

  /** Has its final name, or is gone. */
  static void remove(Path file) {
    FILES.remove(file.toAbsolutePath());
  }

  private static void delete() {
    for (Path file : FILES) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // The process ends: nobody is left to tell.
      }
    }
  }
}
