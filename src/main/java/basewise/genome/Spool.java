package basewise.genome;

import basewise.io.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A copy of a stream that can be read once only, in a temporary file of the folder {@code
 * java.io.tmpdir}. The file has lost its name as soon as it is open (on systems that allow it), so
 * that nothing stays behind however the run ends.
 */
final class Spool implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final String name;
  private final FileChannel channel;

  private Spool(String name, FileChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  /**
   * Copies a stream to its end.
   *
   * @param name what errors call it
   * @throws InputException if it cannot be read, or the copy not be written
   */
  static Spool of(String name, InputStream in) {
    FileChannel channel;
    try {
      Path file = Files.createTempFile("basewise", ".spool");
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    Spool spool = new Spool(name, channel);
    try {
      copy(name, in, channel);
      return spool;
    } catch (RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  /** Writes all bytes of a stream. */
  static void copy(String name, InputStream in, WritableByteChannel out) {
    byte[] buffer = new byte[BUFFER];
    while (true) {
      int n;
      try {
        n = in.readNBytes(buffer, 0, buffer.length);
      } catch (IOException e) {
        throw SequenceBytes.unreadable(name, 0, e);
      }
      if (n == 0) {
        return;
      }
      try {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      } catch (IOException e) {
        throw cannotWrite(e);
      }
    }
  }

  /** How many bytes there are. */
  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw SequenceBytes.unreadable(name, 0, e);
    }
  }

  /** All bytes, from the first on; any number of times, and at the same time. */
  InputStream stream() {
    return new InputStream() {
      private long at;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int n = channel.read(ByteBuffer.wrap(into, offset, length), at);
        at += Math.max(0, n);
        return n;
      }
    };
  }

  private static InputException cannotWrite(IOException e) {
    String folder = System.getProperty("java.io.tmpdir");
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new InputException(
        folder,
        0,
        "standard input, which is read twice, cannot be kept here: " + reason,
        "free space, or name a file in place of -",
        e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw SequenceBytes.unreadable(name, 0, e);
    }
  }
}
