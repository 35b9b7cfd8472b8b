package basewise.scan.device;

import java.nio.ByteBuffer;

/** Memory of the host that a device copies from or to. Threads may use different parts at once. */
public interface HostBuffer extends AutoCloseable {
  /** How many bytes. */
  long bytes();

  /** Writes bytes from a place on. */
  void put(long at, byte[] from, int offset, int n);

  /** Writes ints, in the order of bytes of the machine. */
  void put(long at, int[] from, int offset, int n);

  /** Reads ints. */
  void get(long at, int[] into, int offset, int n);

  /** Reads longs. */
  void get(long at, long[] into, int offset, int n);

  /** Some of its bytes, to be written to; dead once this is closed. */
  ByteBuffer view(long at, int bytes);

  @Override
  void close();
}
