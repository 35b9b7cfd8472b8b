package basewise.scan.device;

import basewise.sequence.Dna;
import java.util.Arrays;

/** Blocks of codes, a byte each. */
public final class CodeBatch extends HitBatch {
  private final byte[] unknown;

  /**
   * An empty batch.
   *
   * @param blocks how many it can hold
   * @param capacity how many codes of a block at most
   */
  public CodeBatch(HitDevice device, int blocks, int capacity) {
    super(device, blocks, stride(capacity), (long) blocks * stride(capacity));
    unknown = new byte[stride()];
    Arrays.fill(unknown, Dna.N);
  }

  /** How far apart blocks of a capacity lie. */
  private static int stride(int capacity) {
    return (capacity + HitDevice.TILE - 1) / HitDevice.TILE * HitDevice.TILE;
  }

  /**
   * Takes a copy of a block.
   *
   * @param block its place in the batch
   * @param from codes 0-4; the last of the n is N, so that no window reaches into the next block
   * @param n how many codes
   * @param limit windows that start there or later are not looked at
   */
  public void put(int block, byte[] from, int n, int limit) {
    long at = (long) block * stride();
    data().put(at, from, 0, n);
    data().put(at + n, unknown, 0, stride() - n);
    startLimit(block, limit);
  }
}
