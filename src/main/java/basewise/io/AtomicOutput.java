package basewise.io;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears whole or not at all: bytes go to a temporary name in the same folder, and
 * {@link #commit()} moves it to its final name. Closing without commit deletes the temporary file,
 * and so does an interruption.
 *
 * <pre>{@code
 * try (AtomicOutput out = AtomicOutput.to(path)) {
 *   out.stream().write(bytes);
 *   out.commit();
 * }
 * }</pre>
 */
public final class AtomicOutput implements AutoCloseable {
  /** More links than any system follows. */
  private static final int MOST_LINKS = 40;

  private final Path target;

  /** Null for a device or pipe, which is written to as it goes. */
  private final @Nullable Path temporary;

  private final OutputStream stream;
  private boolean open = true;

  private AtomicOutput(Path target, @Nullable Path temporary, OutputStream stream) {
    this.target = target;
    this.temporary = temporary;
    this.stream = stream;
  }

  /**
   * Opens a temporary file beside {@code target}; missing parent folders are made. Of a symbolic
   * link, what it points at is written. A device or pipe gets the bytes directly, as they come.
   *
   * @throws InputException if it is a folder or cannot be written
   */
  public static AtomicOutput to(Path target) {
    if (Files.isDirectory(target)) {
      throw new InputException(target.toString(), "is a folder", "name a file");
    }
    try {
      if (isDevice(target)) {
        OutputStream raw = Files.newOutputStream(target, StandardOpenOption.WRITE);
        return new AtomicOutput(target, null, buffered(raw, target));
      }
      Path file = pointedAt(target.toAbsolutePath());
      Path folder = file.getParent();
      if (folder == null) {
        throw new InputException(target.toString(), "is not a file name", "name a file");
      }
      Files.createDirectories(folder);
      Path temporary =
          folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
      Unfinished.add(temporary);
      return new AtomicOutput(file, temporary, buffered(Files.newOutputStream(temporary), target));
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /** Whether something is there that is neither file nor folder: a device, a named pipe. */
  public static boolean isDevice(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  private static Path pointedAt(Path path) throws IOException {
    Path at = path;
    for (int i = 0; Files.isSymbolicLink(at); i++) {
      if (i == MOST_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    return at;
  }

  private static OutputStream buffered(OutputStream raw, Path target) {
    return new BufferedOutputStream(new Named(raw, target), 1 << 16);
  }

  /** Writes {@code text} as UTF-8 in one go. */
  public static void write(Path target, String text) {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes {@code bytes} in one go. */
  public static void write(Path target, byte[] bytes) {
    try (AtomicOutput out = sealed(target, bytes)) {
      out.commit();
    }
  }

  /** A file of {@code bytes} that is {@link #seal}ed: ready, and yet to appear. */
  public static AtomicOutput sealed(Path target, byte[] bytes) {
    AtomicOutput out = to(target);
    try {
      out.stream().write(bytes);
      out.seal();
      return out;
    } catch (IOException e) {
      out.close();
      throw cannotWrite(target, e);
    } catch (RuntimeException e) {
      out.close();
      throw e;
    }
  }

  /** The buffered stream to write to. */
  public OutputStream stream() {
    return stream;
  }

  /**
   * Flushes and closes the temporary file, so that {@link #commit()} has nothing left to do but to
   * move it: where several files appear together, all are sealed before the first is committed.
   */
  public void seal() {
    try {
      stream.close();
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /**
   * Overwrites bytes of a {@link #seal}ed file that is not yet committed: headers that say what is
   * known only at the end. A device or pipe cannot take them.
   */
  public void patch(long at, byte[] bytes) {
    if (temporary == null) {
      throw new InputException(
          target.toString(), "is no file: this format is not written in one go", "name a file");
    }
    try (SeekableByteChannel channel = Files.newByteChannel(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      channel.position(at);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /** Flushes, closes and moves the file to its final name. */
  public void commit() {
    try {
      stream.close();
      open = false;
      if (temporary == null) {
        return;
      }
      try {
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      }
      Unfinished.remove(temporary);
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
    } catch (IOException | InputException e) {
      // The file is thrown away: that it could not be flushed no longer matters.
    } finally {
      try {
        if (temporary != null) {
          Files.deleteIfExists(temporary);
          Unfinished.remove(temporary);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What a person is told of a file that cannot be written, a full disk for one. */
  public static InputException cannotWrite(Path target, IOException e) {
    String reason = reason(e);
    String remedy = reason.startsWith("no space") ? "free space or choose --out" : "choose --out";
    return new InputException(target.toString(), 0, "cannot be written: " + reason, remedy, e);
  }

  /** Why, without the name of a file that the user did not give. */
  static String reason(IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException none -> "no such folder";
          case AccessDeniedException denied -> "permission denied";
          case FileAlreadyExistsException file -> file.getFile() + " is a file, not a folder";
          case FileSystemLoopException loop -> "its symbolic links go round";
          case FileSystemException other -> other.getReason();
          default -> e.getMessage();
        };
    if (reason == null) {
      return e.getClass().getSimpleName();
    }
    return reason.startsWith("No space left") ? "no space left on device" : reason;
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
