package basewise.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
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

  /** An empty one in the folder of {@code result}, or in the nearest folder that is there. */
  public static ScratchFile beside(Path result) throws IOException {
    Path folder = result.toAbsolutePath().getParent();
    while (folder != null && !Files.isDirectory(folder)) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IOException("no folder to write to");
    }
    Path path = Files.createTempFile(folder, "." + result.getFileName() + ".", ".tmp");
    Unfinished.add(path);
    return new ScratchFile(path);
  }

  /** The buffered stream to write to. */
  public OutputStream stream() {
    return stream;
  }

  /** Copies all that was written; no more can be. */
  public void copyTo(OutputStream to) throws IOException {
    try (InputStream in = open()) {
      in.transferTo(to);
    }
  }

  /** All that was written, from the first byte on; any number of times. No more can be written. */
  public InputStream open() throws IOException {
    stream.close();
    return Files.newInputStream(path);
  }

  /** As {@link #open}, to be read at any place. */
  public SeekableByteChannel channel() throws IOException {
    stream.close();
    return Files.newByteChannel(path);
  }

  /** Fills a buffer from a place of {@link #channel}. */
  public static void read(SeekableByteChannel from, long at, ByteBuffer into) throws IOException {
    from.position(at);
    while (into.hasRemaining()) {
      if (from.read(into) < 0) {
        throw new IOException("a temporary file was cut short");
      }
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
