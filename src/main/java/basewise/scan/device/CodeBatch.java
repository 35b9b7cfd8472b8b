package basewise.scan.device;

import basewise.sequence.Dna;
import java.util.Arrays;

/**
 * Blocks of codes that go to a device together, each at a multiple of the stride; between them N.
 * Threads may put different blocks at once.
 */
public final class CodeBatch implements AutoCloseable {
  private final byte[] unknown;
  private final int stride;
  private final int[] limits;
  private final HostBuffer codes;
  private int size;
  private int tallied;

  /**
   * An empty batch.
   *
   * @param blocks how many it can hold
   * @param capacity how many codes of a block at most
   */
  public CodeBatch(HitDevice device, int blocks, int capacity) {
    stride = stride(capacity);
    limits = new int[blocks];
    codes = device.host((long) blocks * stride);
    unknown = new byte[stride];
    Arrays.fill(unknown, Dna.N);
  }

  /** How far apart blocks of a capacity lie. */
  public static int stride(int capacity) {
    return (capacity + HitDevice.TILE - 1) / HitDevice.TILE * HitDevice.TILE;
  }

  /**
   * Takes a copy of a block.
   *
   * @param block its place in the batch
   * @param from codes 0-4; the last of the n is N, so that no window reaches into the next block
   * @param n how many codes
   * @param startLimit windows that start there or later are not looked at
   */
  public void put(int block, byte[] from, int n, int startLimit) {
    long at = (long) block * stride;
    codes.put(at, from, 0, n);
    codes.put(at + n, unknown, 0, stride - n);
    limits[block] = startLimit;
  }

  /** Says how many blocks it has, from the first on. */
  public void size(int blocks) {
    size = blocks;
    tallied = 0;
  }

  /** How many blocks have been tallied. */
  int tallied() {
    return tallied;
  }

  /** Says how many blocks have been tallied: whoever goes on does not count them again. */
  void tallied(int blocks) {
    tallied = blocks;
  }

  /** How many blocks it has. */
  public int size() {
    return size;
  }

  /** How many blocks it can hold. */
  public int capacity() {
    return limits.length;
  }

  /** How far apart blocks lie: a multiple of {@link HitDevice#TILE}. */
  public int stride() {
    return stride;
  }

  /** Windows of a block that start there or later are not looked at; counted from its first code. */
  public int startLimit(int block) {
    return limits[block];
  }

  /** The codes. */
  public HostBuffer codes() {
    return codes;
  }

  @Override
  public void close() {
    codes.close();
  }
}
