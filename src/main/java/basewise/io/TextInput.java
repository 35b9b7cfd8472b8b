package basewise.io;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a text file, plain or gzip (bgzip is gzip), from a path or from standard input ("-").
 * LF, CRLF and CR line ends; a UTF-8 byte-order mark is skipped. Knows its name and line number, so
 * that a mistake can say where it is.
 */
public final class TextInput implements Closeable {
  private final String name;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long line;
  private byte[] text = new byte[1 << 10];
  private int length;
  private boolean skipLf;

  private TextInput(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /**
   * Opens a file, or standard input for "-".
   *
   * @throws InputException if it is missing, a folder, unreadable, or UTF-16
   */
  public static TextInput open(String name) {
    try {
      if (name.equals("-")) {
        return of("-", System.in);
      }
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw new InputException(name, "is a folder", "name a file");
      }
      return of(name, Files.newInputStream(path));
    } catch (NoSuchFileException e) {
      throw new InputException(name, 0, "no such file", "check the path", e);
    } catch (IOException e) {
      throw unreadable(name, 0, e);
    }
  }

  /** Reads from a stream that may be gzip; {@code name} is what errors will say. */
  public static TextInput of(String name, InputStream raw) {
    try {
      BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
      in.mark(4);
      int a = in.read();
      int b = in.read();
      int c = in.read();
      in.reset();
      if (a == 0x1f && b == 0x8b) {
        return new TextInput(name, new GZIPInputStream(in, 1 << 16));
      }
      if ((a == 0xff && b == 0xfe) || (a == 0xfe && b == 0xff) || (a > 0 && b == 0)) {
        in.close();
        throw new InputException(name, "is UTF-16 text", "save it as UTF-8 or plain ASCII");
      }
      if (a == 0xef && b == 0xbb && c == 0xbf) {
        in.skipNBytes(3);
      }
      return new TextInput(name, in);
    } catch (IOException e) {
      throw unreadable(name, 0, e);
    }
  }

  /** The name as the user wrote it. */
  public String name() {
    return name;
  }

  /** The 1-based number of the line last read. */
  public long line() {
    return line;
  }

  /** The next line without its end, or null at the end of the file. */
  public @Nullable String readLine() {
    if (!readLineBytes()) {
      return null;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  /**
   * Reads the next line into {@link #bytes()}[0, {@link #length()}) without making a string.
   *
   * @return false at the end of the file
   */
  public boolean readLineBytes() {
    length = 0;
    boolean any = false;
    while (true) {
      if (position == limit) {
        if (!fill()) {
          if (any) {
            line++;
          }
          return any;
        }
      }
      if (skipLf) {
        skipLf = false;
        if (buffer[position] == '\n') {
          position++;
          continue;
        }
      }
      any = true;
      int start = position;
      while (position < limit && buffer[position] != '\n' && buffer[position] != '\r') {
        position++;
      }
      append(start, position - start);
      if (position < limit) {
        skipLf = buffer[position] == '\r';
        position++;
        line++;
        return true;
      }
    }
  }

  /** The bytes of the line last read; only the first {@link #length()} count. */
  public byte[] bytes() {
    return text;
  }

  /** The length of the line last read, in bytes. */
  public int length() {
    return length;
  }

  /** An input exception at the line last read. */
  public InputException wrong(String problem, String remedy) {
    return new InputException(name, line, problem, remedy);
  }

  private void append(int start, int n) {
    if (length + n > text.length) {
      text =
          java.util.Arrays.copyOf(
              text, Math.max(length + n, (int) Math.min(2L * text.length, Integer.MAX_VALUE - 8)));
    }
    System.arraycopy(buffer, start, text, length, n);
    length += n;
  }

  private boolean fill() {
    try {
      position = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
      return limit > 0;
    } catch (EOFException | ZipException e) {
      throw new InputException(
          name,
          line,
          "the gzip data is truncated or damaged",
          "copy or compress the file again",
          e);
    } catch (IOException e) {
      throw unreadable(name, line, e);
    }
  }

  private static InputException unreadable(String name, long line, IOException e) {
    if (e instanceof EOFException || e instanceof ZipException) {
      return new InputException(
          name,
          line,
          "the gzip data is truncated or damaged",
          "copy or compress the file again",
          e);
    }
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new InputException(name, line, "cannot be read: " + reason, "", e);
  }

  @Override
  public void close() {
    try {
      if (!name.equals("-")) {
        in.close();
      }
    } catch (IOException e) {
      throw unreadable(name, line, e);
    }
  }
}
