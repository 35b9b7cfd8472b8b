package basewise.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A hidden file beside a result, for what is known before its place in the result is. It is gone
 * when closed, also on a full disk, and when the process is interrupted.
 */
public final class ScratchFile implements AutoCloseable {
  private final Path path;
  private final OutputStream stream;

  private ScratchFile(Path path) throws IOException {
    this.path = path;
    stream = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
  }

  /** An empty one in the folder of {@code result}. */
  public static ScratchFile beside(Path result) throws IOException {
    Path path =
        Files.createTempFile(
            result.toAbsolutePath().getParent(), "." + result.getFileName() + ".", ".tmp");
    Unfinished.add(path);
    return new ScratchFile(path);
  }

  /** The buffered stream to write to. */
  public OutputStream stream() {
    return stream;
  }

  /** Copies all that was written; no more can be. */
  public void copyTo(OutputStream to) throws IOException {
    stream.close();
    try (InputStream in = Files.newInputStream(path)) {
      in.transferTo(to);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      stream.close();
    } catch (IOException e) {
      // The file is thrown away: that it could not be flushed no longer matters.
    } finally {
      Files.deleteIfExists(path);
      Unfinished.remove(path);
    }
  }
}
