package basewise.io;

import java.util.Arrays;

/**
 * Some rows of a {@link BgzfFile}: append to {@link #text}, tell of each row ({@link #row}) if the
 * file is indexed, {@link #compress}. What it knows of rows is where in the text stretches of them
 * lie that share a contig and the bins of their first and last base. Reused; one thread at a time.
 */
public final class BgzfPart implements RowListener {
  private final Rows text = new Rows(1 << 16);
  private final Bgzf members = new Bgzf();
  private int stretches;
  private byte[][] contig = new byte[64][];
  private long[] start = new long[64];
  private long[] lastStart = new long[64];
  private long[] stop = new long[64];
  private int[] from = new int[64];
  private int[] to = new int[64];

  /** No rows yet. */
  public BgzfPart() {}

  /** Where to append rows. */
  public Rows text() {
    return text;
  }

  /** The text is complete. */
  public void compress() {
    members.compress(text.bytes(), text.size());
  }

  Bgzf members() {
    return members;
  }

  int stretches() {
    return stretches;
  }

  void clear() {
    text.clear();
    Arrays.fill(contig, 0, stretches, null);
    stretches = 0;
  }

  /** Counts a row that was appended to the text at [rowFrom, text.size()). */
  @Override
  public void row(byte[] name, long rowStart, long rowStop, int rowFrom) {
    int shift = TabixIndex.SHIFT;
    int last = stretches - 1;
    if (last >= 0
        && contig[last] == name
        && start[last] >> shift == rowStart >> shift
        && stop[last] - 1 >> shift == rowStop - 1 >> shift
        && lastStart[last] <= rowStart) {
      lastStart[last] = rowStart;
      stop[last] = Math.max(stop[last], rowStop);
      to[last] = text.size();
      return;
    }
    int n = stretches++;
    if (n == from.length) {
      contig = Arrays.copyOf(contig, 2 * n);
      start = Arrays.copyOf(start, 2 * n);
      lastStart = Arrays.copyOf(lastStart, 2 * n);
      stop = Arrays.copyOf(stop, 2 * n);
      from = Arrays.copyOf(from, 2 * n);
      to = Arrays.copyOf(to, 2 * n);
    }
    contig[n] = name;
    start[n] = rowStart;
    lastStart[n] = rowStart;
    stop[n] = rowStop;
    from[n] = rowFrom;
    to[n] = text.size();
  }

  byte[] contig(int i) {
    return contig[i];
  }

  long start(int i) {
    return start[i];
  }

  long lastStart(int i) {
    return lastStart[i];
  }

  long stop(int i) {
    return stop[i];
  }

  long from(int i, long base) {
    return members.offset(base, from[i]);
  }

  long to(int i, long base) {
    return members.offset(base, to[i]);
  }
}
