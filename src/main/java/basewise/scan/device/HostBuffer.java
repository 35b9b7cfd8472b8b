package basewise.scan.device;

/** Memory of the host that a device copies from or to. Not checked for threads: their ranges must differ. */
public interface HostBuffer extends AutoCloseable {
  /** How many bytes. */
  long bytes();

  /** Writes bytes from a place on. */
  void put(long at, byte[] from, int offset, int n);

  /** Writes ints, in the order of bytes of the machine. */
  void put(long at, int[] from, int offset, int n);

  /** Reads longs. */
  void get(long at, long[] into, int offset, int n);

  @Override
  void close();
}
