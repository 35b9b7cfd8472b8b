package basewise.io;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears whole or not at all: bytes go to a temporary name in the same folder, and
 * {@link #commit()} moves it to its final name. Closing without commit deletes the temporary file.
 *
 * <pre>{@code
 * try (AtomicOutput out = AtomicOutput.to(path)) {
 *   out.stream().write(bytes);
 *   out.commit();
 * }
 * }</pre>
 */
public final class AtomicOutput implements AutoCloseable {
  private final Path target;
  private final Path temporary;
  private final OutputStream stream;
  private boolean open = true;

  private AtomicOutput(Path target, Path temporary, OutputStream stream) {
    this.target = target;
    this.temporary = temporary;
    this.stream = stream;
  }

  /**
   * Opens a temporary file beside {@code target}; missing parent folders are made.
   *
   * @throws InputException if the folder cannot be written
   */
  public static AtomicOutput to(Path target) {
    try {
      Path absolute = target.toAbsolutePath();
      Path folder = absolute.getParent();
      if (folder == null) {
        throw new InputException(target.toString(), "is not a file name", "name a file");
      }
      Files.createDirectories(folder);
      Path temporary =
          folder.resolve(
              "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
      OutputStream raw = new Named(Files.newOutputStream(temporary), target);
      return new AtomicOutput(absolute, temporary, new BufferedOutputStream(raw, 1 << 16));
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /** Writes {@code text} as UTF-8 in one go. */
  public static void write(Path target, String text) {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes {@code bytes} in one go. */
  public static void write(Path target, byte[] bytes) {
    try (AtomicOutput out = to(target)) {
      out.stream().write(bytes);
      out.commit();
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /** The buffered stream to write to. */
  public OutputStream stream() {
    return stream;
  }

  /** Flushes, closes and moves the file to its final name. */
  public void commit() {
    try {
      stream.close();
      open = false;
      try {
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    try {
      stream.close();
    } catch (IOException e) {
      // The file is thrown away: that it could not be flushed no longer matters.
    } finally {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static InputException cannotWrite(Path target, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new InputException(
        target.toString(), 0, "cannot be written: " + reason, "free space or choose --out", e);
  }

  /** Turns a failing write (disk full) into one clear line that names the final file. */
  private static final class Named extends FilterOutputStream {
    private final Path target;

    Named(OutputStream out, Path target) {
      super(out);
      this.target = target;
    }

    @Override
    public void write(byte[] b, int off, int len) {
      try {
        out.write(b, off, len);
      } catch (IOException e) {
        throw cannotWrite(target, e);
      }
    }
  }
}
