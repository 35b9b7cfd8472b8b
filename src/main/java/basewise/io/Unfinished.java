package basewise.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Temporary files and folders that are being written, so that Ctrl-C leaves none: they are deleted
 * when the Java machine ends. The longest of them can fill a disk, hidden.
 */
final class Unfinished {
  private static final Set<Path> FILES = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Unfinished::delete, "unfinished files"));
  }

  /** How often a folder is emptied in which threads that do not know yet go on writing. */
  private static final int ATTEMPTS = 20;

  private static final Object LOCK = new Object();
  private static boolean ending;

  private Unfinished() {}

  /** Gives a file or folder its final name. */
  interface Naming {
    void run() throws IOException;
  }

  /** To be deleted should the process end now. */
  static void add(Path file) {
    FILES.add(file.toAbsolutePath());
  }

  /** Has its final name, or is gone. */
  static void remove(Path file) {
    FILES.remove(file.toAbsolutePath());
  }

  /**
   * Gives its final name to what is whole, unless the process is ending: then it may be gone in
   * part already.
   */
  static void name(Path file, Naming naming) throws IOException {
    synchronized (LOCK) {
      if (ending) {
        throw new IOException("interrupted");
      }
      naming.run();
      remove(file);
    }
  }

  private static void delete() {
    synchronized (LOCK) {
      ending = true;
    }
    for (Path file : FILES) {
      boolean gone = false;
      for (int i = 0; i < ATTEMPTS && !gone; i++) {
        try {
          deleteAll(file);
          gone = true;
        } catch (IOException | UncheckedIOException e) {
          gone = false; // A file came or went meanwhile. When all fails nobody is left to tell.
        }
      }
    }
  }

  /** Deletes a file, or a folder with all that is in it, if it is there. */
  static void deleteAll(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path p : all) {
      Files.deleteIfExists(p);
    }
  }
}
