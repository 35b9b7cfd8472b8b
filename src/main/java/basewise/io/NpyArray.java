package basewise.io;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers as NumPy's {@code .npy} holds it (numpy.lib.format, versions 1 to 3):
 * float16, float32, float64, whole numbers of 8 to 64 bits and booleans, of either byte order, in C
 * or Fortran order. Here it is always in C order: the last index varies fastest. Objects and
 * everything else that is no plain number are refused.
 */
public final class NpyArray {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>|=])(\\w+)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d, ]*)\\)");

  /** The longest header there is any reason for. */
  private static final int LONGEST_HEADER = 1 << 16;

  private enum Type {
    F2(2),
    F4(4),
    F8(8),
    I1(1),
    U1(1),
    B1(1),
    I2(2),
    I4(4),
    I8(8),
    U2(2),
    U4(4),
    U8(8);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }
  }

  private final int[] shape;
  private final int size;
  private final Type type;
  private final ByteBuffer data;

  private NpyArray(int[] shape, int size, Type type, ByteBuffer data) {
    this.shape = shape;
    this.size = size;
    this.type = type;
    this.data = data;
  }

  /**
   * Reads an {@code .npy} file.
   *
   * @throws InputException if it is missing, damaged, or holds no plain numbers
   */
  public static NpyArray read(Path file) {
    if (!Files.exists(file)) {
      throw new InputException(file.toString(), "does not exist", "check the path");
    }
    try {
      if (Files.size(file) > Integer.MAX_VALUE - 8) {
        throw new InputException(file.toString(), "exceeds 2 GiB", "split it");
      }
      return parse(Files.readAllBytes(file), file.toString(), "the array");
    } catch (IOException e) {
      throw new InputException(
          file.toString(), 0, "cannot be read: " + AtomicOutput.reason(e), "", e);
    }
  }

  /**
   * Reads an array.
   *
   * @param bytes the whole of an {@code .npy} file; kept, do not change
   * @param source the name of the file that they came from
   * @param what what the array is called in messages, such as "array 'x'"
   * @throws InputException if they are no such array or too few
   */
  static NpyArray parse(byte[] bytes, String source, String what) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    String header;
    try {
      byte[] magic = new byte[MAGIC.length];
      buffer.get(magic);
      int version = buffer.get();
      buffer.get();
      int length = version == 1 ? buffer.getShort() & 0xffff : buffer.getInt();
      if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3 || length < 0) {
        throw new InputException(source, what + " is not NumPy's", "save it with numpy.savez");
      }
      byte[] text = new byte[Math.min(length, LONGEST_HEADER)];
      buffer.get(text);
      header = new String(text, StandardCharsets.ISO_8859_1);
    } catch (BufferUnderflowException e) {
      throw cutShort(source, what, e);
    }
    Matcher fortran = FORTRAN.matcher(header);
    Matcher dimensions = SHAPE.matcher(header);
    Matcher descr = TYPE.matcher(header);
    if (!descr.find() || !fortran.find() || !dimensions.find()) {
      throw new InputException(
          source, what + " holds no plain numbers", "save plain arrays with numpy.savez");
    }
    int[] shape;
    int size;
    try {
      shape =
          Pattern.compile("\\d+")
              .matcher(dimensions.group(1))
              .results()
              .mapToInt(m -> Integer.parseInt(m.group()))
              .toArray();
      size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new InputException(source, 0, what + " has more than 2 billion numbers", "split it", e);
    }
    Type type = type(descr.group(2), source, what);
    ByteBuffer data = buffer.slice();
    if (data.remaining() < (long) size * type.bytes) {
      throw cutShort(source, what, null);
    }
    if (fortran.group(1).equals("True")) {
      data = ByteBuffer.wrap(reordered(data, shape, size, type.bytes));
    }
    data.order(descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return new NpyArray(shape, size, type, data);
  }

  private static InputException cutShort(String source, String what, @Nullable Throwable e) {
    return new InputException(source, 0, what + " is cut short", "copy or make it again", e);
  }

  private static Type type(String name, String source, String what) {
    for (Type t : Type.values()) {
      if (t.name().toLowerCase(Locale.ROOT).equals(name)) { // U1 would be text
        return t;
      }
    }
    throw new InputException(
        source,
        what + (name.equals("O") ? " holds Python objects" : " holds numbers of type " + name),
        "save it as float32");
  }

  /** Fortran's order, in which the first index varies fastest, as C's. */
  private static byte[] reordered(ByteBuffer data, int[] shape, int size, int bytes) {
    byte[] out = new byte[Math.multiplyExact(size, bytes)];
    int[] index = new int[shape.length];
    for (int i = 0; i < size; i++) {
      int from = 0;
      for (int d = shape.length - 1; d >= 0; d--) {
        from = from * shape[d] + index[d];
      }
      data.get(from * bytes, out, i * bytes, bytes);
      for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
        index[d] = 0;
      }
    }
    return out;
  }

  /** Its dimensions; none for a single number. */
  public List<Integer> shape() {
    return Arrays.stream(shape).boxed().toList();
  }

  /** How many numbers it has. */
  public int size() {
    return size;
  }

  /** The numbers, in C order; float64 and large whole numbers are rounded. */
  public float[] floats() {
    float[] out = new float[size];
    copy(0, size, out, 0);
    return out;
  }

  /** Copies {@code count} numbers, rounded likewise, from a place in C order on. */
  public void copy(int from, int count, float[] into, int at) {
    switch (type) {
      case F4 -> data.asFloatBuffer().get(from, into, at, count);
      case F2 -> {
        for (int i = 0; i < count; i++) {
          into[at + i] = Float.float16ToFloat(data.getShort(2 * (from + i)));
        }
      }
      case I1 -> {
        for (int i = 0; i < count; i++) {
          into[at + i] = data.get(from + i);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          into[at + i] = (float) get(from + i);
        }
      }
    }
  }

  /** The numbers, in C order; whole numbers above 2^53 are rounded. */
  public double[] doubles() {
    double[] out = new double[size];
    for (int i = 0; i < size; i++) {
      out[i] = get(i);
    }
    return out;
  }

  private double get(int i) {
    int at = i * type.bytes;
    return switch (type) {
      case F2 -> Float.float16ToFloat(data.getShort(at));
      case F4 -> data.getFloat(at);
      case F8 -> data.getDouble(at);
      case I1 -> data.get(at);
      case U1 -> data.get(at) & 0xff;
      case B1 -> data.get(at) == 0 ? 0 : 1;
      case I2 -> data.getShort(at);
      case I4 -> data.getInt(at);
      case I8 -> data.getLong(at);
      case U2 -> data.getShort(at) & 0xffff;
      case U4 -> data.getInt(at) & 0xffffffffL;
      case U8 -> {
        long x = data.getLong(at);
        yield x >= 0 ? x : 2.0 * (x >>> 1 | x & 1);
      }
    };
  }
}
