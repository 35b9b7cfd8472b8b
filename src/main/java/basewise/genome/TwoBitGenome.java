package basewise.genome;

import basewise.io.InputException;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A genome in UCSC's 2bit format (genome.ucsc.edu/FAQ/FAQformat.html#format7): four bases a byte,
 * runs of N and soft-masked runs beside them; either byte order, version 0 or 1 (64-bit offsets).
 */
public final class TwoBitGenome implements Genome {
  /** The first four bytes, in the byte order of the file. */
  static final int SIGNATURE = 0x1A412743;

  private static final byte[] UPPER = {'T', 'C', 'A', 'G'};
  private static final byte TO_LOWER = 32;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** The codes of the four bases of a byte, the first in the lowest bits. */
  private static final int[] FOUR = new int[256];

  static {
    for (int b = 0; b < 256; b++) {
      for (int i = 0; i < 4; i++) {
        FOUR[b] |= Dna.code(UPPER[b >> (6 - 2 * i) & 3]) << 8 * i;
      }
    }
  }

  private final String name;
  private final FileChannel channel;
  private final ByteOrder order;
  private final Map<String, Long> offsets = new LinkedHashMap<>();
  private final List<Contig> contigs = new ArrayList<>();
  private final Map<String, Packed> opened = new ConcurrentHashMap<>();

  /**
   * Where one contig is.
   *
   * @param nStarts runs of N, ascending; with nSizes
   * @param maskStarts soft-masked runs, ascending; with maskSizes
   * @param data offset in the file of its first byte of bases
   */
  @SuppressWarnings("ArrayRecordComponent") // private bulk data
  private record Packed(
      int length, int[] nStarts, int[] nSizes, int[] maskStarts, int[] maskSizes, long data) {}

  private TwoBitGenome(String name, FileChannel channel, ByteOrder order) {
    this.name = name;
    this.channel = channel;
    this.order = order;
  }

  /**
   * Opens a 2bit file.
   *
   * @throws InputException if its signature or index is wrong
   */
  public static TwoBitGenome open(String name) {
    return open(name, Path.of(name));
  }

