package basewise.scan.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory of the host without a driver. */
public record PlainBuffer(ByteBuffer memory) implements HostBuffer {
  /** Numbers lie in it as the machine has them. */
  public PlainBuffer {
    memory = memory.order(ByteOrder.nativeOrder());
  }

  @Override
  public long bytes() {
    return memory.capacity();
  }

  @Override
  public void put(long at, byte[] from, int offset, int n) {
    memory.put((int) at, from, offset, n);
  }

  @Override
  public void put(long at, int[] from, int offset, int n) {
    memory
        .slice((int) at, Integer.BYTES * n)
        .order(ByteOrder.nativeOrder())
        .asIntBuffer()
        .put(from, offset, n);
  }

  @Override
  public void get(long at, int[] into, int offset, int n) {
    memory
        .slice((int) at, Integer.BYTES * n)
        .order(ByteOrder.nativeOrder())
        .asIntBuffer()
        .get(into, offset, n);
  }

  @Override
  public void get(long at, long[] into, int offset, int n) {
    memory
        .slice((int) at, Long.BYTES * n)
        .order(ByteOrder.nativeOrder())
        .asLongBuffer()
        .get(into, offset, n);
  }

  @Override
  public ByteBuffer view(long at, int bytes) {
    return memory.slice((int) at, bytes);
  }

  @Override
  public void close() {}
}
