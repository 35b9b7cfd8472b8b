package basewise.scan.output;

import basewise.io.Rows;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Rows that are text already as BGZF; those of BED with their index. */
public final class IndexedText implements Gathering.RowTarget {
  /** Text that is compressed at once. */
  private static final int FULL = 1 << 18;

  /** Says what comes before all rows. */
  private record Heading(byte[] header) implements RowFormat {
    @Override
    public int width(int oriented) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void row(
        Rows out,
        byte[] lead,
        long start,
        int oriented,
        int sum,
        byte[] codes,
        int at,
        long first,
        long second) {
      throw new UnsupportedOperationException();
    }
  }

  private final Path path;
  private final boolean bed;
  private @Nullable BgzfOutput out;
  private @Nullable BgzfPart part;
  private byte[] contig = new byte[0];

  /**
   * Rows in a file.
   *
   * @param bed whether they are BED
   */
  public IndexedText(Path path, boolean bed) {
    this.path = path;
    this.bed = bed;
  }

  @Override
  public void text(byte[] header) {
    out = BgzfOutput.ofText(path, new Heading(header), header, bed);
    part = out.begin();
  }

  @Override
  public void row(byte[] bytes, int from, int to) {
    BgzfOutput to1 = open();
    BgzfPart mine = part == null ? to1.begin() : part;
    part = mine;
    Rows text = to1.text(mine);
    int before = text.size();
    text.room(to - from + 1);
    System.arraycopy(bytes, from, text.bytes(), before, to - from);
    text.grow(to - from);
    text.put('\n');
    HitRows.Listener listener = to1.listener(mine);
    if (listener != null) {
      hear(listener, text.bytes(), before);
    }
    if (text.size() >= FULL) {
      flush(to1, mine);
    }
  }

  /** Tells of the row's place: its first three cells. */
  private void hear(HitRows.Listener listener, byte[] bytes, int from) {
    int tab = from;
    while (bytes[tab] != '\t') {
      tab++;
    }
    if (!java.util.Arrays.equals(contig, 0, contig.length, bytes, from, tab)) {
      contig = java.util.Arrays.copyOfRange(bytes, from, tab);
    }
    long start = 0;
    int at = tab + 1;
    for (; bytes[at] != '\t'; at++) {
      start = 10 * start + bytes[at] - '0';
    }
    long stop = 0;
    for (at++; bytes[at] != '\t'; at++) {
      stop = 10 * stop + bytes[at] - '0';
    }
    listener.row(contig, start, stop, from);
  }

  private void flush(BgzfOutput to, BgzfPart mine) {
    to.end(mine);
    to.write(mine);
    part = null;
  }

  private BgzfOutput open() {
    if (out == null) {
      throw new IllegalStateException("no header yet");
    }
    return out;
  }

  @Override
  public void commit() {
    if (part != null) {
      flush(open(), part);
    }
    open().commit();
  }

  @Override
  public void close() {
    if (out != null) {
      out.close();
    }
  }
}
