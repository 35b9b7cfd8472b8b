package basewise.scan.output;

import basewise.io.Rows;
import basewise.io.TabixIndex;
import basewise.io.TextOutput;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows that are text already, in a file that is compressed and indexed if its name says so. */
public final class GatheredRows implements AutoCloseable {
  private final TextOutput out;
  private final TabixIndex.@Nullable Columns columns;
  private byte[] contig = new byte[0];

  /**
   * Rows in a file.
   *
   * @param columns where they tell of their places; null for rows without an index
   */
  public GatheredRows(Path path, TabixIndex.@Nullable Columns columns) {
    this.columns = TextOutput.isCompressed(path) ? columns : null;
    out = TextOutput.to(path, columns);
  }

  /** What comes before all rows. */
  void header(byte[] header) {
    out.write(header, 0, header.length);
  }

  /** A row, without its line end. */
  public void row(byte[] bytes, int from, int to) {
    Rows text = out.text().room(to - from + 1);
    int before = text.size();
    System.arraycopy(bytes, from, text.bytes(), before, to - from);
    text.grow(to - from);
    text.put('\n');
    if (columns != null) {
      hear(columns, text.bytes(), before);
    }
    out.flushIfFull();
  }

  /** Tells of the row's place. */
  private void hear(TabixIndex.Columns where, byte[] bytes, int from) {
    int tab = from;
    while (bytes[tab] != '\t') {
      tab++;
    }
    if (!Arrays.equals(contig, 0, contig.length, bytes, from, tab)) {
      contig = Arrays.copyOfRange(bytes, from, tab);
    }
    int at = tab + 1;
    for (int column = 2; column < where.start(); at++) {
      column += bytes[at] == '\t' ? 1 : 0;
    }
    long start = 0;
    for (; bytes[at] != '\t'; at++) {
      start = 10 * start + bytes[at] - '0';
    }
    long stop = 0;
    for (at++; bytes[at] != '\t'; at++) {
      stop = 10 * stop + bytes[at] - '0';
    }
    out.row(contig, start - where.first(), stop, from);
  }

  /** Gives the result its name. */
  public void commit() {
    out.commit();
  }

  @Override
  public void close() {
    out.close();
  }
}