  /** As above, where errors call the file something else. */
  static TwoBitGenome open(String name, Path path) {
    try {
      FileChannel channel = FileChannel.open(path);
      try {
        return open(name, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (EOFException e) {
      throw new InputException(name, 0, "the 2bit file is cut short", "copy it again", e);
    } catch (IOException e) {
      throw new InputException(name, 0, "cannot be read: " + e.getMessage(), "", e);
    }
  }

  private static TwoBitGenome open(String name, FileChannel channel) throws IOException {
    ByteBuffer head = read(channel, 0, 16, ByteOrder.LITTLE_ENDIAN);
    if (head.getInt(0) != SIGNATURE) {
      head.order(ByteOrder.BIG_ENDIAN);
      if (head.getInt(0) != SIGNATURE) {
        throw new InputException(name, "the signature is not that of 2bit", "is it another file?");
      }
    }
    int version = head.getInt(4);
    if (version != 0 && version != 1) {
      throw new InputException(name, "is 2bit version " + version, "versions 0 and 1 can be read");
    }
    TwoBitGenome genome = new TwoBitGenome(name, channel, head.order());
    int count = head.getInt(8);
    int offsetBytes = version == 0 ? 4 : 8;
    // An entry is at most 1 + 255 + 8 bytes; the file may end sooner.
    long most = Math.min(channel.size() - 16, count * 264L);
    if (count < 0 || most > Integer.MAX_VALUE) {
      throw new InputException(name, "the 2bit index is damaged", "copy it again");
    }
    ByteBuffer index = read(channel, 16, (int) most, head.order());
    for (int i = 0; i < count; i++) {
      if (index.remaining() < 1
          || index.remaining() < 1 + (index.get(index.position()) & 0xff) + offsetBytes) {
        throw new EOFException();
      }
      byte[] text = new byte[index.get() & 0xff];
      index.get(text);
      long offset = version == 0 ? Integer.toUnsignedLong(index.getInt()) : index.getLong();
      String contig = new String(text, StandardCharsets.UTF_8);
      if (genome.offsets.putIfAbsent(contig, offset) != null) {
        throw new InputException(
            name, "a second contig is called '" + contig + "'", "rename one of them");
      }
      long length = Integer.toUnsignedLong(read(channel, offset, 4, head.order()).getInt());
      if (length > Integer.MAX_VALUE - 8) {
        throw new InputException(
            name, "contig " + contig + " has " + length + " bases", "2,147,483,639 can be read");
      }
      genome.contigs.add(new Contig(contig, (int) length));
    }
    return genome;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String format() {
    return "2bit";
  }

  @Override
  public List<Contig> contigs() {
    return List.copyOf(contigs);
  }

  @Override
  public boolean has(String contig) {
    return offsets.containsKey(contig);
  }

  @Override
  public int length(String contig) {
    return packed(contig).length;
  }

  @Override
  public byte[] letters(Interval place) {
    require(name, 0, place);
    if (place.length() == 0) {
      return new byte[0];
    }
    Packed packed = packed(place.contig());
    int firstByte = place.start() / 4;
    int bytes = (place.end() - 1) / 4 - firstByte + 1;
    byte[] out = new byte[place.length()];
    try {
      byte[] data = read(channel, packed.data + firstByte, bytes, order).array();
      for (int i = 0; i < out.length; i++) {
        int at = place.start() + i;
        out[i] = UPPER[(data[at / 4 - firstByte] >> (6 - 2 * (at % 4))) & 3];
      }
    } catch (EOFException e) {
      throw cutShort(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    paint(packed.nStarts, packed.nSizes, place, out, false);
    paint(packed.maskStarts, packed.maskSizes, place, out, true);
    return out;
  }

  @Override
  public void codes(Interval place, boolean skipMasked, byte[] into, int at) {
    require(name, 0, place);
    if (place.length() == 0) {
      return;
    }
    Packed packed = packed(place.contig());
    int firstByte = place.start() / 4;
    int bytes = (place.end() - 1) / 4 - firstByte + 1;
    byte[] data;
    try {
      data = read(channel, packed.data + firstByte, bytes, order).array();
    } catch (EOFException e) {
      throw cutShort(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int n = place.length();
    int i = 0;
    int base = place.start() % 4;
    for (; i < n && (base + i) % 4 != 0; i++) {
      into[at + i] = (byte) (FOUR[data[0] & 0xff] >>> 8 * (base + i));
    }
    int b = (base + i) / 4;
    for (; i + 4 <= n; i += 4) {
      INTS.set(into, at + i, FOUR[data[b++] & 0xff]);
    }
    for (int j = 0; i < n; i++, j++) {
      into[at + i] = (byte) (FOUR[data[b] & 0xff] >>> 8 * j);
    }
    fillN(packed.nStarts, packed.nSizes, place, into, at);
    if (skipMasked) {
      fillN(packed.maskStarts, packed.maskSizes, place, into, at);
    }
  }

  /**
   * The bytes that hold the bases of a place, as they are in the file; of the first and the last,
   * other bases too.
   *
   * @param into gets just these bytes
   */
  void packed(Interval place, ByteBuffer into) {
    Packed packed = packed(place.contig());
    long at = packed.data + place.start() / 4;
    try {
      while (into.hasRemaining()) {
        int n = channel.read(into, at);
        if (n < 0) {
          throw new EOFException();
        }
        at += n;
      }
    } catch (EOFException e) {
      throw cutShort(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts and ends of the stretches of a place that are N, in turn, ascending and apart; from the
   * start of the place on.
   *
   * @param skipMasked whether soft-masked bases are N
   */
  int[] unknown(Interval place, boolean skipMasked) {
    Packed packed = packed(place.contig());
    int[] n = within(packed.nStarts, packed.nSizes, place);
    if (!skipMasked) {
      return n;
    }
    int[] mask = within(packed.maskStarts, packed.maskSizes, place);
    int[] both = new int[n.length + mask.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < n.length || j < mask.length) {
      boolean first = j == mask.length || (i < n.length && n[i] <= mask[j]);
      int start = first ? n[i++] : mask[j++];
      int end = first ? n[i++] : mask[j++];
      if (size > 0 && start <= both[size - 1]) {
        both[size - 1] = Math.max(both[size - 1], end);
      } else {
        both[size++] = start;
        both[size++] = end;
      }
    }
    return Arrays.copyOf(both, size);
  }

  private static int[] within(int[] starts, int[] sizes, Interval place) {
    int first = firstRun(starts, place);
    int end = first;
    while (end < starts.length && starts[end] < place.end()) {
      end++;
    }
    int[] runs = new int[2 * (end - first)];
    int size = 0;
    for (int r = first; r < end; r++) {
      int from = Math.max(starts[r], place.start()) - place.start();
      int to = Math.min(starts[r] + sizes[r], place.end()) - place.start();
      if (from < to) {
        runs[size++] = from;
        runs[size++] = to;
      }
    }
    return Arrays.copyOf(runs, size);
  }

  /** The first run that may reach into a place. */
  private static int firstRun(int[] starts, Interval place) {
    int at = Arrays.binarySearch(starts, place.start());
    return at >= 0 ? at : Math.max(0, -at - 2);
  }

  /** Writes N over the part of each run that lies in the place. */
  private static void fillN(int[] starts, int[] sizes, Interval place, byte[] out, int offset) {
    for (int r = firstRun(starts, place); r < starts.length && starts[r] < place.end(); r++) {
      int from = Math.max(starts[r], place.start()) - place.start();
      int to = Math.min(starts[r] + sizes[r], place.end()) - place.start();
      if (from < to) {
        Arrays.fill(out, offset + from, offset + to, Dna.N);
      }
    }
  }

  private InputException cutShort(EOFException e) {
    return new InputException(name, 0, "the 2bit file is cut short", "copy it again", e);
  }

  /** Writes N over, or turns to lower case, the part of each run that lies in the place. */
  private static void paint(
      int[] starts, int[] sizes, Interval place, byte[] out, boolean lowerCase) {
    for (int b = firstRun(starts, place); b < starts.length; b++) {
      if (starts[b] >= place.end()) {
        return;
      }
      int from = Math.max(starts[b], place.start()) - place.start();
      int to = Math.min(starts[b] + sizes[b], place.end()) - place.start();
      for (int i = from; i < to; i++) {
        out[i] = lowerCase ? (byte) (out[i] | TO_LOWER) : (byte) 'N';
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Packed packed(String contig) {
    Long offset = offsets.get(contig);
    if (offset == null) {
      throw new InputException(
          name, "has no contig '" + contig + "'", ContigNames.advice(contig, contigs));
    }
    return opened.computeIfAbsent(contig, c -> readRuns(offset));
  }

  private Packed readRuns(long offset) {
    try {
      int length = read(channel, offset, 4, order).getInt();
      int[][] n = runs(offset + 4);
      long masks = offset + 4 + runBytes(n);
      int[][] mask = runs(masks);
      return new Packed(length, n[0], n[1], mask[0], mask[1], masks + runBytes(mask) + 4);
    } catch (EOFException e) {
      throw cutShort(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long runBytes(int[][] runs) {
    return 4 + 8L * runs[0].length;
  }

  /** Starts and sizes of a block list. */
  private int[][] runs(long offset) throws IOException {
    int count = read(channel, offset, 4, order).getInt();
    if (count < 0 || offset + 4 + 8L * count > channel.size() || count > (1 << 27)) {
      throw new EOFException();
    }
    int[][] runs = new int[2][count];
    var ints = read(channel, offset + 4, 8 * count, order).asIntBuffer();
    ints.get(runs[0]);
    ints.get(runs[1]);
    return runs;
  }

  private static ByteBuffer read(FileChannel channel, long offset, int bytes, ByteOrder order)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(order);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }
}
