package basewise.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of a binary file as they grow, numbers with their least byte first. */
public final class LittleEndian {
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);

  private ByteBuffer room(int more) {
    if (buffer.remaining() < more) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + more))
              .order(ByteOrder.LITTLE_ENDIAN);
      larger.put(buffer.flip());
      buffer = larger;
    }
    return buffer;
  }

  /** Appends the lowest 8 bits. */
  public LittleEndian u8(int x) {
    room(1).put((byte) x);
    return this;
  }

  /** Appends the lowest 16 bits. */
  public LittleEndian u16(int x) {
    room(2).putShort((short) x);
    return this;
  }

  /** Appends the lowest 32 bits. */
  public LittleEndian u32(long x) {
    room(4).putInt((int) x);
    return this;
  }

  /** Appends 64 bits. */
  public LittleEndian u64(long x) {
    room(8).putLong(x);
    return this;
  }

  /** Appends a float. */
  public LittleEndian f32(float x) {
    room(4).putFloat(x);
    return this;
  }

  /** Appends floats. */
  public LittleEndian f32(float[] x) {
    for (float v : x) {
      room(4).putFloat(v);
    }
    return this;
  }

  /** Appends a double. */
  public LittleEndian f64(double x) {
    room(8).putDouble(x);
    return this;
  }

  /** Appends bytes as they are. */
  public LittleEndian bytes(byte[] b) {
    room(b.length).put(b);
    return this;
  }

  /** How many bytes there are. */
  public int size() {
    return buffer.position();
  }

  /** The bytes are [0, {@link #size}). */
  public byte[] array() {
    return buffer.array();
  }

  /** Forgets the bytes and keeps the room. */
  public void clear() {
    buffer.clear();
  }

  /** The bytes alone. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
