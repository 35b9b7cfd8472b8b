package basewise.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A text file that appears whole or not at all: plain, or BGZF where its name ends in {@code .gz}
 * or {@code .bgz}, with an index if its rows are about places. One thread at a time.
 */
public final class TextOutput implements AutoCloseable {
  /** Text that is written at once. */
  private static final int FULL = 1 << 18;

  private final Path path;
  private final @Nullable AtomicOutput plain;
  private final @Nullable BgzfFile packed;
  private final Rows plainText = new Rows(1 << 10);
  private @Nullable BgzfPart part;
  private boolean sealed;

  private TextOutput(Path path, TabixIndex.@Nullable Columns columns) {
    this.path = path;
    boolean compressed = isCompressed(path);
    plain = compressed ? null : AtomicOutput.to(path);
    packed = compressed ? BgzfFile.to(path, columns) : null;
  }

  /**
   * Opens a file.
   *
   * @param columns where rows tell of their places, for the index of a compressed file; null for
   *     none
   * @throws InputException if it cannot be written
   */
  public static TextOutput to(Path path, TabixIndex.@Nullable Columns columns) {
    return new TextOutput(path, columns);
  }

  /** Writes bytes in one go, compressed if the name says so. */
  public static void write(Path path, byte[] bytes) {
    try (TextOutput out = to(path, null)) {
      out.write(bytes, 0, bytes.length);
      out.commit();
    }
  }

  /** Whether a name asks for compression. */
  public static boolean isCompressed(Path path) {
    return path.toString().matches("(?i).*\\.b?gz");
  }

  /** Where to append; told of rows with {@link #row}, then {@link #flushIfFull}. */
  public Rows text() {
    if (packed == null) {
      return plainText;
    }
    BgzfPart mine = part == null ? packed.begin() : part;
    part = mine;
    return mine.text();
  }

  /** A row has been appended at [from, the text's size): see {@link RowListener#row}. */
  public void row(byte[] contig, long start, long stop, int from) {
    if (part != null && packed != null && packed.indexed()) {
      part.row(contig, start, stop, from);
    }
  }

  /** Appends bytes, whole rows or not. */
  public void write(byte[] bytes, int from, int length) {
    Rows text = text().room(length);
    System.arraycopy(bytes, from, text.bytes(), text.size(), length);
    text.grow(length);
    flushIfFull();
  }

  /** The same as a stream; closing it does nothing. */
  public OutputStream stream() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        TextOutput.this.write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        TextOutput.this.write(bytes, from, length);
      }
    };
  }

  /** Writes what has been appended, if it is much. */
  public void flushIfFull() {
    if (text().size() >= FULL) {
      flush();
    }
  }

  private void flush() {
    if (packed != null && part != null) {
      part.compress();
      packed.write(part);
      part = null;
    } else if (plain != null) {
      try {
        plain.stream().write(plainText.bytes(), 0, plainText.size());
        plainText.clear();
      } catch (IOException e) {
        throw AtomicOutput.cannotWrite(path, e);
      }
    }
  }

  /** Writes what is left: where several files appear together, all are sealed first. */
  public void seal() {
    if (sealed) {
      return;
    }
    sealed = true;
    flush();
    if (packed != null) {
      packed.seal();
    } else if (plain != null) {
      plain.seal();
    }
  }

  /** Gives the file its name. */
  public void commit() {
    seal();
    if (packed != null) {
      packed.commit();
    } else if (plain != null) {
      plain.commit();
    }
  }

  @Override
  public void close() {
    if (packed != null) {
      if (part != null) {
        part.compress();
      }
      packed.close();
    } else if (plain != null) {
      plain.close();
    }
  }
}
