package basewise.scan.device;

/**
 * Blocks that go to a device together, each at a multiple of the stride and complete in itself:
 * what lies behind its last base is unknown, so that no window reaches into the next. Threads may
 * put different blocks at once.
 */
public abstract sealed class HitBatch implements AutoCloseable permits CodeBatch, PackedBatch {
  private final int stride;
  private final int[] limits;
  private final HostBuffer data;
  private int size;
  private int tallied;

  /**
   * An empty batch.
   *
   * @param blocks how many it can hold
   * @param stride how far apart they lie: a multiple of {@link HitDevice#TILE}
   * @param bytes of the host for all
   */
  HitBatch(HitDevice device, int blocks, int stride, long bytes) {
    this.stride = stride;
    limits = new int[blocks];
    data = device.host(bytes);
  }

  /** Says how many blocks it has, from the first on; none of them has been tallied. */
  public final void size(int blocks) {
    size = blocks;
    tallied = 0;
  }

  /** How many blocks it has. */
  public final int size() {
    return size;
  }

  /** How many blocks it can hold. */
  public final int capacity() {
    return limits.length;
  }

  /** How far apart blocks lie: a multiple of {@link HitDevice#TILE}. */
  public final int stride() {
    return stride;
  }

  /** Windows of a block that start there or later are not looked at; from its first place on. */
  public final int startLimit(int block) {
    return limits[block];
  }

  final void startLimit(int block, int limit) {
    limits[block] = limit;
  }

  /** How many blocks have been tallied. */
  final int tallied() {
    return tallied;
  }

  /** Says how many blocks have been tallied: whoever goes on does not count them again. */
  final void tallied(int blocks) {
    tallied = blocks;
  }

  /** The bases. */
  public final HostBuffer data() {
    return data;
  }

  @Override
  public final void close() {
    data.close();
  }
}
