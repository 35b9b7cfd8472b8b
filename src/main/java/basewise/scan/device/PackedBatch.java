package basewise.scan.device;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Blocks of bases as UCSC's 2bit has them, four a byte, with the stretches that are unknown. */
public final class PackedBatch extends HitBatch {
  private final int[][] runs;

  /**
   * An empty batch.
   *
   * @param blocks how many it can hold
   * @param stride how many bases of a block: a multiple of {@link HitDevice#TILE}
   */
  public PackedBatch(HitDevice device, int blocks, int stride) {
    super(device, blocks, stride, (long) blocks * (stride / 4));
    runs = new int[blocks][];
  }

  /** Where the bytes of a block go; all of it. */
  public ByteBuffer bytes(int block) {
    return data().view((long) block * (stride() / 4), stride() / 4);
  }

  /**
   * Says what the bytes of a block do not.
   *
   * @param limit windows that start there or later are not looked at
   * @param unknown starts and ends of the stretches that are not known, in turn, in order; the last
   *     ends with the block
   * @param n how many ints
   */
  public void put(int block, int limit, int[] unknown, int n) {
    startLimit(block, limit);
    runs[block] = Arrays.copyOf(unknown, n);
  }

  /** Starts and ends of the unknown stretches of a block. */
  public int[] runs(int block) {
    return runs[block];
  }
}
