package basewise.scan.output;

import basewise.io.AtomicOutput;
import basewise.io.RowListener;
import basewise.io.Rows;
import basewise.scan.HitBlock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Rows of hits as plain text, in a file or a stream. Blocks are formatted by the threads that scan;
 * their text is kept for the next block when it is written.
 */
public final class RowOutput implements RowSink<Rows> {
  private final HitRows rows;
  private final OutputStream out;
  private final @Nullable AtomicOutput file;
  private final ConcurrentLinkedQueue<Rows> free = new ConcurrentLinkedQueue<>();

  private RowOutput(
      RowFormat format, Places places, OutputStream out, @Nullable AtomicOutput file) {
    rows = new HitRows(format, places);
    this.out = out;
    this.file = file;
  }

  private RowOutput withHeader(RowFormat format) {
    emit(format.header(), format.header().length);
    return this;
  }

  /**
   * Rows in a file that appears when they are committed.
   *
   * @throws basewise.io.InputException if it cannot be written
   */
  public static RowOutput to(Path path, RowFormat format, Places places) {
    AtomicOutput file = AtomicOutput.to(path);
    return new RowOutput(format, places, file.stream(), file).withHeader(format);
  }

  /** Rows in a stream, which is flushed and not closed. */
  public static RowOutput to(OutputStream stream, RowFormat format, Places places) {
    return new RowOutput(format, places, stream, null).withHeader(format);
  }

  /** Rows in a stream that has a header and rows already. */
  static RowOutput further(OutputStream stream, RowFormat format, Places places) {
    return new RowOutput(format, places, stream, null);
  }

  @Override
  public Rows prepare(HitBlock hits) {
    Rows text = begin();
    rows.append(hits, text, null);
    return text;
  }

  @Override
  public HitRows rows() {
    return rows;
  }

  @Override
  public Rows begin() {
    Rows text = free.poll();
    if (text == null) {
      text = new Rows(1 << 16);
    }
    text.clear();
    return text;
  }

  @Override
  public Rows text(Rows prepared) {
    return prepared;
  }

  @Override
  public @Nullable RowListener listener(Rows prepared) {
    return null;
  }

  @Override
  public void end(Rows prepared) {}

  @Override
  public void write(Rows text) {
    emit(text.bytes(), text.size());
    free.add(text);
  }

  private void emit(byte[] bytes, int n) {
    try {
      out.write(bytes, 0, n);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (out instanceof PrintStream print && print.checkError()) {
      throw new ReaderLeftException();
    }
  }

  @Override
  public void commit() {
    if (file != null) {
      file.commit();
    } else {
      emit(new byte[0], 0);
    }
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
