package basewise.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * NumPy's {@code .npz}: a zip of stored {@code .npy} arrays of float32 or int8, C order,
 * little-endian (numpy.lib.format, version 1.0). Arrays are streamed one after another; the
 * checksums, which stand before the numbers, are written last. Above 4 GiB the zip has its 64-bit
 * records. The file appears when {@link #commit()} is called.
 */
public final class NpzOutput implements AutoCloseable {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;

  /** Where the checksum stands in a local header. */
  private static final int CHECKSUM = 14;

  /** 1 January 1980, the oldest day a zip can tell. */
  private static final short DAY = 0x21;

  private static final short VERSION = 20;

  /** Of a zip with 64-bit records. */
  private static final short VERSION_64 = 45;

  private static final int END_64 = 0x06064b50;
  private static final int END_64_BYTES = 56;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCATOR_64_BYTES = 20;

  /** The mark, length and numbers of the extra field that holds a size twice and an offset. */
  private static final int EXTRA_64_BYTES = 4 + 3 * Long.BYTES;

  /** Sizes and offsets from it on need 64-bit records. */
  private static final long LARGEST = 0xffffffffL;

  private static final int ALIGNMENT = 64;

  private record Entry(byte[] name, long at, long bytes, CRC32 checksum) {
    boolean large() {
      return bytes >= LARGEST || at >= LARGEST;
    }
  }

  private final Path file;
  private final AtomicOutput out;
  private final List<Entry> entries = new ArrayList<>();
  private long written;

  /** Bytes that the array begun lacks. */
  private long left;

  private int size = Float.BYTES;

  private NpzOutput(Path file, AtomicOutput out) {
    this.file = file;
    this.out = out;
  }

  /**
   * Opens a file.
   *
   * @throws InputException if it cannot be written
   */
  public static NpzOutput to(Path file) {
    return new NpzOutput(file, AtomicOutput.to(file));
  }

  /**
   * Begins an array of float32; the one before must be whole.
   *
   * @param name without the ending
   * @param shape its dimensions, the last varying fastest
   */
  public void array(String name, int... shape) {
    begin(name, "<f4", Float.BYTES, shape);
  }

  /** As above, of int8. */
  public void bytes(String name, int... shape) {
    begin(name, "|i1", 1, shape);
  }

  private void begin(String name, String type, int each, int... shape) {
    require(left == 0, "the array before is not whole");
    byte[] header = header(type, shape);
    size = each;
    left = Arrays.stream(shape).asLongStream().reduce(each, Math::multiplyExact);
    byte[] path = (name + ".npy").getBytes(StandardCharsets.UTF_8);
    Entry entry = new Entry(path, written, header.length + left, new CRC32());
    entries.add(entry);
    ByteBuffer local = buffer(LOCAL_BYTES).putInt(LOCAL);
    common(local, entry, 0);
    raw(local.array());
    raw(path);
    if (entry.large()) {
      raw(extra(entry));
    }
    append(header);
  }

  /** Appends numbers to an array of float32. */
  public void write(float[] values) {
    require(size == Float.BYTES, "the array is not of floats");
    ByteBuffer bytes = buffer(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    more(bytes.array());
  }

  /** Appends numbers to an array of int8. */
  public void write(byte[] values) {
    require(size == 1, "the array is not of bytes");
    more(values);
  }

  private void more(byte[] bytes) {
    require(bytes.length <= left, "more numbers than the array has");
    left -= bytes.length;
    append(bytes);
  }

  /** Ends the file, all but for its name; several may be sealed before the first is committed. */
  public void seal() {
    require(left == 0, "the last array is not whole");
    long start = written;
    for (Entry e : entries) {
      ByteBuffer central = buffer(CENTRAL_BYTES).putInt(CENTRAL);
      common(central.putShort(e.large() ? VERSION_64 : VERSION), e, (int) e.checksum.getValue());
      // No comment, disk or attributes.
      central.position(CENTRAL_BYTES - Integer.BYTES);
      raw(central.putInt(e.large() ? -1 : (int) e.at).array());
      raw(e.name);
      if (e.large()) {
        raw(extra(e));
      }
    }
    end(start, written - start);
    out.seal();
    for (Entry e : entries) {
      byte[] checksum = buffer(Integer.BYTES).putInt((int) e.checksum.getValue()).array();
      out.patch(e.at + CHECKSUM, checksum);
    }
  }

  private void end(long start, long bytes) {
    int n = entries.size();
    boolean large = start >= LARGEST;
    if (large) {
      ByteBuffer end = buffer(END_64_BYTES + LOCATOR_64_BYTES).putInt(END_64);
      end.putLong(END_64_BYTES - 12).putShort(VERSION_64).putShort(VERSION_64);
      end.putInt(0).putInt(0).putLong(n).putLong(n).putLong(bytes).putLong(start);
      end.putInt(LOCATOR_64).putInt(0).putLong(start + bytes).putInt(1);
      raw(end.array());
    }
    ByteBuffer end = buffer(END_BYTES).putInt(END).putInt(0).putShort((short) n);
    end.putShort((short) n).putInt((int) bytes).putInt(large ? -1 : (int) start);
    raw(end.array());
  }

  /** Moves the sealed file to its name. */
  public void commit() {
    out.commit();
  }

  @Override
  public void close() {
    out.close();
  }

  /** From the version a reader needs to the length of the extra field: the same in both headers. */
  private static void common(ByteBuffer header, Entry e, int checksum) {
    int bytes = e.large() ? -1 : (int) e.bytes;
    header.putShort(e.large() ? VERSION_64 : VERSION);
    header.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    header.putShort(DAY).putInt(checksum).putInt(bytes).putInt(bytes);
    header.putShort((short) e.name.length);
    header.putShort((short) (e.large() ? EXTRA_64_BYTES : 0));
  }

  /** Sizes and place in 64 bits; the place is read in the central directory only. */
  private static byte[] extra(Entry e) {
    ByteBuffer extra = buffer(EXTRA_64_BYTES).putShort((short) 1);
    extra.putShort((short) (EXTRA_64_BYTES - 4)).putLong(e.bytes).putLong(e.bytes);
    return extra.putLong(e.at).array();
  }

  private static byte[] header(String type, int[] shape) {
    String dimensions =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String comma = shape.length == 1 ? "," : "";
    String text =
        "{'descr': '"
            + type
            + "', 'fortran_order': False, 'shape': ("
            + dimensions
            + comma
            + "), }";
    int prefix = 10; // magic, version, length
    int padded = (prefix + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.writeBytes(buffer(Short.BYTES).putShort((short) (padded - prefix)).array());
    bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(
        " ".repeat(padded - prefix - text.length() - 1).getBytes(StandardCharsets.US_ASCII));
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private void append(byte[] bytes) {
    entries.getLast().checksum.update(bytes);
    raw(bytes);
  }

  private void raw(byte[] bytes) {
    try {
      OutputStream stream = out.stream();
      stream.write(bytes);
      written += bytes.length;
    } catch (IOException e) {
      throw AtomicOutput.cannotWrite(file, e);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void require(boolean ok, String problem) {
    if (!ok) {
      throw new IllegalStateException(problem);
    }
  }
}
