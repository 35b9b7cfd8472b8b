package basewise.scan.output;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes of a binary file as they grow, numbers with their least byte first. */
final class LittleEndian {
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

  LittleEndian u8(int x) {
    room(1).put((byte) x);
    return this;
  }

  LittleEndian u16(int x) {
    room(2).putShort((short) x);
    return this;
  }

  LittleEndian u32(long x) {
    room(4).putInt((int) x);
    return this;
  }

  LittleEndian u64(long x) {
    room(8).putLong(x);
    return this;
  }

  LittleEndian f32(float x) {
    room(4).putFloat(x);
    return this;
  }

  LittleEndian f64(double x) {
    room(8).putDouble(x);
    return this;
  }

  LittleEndian bytes(byte[] b) {
    room(b.length).put(b);
    return this;
  }

  int size() {
    return buffer.position();
  }

  byte[] array() {
    return buffer.array();
  }

  void clear() {
    buffer.clear();
  }

  byte[] toBytes() {
    return java.util.Arrays.copyOf(buffer.array(), buffer.position());
  }
}
