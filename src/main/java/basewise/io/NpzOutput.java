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
 * NumPy's {@code .npz}: a zip of stored {@code .npy} arrays of float32, C order, little-endian
 * (numpy.lib.format, version 1.0). Arrays are streamed one after another; the checksums, which
 * stand before the numbers, are written last. The file appears when {@link #commit()} is called.
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

  /** Sizes above it need the 64-bit extension, which this writer does not know. */
  private static final long LARGEST = 0xffffffffL;

  private static final int ALIGNMENT = 64;

  private record Entry(byte[] name, long at, long bytes, CRC32 checksum) {}

  private final Path file;
  private final AtomicOutput out;
  private final List<Entry> entries = new ArrayList<>();
  private long written;
  private long left;

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
   * Begins an array; the one before must be whole.
   *
   * @param name without the ending
   * @param shape its dimensions, the last varying fastest
   * @throws InputException if the file would exceed 4 GiB
   */
  public void array(String name, int... shape) {
    require(left == 0, "the array before is not whole");
    byte[] header = header(shape);
    left = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    long bytes = header.length + Float.BYTES * left;
    byte[] path = (name + ".npy").getBytes(StandardCharsets.UTF_8);
    Entry entry = new Entry(path, written, bytes, new CRC32());
    if (written + bytes + LOCAL_BYTES + path.length > LARGEST) {
      throw new InputException(
          file.toString(), "would exceed 4 GiB, the most of this format", "split the input");
    }
    entries.add(entry);
    ByteBuffer local = buffer(LOCAL_BYTES).putInt(LOCAL);
    common(local, entry, 0);
    write(local.putShort((short) 0).array());
    write(path);
    append(header);
  }

  /** Appends numbers to the array. */
  public void write(float[] values) {
    require(values.length <= left, "more numbers than the array has");
    left -= values.length;
    ByteBuffer bytes = buffer(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    append(bytes.array());
  }

  /** Ends the file, all but for its name; several may be sealed before the first is committed. */
  public void seal() {
    require(left == 0, "the last array is not whole");
    long start = written;
    for (Entry e : entries) {
      ByteBuffer central = buffer(CENTRAL_BYTES).putInt(CENTRAL).putShort(VERSION);
      common(central, e, (int) e.checksum.getValue());
      // No extra field, comment, disk or attributes.
      central.position(CENTRAL_BYTES - Integer.BYTES);
      write(central.putInt((int) e.at).array());
      write(e.name);
    }
    short n = (short) entries.size();
    ByteBuffer end = buffer(END_BYTES).putInt(END).putInt(0).putShort(n).putShort(n);
    end.putInt((int) (written - start)).putInt((int) start);
    write(end.array());
    out.seal();
    for (Entry e : entries) {
      byte[] checksum = buffer(Integer.BYTES).putInt((int) e.checksum.getValue()).array();
      out.patch(e.at + CHECKSUM, checksum);
    }
  }

  /** Moves the sealed file to its name. */
  public void commit() {
    out.commit();
  }

  @Override
  public void close() {
    out.close();
  }

  /** From the version a reader needs to the length of the name: the same in both headers. */
  private static void common(ByteBuffer header, Entry e, int checksum) {
    header.putShort(VERSION).putShort((short) 0).putShort((short) 0).putShort((short) 0);
    header.putShort(DAY).putInt(checksum).putInt((int) e.bytes).putInt((int) e.bytes);
    header.putShort((short) e.name.length);
  }

  private static byte[] header(int[] shape) {
    String dimensions =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String comma = shape.length == 1 ? "," : "";
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + dimensions + comma + "), }";
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
    write(bytes);
  }

  private void write(byte[] bytes) {
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
