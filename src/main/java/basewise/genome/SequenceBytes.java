package basewise.genome;

import basewise.io.InputException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes of a file or of standard input, what they are by their first few, and the text in them:
 * plain, or inflated from gzip or bgzip.
 */
final class SequenceBytes implements AutoCloseable {
  /** Enough to tell bgzip from gzip. */
  private static final int HEAD = 18;

  private final String name;
  private final PushbackInputStream in;
  private final byte[] head;
  private final Counted counted;
  private final long size;

  private SequenceBytes(String name, InputStream raw, long size) throws IOException {
    this.name = name;
    this.size = size;
    counted = new Counted(raw);
    in = new PushbackInputStream(counted, HEAD);
    head = in.readNBytes(HEAD);
    in.unread(head);
  }

  /**
   * Opens a file.
   *
   * @param name what errors call it
   * @throws InputException if it is missing, a folder, unreadable or empty
   */
  static SequenceBytes open(String name, Path path) {
    if (Files.isDirectory(path)) {
      throw new InputException(name, "is a folder", "name a file");
    }
    try {
      long size = Files.isRegularFile(path) ? Files.size(path) : -1;
      return of(name, Files.newInputStream(path), size);
    } catch (NoSuchFileException e) {
      throw new InputException(name, 0, "no such file", "check the path", e);
    } catch (IOException e) {
      throw unreadable(name, 0, e);
    }
  }

  /**
   * What a stream holds.
   *
   * @param size how many bytes, or -1 if not known
   * @throws InputException if that is nothing
   */
  static SequenceBytes of(String name, InputStream raw, long size) {
    try {
      SequenceBytes bytes = new SequenceBytes(name, raw, size);
      if (bytes.head.length == 0) {
        bytes.close();
        throw new InputException(name, "is empty", "give a genome");
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(name, 0, e);
    }
  }

  /** All bytes, from the first on. */
  InputStream raw() {
    return in;
  }

  /** What part has been read, 0 to 1, or NaN if its size is not known. */
  double part() {
    return size <= 0 ? Double.NaN : Math.min(1, counted.bytes / (double) size);
  }

  /** Whether it begins as 2bit does, in either byte order. */
  boolean isTwoBit() {
    if (head.length < 4) {
      return false;
    }
    int first = ByteBuffer.wrap(head).getInt();
    return first == TwoBitGenome.SIGNATURE || Integer.reverseBytes(first) == TwoBitGenome.SIGNATURE;
  }

  /** Whether it is text as it is. */
  boolean isPlain() {
    return !starts(0x1f, 0x8b);
  }

  /** Bytes of the byte-order mark that plain text begins with. */
  int mark() {
    return starts(0xef, 0xbb, 0xbf) ? 3 : 0;
  }

  /**
   * The text, inflated if need be.
   *
   * @param threads how many may inflate bgzip
   * @throws InputException if it is compressed in another way, or UTF-16
   */
  InputStream text(int threads) {
    try {
      if (starts(0x1f, 0x8b)) {
        return withoutMark(
            BgzipBytes.recognises(head) ? new BgzipBytes(in, threads) : new GzipBytes(in));
      }
      String other =
          starts('B', 'Z', 'h')
              ? "bzip2"
              : starts(0x28, 0xb5, 0x2f, 0xfd)
                  ? "zstd"
                  : starts(0xfd, '7', 'z', 'X') ? "xz" : starts('P', 'K', 3, 4) ? "zip" : "";
      if (!other.isEmpty()) {
        throw new InputException(
            name, "is compressed with " + other, "decompress it, or use gzip or bgzip");
      }
      if (starts(0xff, 0xfe) || starts(0xfe, 0xff) || (head.length > 1 && head[1] == 0)) {
        throw new InputException(name, "is UTF-16 text", "save it as UTF-8 or plain ASCII");
      }
      return withoutMark(in);
    } catch (IOException e) {
      throw damaged(name, 0, e);
    }
  }

  /** Without a byte-order mark. */
  private static InputStream withoutMark(InputStream text) throws IOException {
    PushbackInputStream out = new PushbackInputStream(text, 3);
    byte[] first = out.readNBytes(3);
    if (!Arrays.equals(first, new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf})) {
      out.unread(first);
    }
    return out;
  }

  private boolean starts(int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= head.length || (head[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Closes the file; standard input stays open. */
  @Override
  public void close() {
    try {
      if (!name.equals("-")) {
        in.close();
      }
    } catch (IOException e) {
      throw unreadable(name, 0, e);
    }
  }

  /** The mistake of compressed data that is not whole. */
  static InputException damaged(String name, long line, IOException e) {
    String where = e.getMessage() == null ? "" : ": " + e.getMessage();
    return new InputException(
        name,
        line,
        "the gzip data is truncated or damaged" + where,
        "copy or compress the file again",
        e);
  }

  /** The mistake of a file that cannot be read. */
  static InputException unreadable(String name, long line, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new InputException(name, line, "cannot be read: " + reason, "", e);
  }

  /** Counts what is read; one thread reads, any may look. */
  private static final class Counted extends FilterInputStream {
    private volatile long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = in.read(into, offset, length);
      count(n);
      return n;
    }

    private synchronized void count(int n) {
      bytes += Math.max(0, n);
    }
  }
}
