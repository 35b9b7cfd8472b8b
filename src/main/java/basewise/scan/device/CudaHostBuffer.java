package basewise.scan.device;

import basewise.cuda.PinnedBuffer;
import java.nio.ByteBuffer;

/** Pinned memory. */
record CudaHostBuffer(PinnedBuffer memory) implements HostBuffer {
  /** The memory of a buffer that came from a CUDA device. */
  static PinnedBuffer of(HostBuffer buffer) {
    if (buffer instanceof CudaHostBuffer(PinnedBuffer memory)) {
      return memory;
    }
    throw new IllegalArgumentException("not memory of a CUDA device");
  }

  @Override
  public long bytes() {
    return memory.bytes();
  }

  @Override
  public void put(long at, byte[] from, int offset, int n) {
    memory.put(at, from, offset, n);
  }

  @Override
  public void put(long at, int[] from, int offset, int n) {
    memory.put(at, from, offset, n);
  }

  @Override
  public void get(long at, int[] into, int offset, int n) {
    memory.get(at, into, offset, n);
  }

  @Override
  public ByteBuffer view(long at, int bytes) {
    return memory.view(at, bytes);
  }

  @Override
  public void get(long at, long[] into, int offset, int n) {
    memory.get(at, into, offset, n);
  }

  @Override
  public void close() {
    memory.close();
  }
}
