package basewise.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * A folder of results that appears whole or not at all: files are written to a hidden folder beside
 * it, which {@link #commit()} renames. The hidden folder is also the lock that keeps two runs from
 * the same results; one that a dead process left behind is taken over. Ctrl-C leaves none.
 */
public final class AtomicFolder implements AutoCloseable {
  private static final String OWNER = ".owner";

  private final Path target;
  private final Path partial;
  private boolean open = true;

  private AtomicFolder(Path target, Path partial) {
    this.target = target;
    this.partial = partial;
  }

  /**
   * Opens the hidden folder.
   *
   * @param force whether results that exist are replaced on commit
   * @param mark a file that results of this kind hold; a folder with other things and without it is
   *     never replaced, so that nobody loses a home folder to a slip of the finger
   * @throws InputException if the results exist and may not be replaced, if another run is writing
   *     them, or if the folder cannot be written
   */
  public static AtomicFolder to(Path target, boolean force, String mark) {
    Path absolute = target.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new InputException(target.toString(), "cannot be a folder of results", "name another");
    }
    restore(absolute);
    if (Files.exists(absolute) && !(force && Files.isDirectory(absolute))) {
      throw new InputException(
          target.toString(),
          Files.isDirectory(absolute) ? "already exists" : "is a file",
          "choose another --out" + (Files.isDirectory(absolute) ? " or add --force" : ""));
    }
    if (Files.exists(absolute) && !Files.exists(absolute.resolve(mark)) && !isEmpty(absolute)) {
      throw new InputException(
          target.toString(),
          "holds other things than results (it has no " + mark + ") and is not replaced",
          "choose another --out");
    }
    Path partial = parent.resolve("." + absolute.getFileName() + ".partial");
    try {
      Files.createDirectories(parent);
      claim(target, partial);
      Unfinished.add(partial);
      return new AtomicFolder(absolute, partial);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /** Results that a run was about to replace when it was killed get their name back. */
  private static void restore(Path target) {
    try {
      if (!Files.exists(target) && Files.isDirectory(old(target))) {
        Files.move(old(target), target);
      }
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  private static Path old(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".old");
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /**
   * Makes the hidden folder with the owner already in it, in one rename: of two runs that begin at
   * once, one wins.
   */
  private static void claim(Path target, Path partial) throws IOException {
    long pid = ProcessHandle.current().pid();
    Path mine = partial.resolveSibling(partial.getFileName() + "." + pid);
    try {
      while (true) {
        Unfinished.deleteAll(mine);
        Files.createDirectory(mine);
        Files.writeString(mine.resolve(OWNER), Long.toString(pid));
        try {
          Files.move(mine, partial, StandardCopyOption.ATOMIC_MOVE);
          return;
        } catch (FileSystemException e) {
          if (!Files.exists(partial)) {
            throw e;
          }
          long owner = owner(partial);
          if (owner != pid && ProcessHandle.of(owner).map(ProcessHandle::isAlive).orElse(false)) {
            throw new InputException(
                target.toString(),
                0,
                "another run (process " + owner + ") is writing it",
                "wait for it or choose another --out",
                e);
          }
          Unfinished.deleteAll(partial);
        }
      }
    } finally {
      Unfinished.deleteAll(mine);
    }
  }

  private static long owner(Path partial) throws IOException {
    try {
      return Long.parseLong(Files.readString(partial.resolve(OWNER)).strip());
    } catch (NoSuchFileException | NumberFormatException e) {
      return -1; // died before it could say its name
    }
  }

  /** Where to write until it is committed. */
  public Path path() {
    return partial;
  }

  /** The folder as it will be called. */
  public Path target() {
    return target;
  }

  /** Gives the folder its final name. */
  public synchronized void commit() {
    if (!open) {
      throw new IllegalStateException("was closed before it was complete");
    }
    try {
      Unfinished.name(partial, this::move);
      open = false;
      Files.deleteIfExists(target.resolve(OWNER));
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  private void move() throws IOException {
    if (Files.exists(target)) {
      Path old = old(target);
      Unfinished.deleteAll(old);
      Files.move(target, old);
      Files.move(partial, target);
      Unfinished.deleteAll(old);
    } else {
      Files.move(partial, target);
    }
  }

  /** Throws away what was not committed. */
  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      try {
        Unfinished.deleteAll(partial);
        Unfinished.remove(partial);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static InputException cannotWrite(Path target, IOException e) {
    return new InputException(
        target.toString(),
        0,
        "cannot be written: " + AtomicOutput.reason(e),
        "choose another --out",
        e);
  }
}
