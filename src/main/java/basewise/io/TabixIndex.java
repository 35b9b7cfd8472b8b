package basewise.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An index of a file of places compressed with {@link Bgzf}, as {@code tabix -p bed} or {@code -p
 * gff} makes it: which stretches of the file hold rows that may overlap a place. Rows come in the
 * order of the file: contigs in any order, each in one stretch, rows of a contig by start. Where a
 * contig is longer than 2^29 bases, which {@code .tbi} cannot say, it is a {@code .csi}.
 *
 * <p>Source: the specifications of tabix and CSI (samtools/hts-specs).
 */
public final class TabixIndex {
  /** Bases of the smallest bin, as a power of 2. */
  public static final int SHIFT = 14;

  /** Where rows tell of their places. */
  public enum Columns {
    /** BED and bedGraph: columns 1 to 3, starts from 0, exclusive ends. */
    BED(0x10000, 1, 2, 3),
    /** GFF: columns 1, 4 and 5, starts from 1. */
    GFF(0, 1, 4, 5);

    private final int[] preset;

    Columns(int... preset) {
      this.preset = preset;
    }

    /** The column of starts, from 1; ends are in the next. */
    public int start() {
      return preset[2];
    }

    /** What a contig's first base is called. */
    public int first() {
      return preset[0] == 0 ? 1 : 0;
    }
  }

  private static final int TBI_LEVELS = 5;
  private static final int MOST_LEVELS = 9;

  /** What is known of a contig. */
  private static final class Contig {
    final String name;
    long lastStart;
    int n;
    long[] windows = new long[1]; // offset of the first row that reaches into a window, or -1
    int windowCount;
    int[] level = new int[4]; // of chunk i
    long[] bin = new long[4];
    long[] begin = new long[4];
    long[] end = new long[4];
    final int[] last = new int[MOST_LEVELS + 1]; // last chunk of a level, or -1

    Contig(String name) {
      this.name = name;
      Arrays.fill(last, -1);
    }

    void add(long start, long stop, long from, long to) {
      long first = start >> SHIFT;
      long lastOne = stop - 1 >> SHIFT;
      int l = 0;
      while (start >> SHIFT + 3 * l != stop - 1 >> SHIFT + 3 * l) {
        l++;
      }
      chunk(l, start >> SHIFT + 3 * l, from, to);
      if (lastOne >= windows.length) {
        windows = Arrays.copyOf(windows, (int) Math.max(lastOne + 1, 2L * windows.length));
      }
      while (windowCount <= lastOne) {
        windows[windowCount] = windowCount < first ? -1 : from;
        windowCount++;
      }
    }

    /** Stretches that meet in one member of the file become one. */
    private void chunk(int l, long b, long from, long to) {
      int i = last[l];
      if (i >= 0 && bin[i] == b && from >>> 16 <= end[i] >>> 16) {
        end[i] = to;
        return;
      }
      if (n == level.length) {
        level = Arrays.copyOf(level, 2 * n);
        bin = Arrays.copyOf(bin, 2 * n);
        begin = Arrays.copyOf(begin, 2 * n);
        end = Arrays.copyOf(end, 2 * n);
      }
      level[n] = l;
      bin[n] = b;
      begin[n] = from;
      end[n] = to;
      last[l] = n++;
    }
  }

  private final Columns columns;
  private final List<Contig> contigs = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private long longest;

  /** An index of no rows yet; lines that begin with # are no rows. */
  public TabixIndex(Columns columns) {
    this.columns = columns;
  }

  /**
   * Counts rows of one contig that lie together in the file, by start.
   *
   * @param contig its name in the rows
   * @param start 0-based start of the first row, which must not be below an earlier one
   * @param lastStart that of the last row
   * @param stop largest exclusive end, above start
   * @param from virtual offset of the first row
   * @param to virtual offset behind the last
   * @return whether the order is one that can be indexed; if not, nothing is counted
   */
  public boolean add(String contig, long start, long lastStart, long stop, long from, long to) {
    Contig c = contigs.isEmpty() ? null : contigs.getLast();
    if (c == null || !c.name.equals(contig)) {
      if (!names.add(contig)) {
        return false;
      }
      c = new Contig(contig);
      contigs.add(c);
    } else if (start < c.lastStart) {
      return false;
    }
    c.add(start, stop, from, to);
    c.lastStart = lastStart;
    longest = Math.max(longest, stop);
    return true;
  }

