package basewise.scan.output;

import basewise.io.Bgzf;
import basewise.io.Rows;
import basewise.io.TabixIndex;
import java.util.Arrays;

/**
 * The rows of a block, compressed, and where in them stretches of rows lie that share a contig and
 * the bins of their first and last base. Reused.
 */
public final class BgzfPart implements HitRows.Listener {
  final Rows text = new Rows(1 << 16);
  final Bgzf members = new Bgzf();
  int stretches;
  private byte[][] contig = new byte[64][];
  private long[] start = new long[64];
  private long[] lastStart = new long[64];
  private long[] stop = new long[64];
  private int[] from = new int[64];
  private int[] to = new int[64];

  BgzfPart() {}

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
