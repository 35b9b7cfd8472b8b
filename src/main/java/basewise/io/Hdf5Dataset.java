package basewise.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Deflater;

/**
 * One array of an {@link Hdf5Output}, appended to row by row. Rows are gathered to chunks, which
 * are deflated, unless it is {@link #plain}, by other threads where the file has them, and go to
 * the file in their order; memory: three chunks, and 16 bytes per chunk written.
 */
public final class Hdf5Dataset {
  /** What a number is. */
  public enum Type {
    /** IEEE, 4 bytes. */
    FLOAT32(Float.BYTES),
    /** Signed, 1 byte. */
    INT8(1),
    /** Signed, 8 bytes. */
    INT64(Long.BYTES),
    /** 0 or 1 in a byte, the enumeration that h5py takes for bool. */
    BOOLEAN(1),
    /** Text of UTF-8 of a length that is the last dimension of a row; padded with zeros. */
    TEXT(1);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }
  }

  private static final int CHUNK_BYTES = 1 << 18;

  /** Chunks that are deflated while the next is gathered. */
  private static final int AHEAD = 2;

  /** Half the most children of a node of a chunk tree; superblock version 0 knows no other. */
  private static final int HALF = 32;

  private static final int NODE_HEADER = 24;

  private final Hdf5Output file;
  private final Type type;

  /** Dimensions of a row, without text's length. */
  private final int[] row;

  /** Bytes of one element: a number, or a text. */
  private final int element;

  private final int rowBytes;
  private final int rowsPerChunk;
  private boolean deflates = true;
  private ByteBuffer chunk;
  private final Queue<CompletableFuture<byte[]>> deflated = new ArrayDeque<>();
  private final List<long[]> chunks = new ArrayList<>(); // address, bytes
  private long rows;

  Hdf5Dataset(Hdf5Output file, Type type, int rows, int[] shape) {
    this.file = file;
    this.type = type;
    boolean text = type == Type.TEXT;
    row = java.util.Arrays.copyOf(shape, shape.length - (text ? 1 : 0));
    element = text ? shape[shape.length - 1] : type.bytes;
    int size = element;
    for (int n : row) {
      size = Math.multiplyExact(size, n);
    }
    if (size < 1) {
      throw new IllegalArgumentException("rows of nothing");
    }
    rowBytes = size;
    rowsPerChunk = Math.clamp(CHUNK_BYTES / rowBytes, 1, rows);
    chunk = chunk();
  }

  private ByteBuffer chunk() {
    return ByteBuffer.allocate(rowsPerChunk * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Leaves chunks as they are: for numbers that deflating takes longer for than it is worth. */
  public Hdf5Dataset plain() {
    require(rows == 0);
    deflates = false;
    return this;
  }

  /**
   * Appends a row of floats.
   *
   * @param values the last dimension varying fastest
   */
  public void append(float[] values) {
    require(type == Type.FLOAT32 && values.length * Float.BYTES == rowBytes);
    chunk.asFloatBuffer().put(values);
    chunk.position(chunk.position() + rowBytes);
    next();
  }

  /** Appends a row of one number. */
  public void append(long value) {
    require(type == Type.INT64 && rowBytes == Long.BYTES);
    chunk.putLong(value);
    next();
  }

  /** Appends a row of one truth value. */
  public void append(boolean value) {
    require(type == Type.BOOLEAN && rowBytes == 1);
    chunk.put((byte) (value ? 1 : 0));
    next();
  }

  /** Appends a row of bytes, or a text, which is cut or padded. */
  public void append(byte[] values) {
    require(type == Type.TEXT || type == Type.INT8 && values.length == rowBytes);
    chunk.put(values, 0, Math.min(values.length, rowBytes));
    chunk.put(new byte[rowBytes - Math.min(values.length, rowBytes)]);
    next();
  }

  private static void require(boolean ok) {
    if (!ok) {
      throw new IllegalArgumentException("not a row of this dataset");
    }
  }

  private void next() {
    rows++;
    if (!chunk.hasRemaining()) {
      flush();
      chunk = chunk();
    }
  }

  /**
   * Ends the chunk that has been gathered; once after the last row. Chunks are whole, and behind
   * that row there are zeros.
   */
  void flush() {
    if (chunk.position() == 0) {
      return;
    }
    byte[] full = chunk.array();
    deflated.add(
        deflates
            ? CompletableFuture.supplyAsync(() -> deflate(full), file.deflating())
            : CompletableFuture.completedFuture(full));
    write(AHEAD);
  }

  /** Writes chunks, the first ones, until so many are left that may not have been deflated yet. */
  private void write(int left) {
    while (deflated.size() > left) {
      byte[] bytes = deflated.remove().join();
      chunks.add(new long[] {file.write(bytes), bytes.length});
    }
  }

  private static byte[] deflate(byte[] all) {
    ByteArrayOutputStream squeezed = new ByteArrayOutputStream(all.length / 2);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(all);
      deflater.finish();
      byte[] part = new byte[1 << 14];
      while (!deflater.finished()) {
        squeezed.write(part, 0, deflater.deflate(part));
      }
    } finally {
      deflater.end();
    }
    return squeezed.toByteArray();
  }

  /** Writes, once all is flushed, what is left, the tree and the header; the header's address. */
  long finish() {
    write(0);
    long tree = chunks.isEmpty() ? Hdf5Output.UNDEFINED : tree();
    int rank = 1 + row.length;
    LittleEndian space = new LittleEndian().u8(1).u8(rank).u8(0).u8(0).u32(0).u64(rows);
    LittleEndian layout = new LittleEndian().u8(3).u8(2).u8(rank + 1).u64(tree).u32(rowsPerChunk);
    for (int n : row) {
      space.u64(n);
      layout.u32(n);
    }
    layout.u32(element);
    List<Hdf5Output.Message> messages = new ArrayList<>();
    messages.add(new Hdf5Output.Message(0x01, space));
    messages.add(new Hdf5Output.Message(0x03, datatype()));
    // No fill value of its own; space comes chunk by chunk.
    messages.add(new Hdf5Output.Message(0x05, new LittleEndian().u8(2).u8(3).u8(2).u8(1).u32(0)));
    if (deflates) {
      LittleEndian deflate = new LittleEndian().u8(1).u8(1).u16(0).u32(0);
      deflate.u16(1).u16(0).u16(1).u16(1).u32(Deflater.BEST_SPEED).u32(0);
      messages.add(new Hdf5Output.Message(0x0b, deflate));
    }
    messages.add(new Hdf5Output.Message(0x08, layout));
    return file.header(messages);
  }

  private LittleEndian datatype() {
    LittleEndian out = new LittleEndian();
    return switch (type) {
      case FLOAT32 ->
          out.u8(0x11)
              .u8(0x20)
              .u8(31)
              .u8(0)
              .u32(4)
              .u16(0)
              .u16(32)
              .u8(23)
              .u8(8)
              .u8(0)
              .u8(23)
              .u32(127);
      case INT8 -> int8(out);
      case INT64 -> int64();
      case BOOLEAN ->
          int8(out.u8(0x18).u16(2).u8(0).u32(1))
              .bytes(Hdf5Output.ascii("FALSE\0\0\0TRUE\0\0\0\0"))
              .u8(0)
              .u8(1);
      case TEXT -> out.u8(0x13).u8(0x11).u8(0).u8(0).u32(element);
    };
  }

  private static LittleEndian int8(LittleEndian out) {
    return out.u8(0x10).u8(0x08).u8(0).u8(0).u32(1).u16(0).u16(8);
  }

  /** A signed number of 8 bytes, padded to whole words. */
  static LittleEndian int64() {
    return new LittleEndian().u8(0x10).u8(0x08).u8(0).u8(0).u32(8).u16(0).u16(64).u32(0);
  }

  /** The tree over all chunks, leaves first; returns the address of its root. */
  private long tree() {
    int n = chunks.size();
    int keySize = 8 + 8 * (2 + row.length);
    int nodeSize = NODE_HEADER + (2 * HALF + 1) * keySize + 2 * HALF * 8;
    long[] children = new long[n];
    long[] first = new long[n]; // the first chunk below each child
    for (int i = 0; i < n; i++) {
      children[i] = chunks.get(i)[0];
      first[i] = i;
    }
    for (int level = 0; ; level++) {
      int nodes = (children.length + 2 * HALF - 1) / (2 * HALF);
      long[] above = new long[nodes];
      long[] firstAbove = new long[nodes];
      long at = file.position();
      for (int node = 0; node < nodes; node++) {
        int from = node * 2 * HALF;
        int used = Math.min(2 * HALF, children.length - from);
        LittleEndian out = new LittleEndian();
        out.bytes(Hdf5Output.ascii("TREE")).u8(1).u8(level).u16(used);
        out.u64(node == 0 ? Hdf5Output.UNDEFINED : at + (node - 1L) * nodeSize);
        out.u64(node == nodes - 1 ? Hdf5Output.UNDEFINED : at + (node + 1L) * nodeSize);
        for (int i = from; i < from + used; i++) {
          key(out, first[i]);
          out.u64(children[i]);
        }
        key(out, from + used < children.length ? first[from + used] : n);
        out.bytes(new byte[nodeSize - out.size()]);
        above[node] = file.write(out.toBytes());
        firstAbove[node] = first[from];
      }
      if (nodes == 1) {
        return above[0];
      }
      children = above;
      first = firstAbove;
    }
  }

  private void key(LittleEndian out, long index) {
    out.u32(index < chunks.size() ? chunks.get((int) index)[1] : 0).u32(0);
    out.u64(index * rowsPerChunk);
    for (int i = 0; i <= row.length; i++) {
      out.u64(0);
    }
  }
}