  /** {@code .tbi}, or {@code .csi} for a contig that is too long for it. */
  public String suffix() {
    return levels() == TBI_LEVELS ? ".tbi" : ".csi";
  }

  private int levels() {
    int levels = TBI_LEVELS;
    while (longest > 1L << SHIFT + 3 * levels) {
      levels++;
    }
    return levels;
  }

  /** The whole file of the index, compressed. */
  public byte[] toBytes() {
    int levels = levels();
    boolean csi = levels != TBI_LEVELS;
    Little out = new Little();
    out.bytes((csi ? "CSI\1" : "TBI\1").getBytes(StandardCharsets.ISO_8859_1));
    Little about = new Little();
    for (int x : columns.preset) {
      about.number(x);
    }
    about.number('#');
    about.number(0);
    Little all = new Little();
    for (Contig c : contigs) {
      all.bytes(c.name.getBytes(StandardCharsets.UTF_8));
      all.bytes(new byte[1]);
    }
    about.number(all.size());
    about.bytes(all.toBytes());
    if (csi) {
      out.number(SHIFT);
      out.number(levels);
      out.number(about.size());
      out.bytes(about.toBytes());
      out.number(contigs.size());
    } else {
      out.number(contigs.size());
      out.bytes(about.toBytes());
    }
    for (Contig c : contigs) {
      contig(c, levels, csi, out);
    }
    return compressed(out.toBytes());
  }

  private static void contig(Contig c, int levels, boolean csi, Little out) {
    Integer[] order = new Integer[c.n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(id(c, a, levels), id(c, b, levels)));
    int bins = 0;
    for (int i = 0; i < c.n; i++) {
      if (i == 0 || id(c, order[i], levels) != id(c, order[i - 1], levels)) {
        bins++;
      }
    }
    long[] windows = Arrays.copyOf(c.windows, c.windowCount);
    for (int i = windows.length - 1; i >= 0; i--) {
      if (windows[i] < 0) {
        windows[i] = windows[i + 1]; // nothing lies here: what comes next; the last is never empty
      }
    }
    out.number(bins);
    for (int i = 0; i < c.n; ) {
      int end = i + 1;
      while (end < c.n && id(c, order[end], levels) == id(c, order[i], levels)) {
        end++;
      }
      int first = order[i];
      out.number((int) id(c, first, levels));
      if (csi) {
        out.number(windows[(int) (c.bin[first] << 3 * c.level[first])]);
      }
      out.number(end - i);
      for (; i < end; i++) {
        out.number(c.begin[order[i]]);
        out.number(c.end[order[i]]);
      }
    }
    if (!csi) {
      out.number(windows.length);
      for (long offset : windows) {
        out.number(offset);
      }
    }
  }

  /** The number of a chunk's bin: bins are counted from the one that holds all. */
  private static long id(Contig c, int chunk, int levels) {
    int depth = levels - c.level[chunk];
    return ((1L << 3 * depth) - 1) / 7 + c.bin[chunk];
  }

  private static byte[] compressed(byte[] text) {
    try (Bgzf bgzf = new Bgzf()) {
      bgzf.compress(text, text.length);
      byte[] end = Bgzf.endOfFile();
      byte[] file = Arrays.copyOf(bgzf.bytes(), bgzf.size() + end.length);
      System.arraycopy(end, 0, file, bgzf.size(), end.length);
      return file;
    }
  }

  /** Numbers with their least byte first. */
  private static final class Little {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);

    void number(int x) {
      out.write(buffer.putInt(0, x).array(), 0, 4);
    }

    void number(long x) {
      out.write(buffer.putLong(0, x).array(), 0, 8);
    }

    void bytes(byte[] b) {
      out.writeBytes(b);
    }

    int size() {
      return out.size();
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }
}
