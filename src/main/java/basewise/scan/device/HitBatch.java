package basewise.scan.device;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
  private @Nullable KeptBatch kept;
  private int @Nullable [] checks;

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

  /** Says how many blocks it has, from the first on; none of them has been tallied or kept. */
  public final void size(int blocks) {
    size = blocks;
    tallied = 0;
    kept = null;
  }

  /** What a device keeps of it, or null. */
  public final @Nullable KeptBatch kept() {
    return kept;
  }

  /** Says what a device keeps of it, all blocks. */
  public final void kept(@Nullable KeptBatch there) {
    kept = there;
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

  /** From now on it can be known again by what is in it: {@link #checks}. */
  public final void recognise() {
    checks = new int[limits.length];
  }

  /** Whether it needs {@link #check}s. */
  public final boolean recognises() {
    return checks != null;
  }

  /**
   * What each block was said to be; with {@link #startLimit} that tells whether a batch is one that
   * was seen before.
   */
  public final int[] checks() {
    if (checks == null) {
      throw new IllegalStateException("not asked for");
    }
    return Arrays.copyOf(checks, size);
  }

  /** Says by what number a block can be known again. */
  public final void check(int block, int number) {
    if (checks == null) {
      throw new IllegalStateException("not asked for");
    }
    checks[block] = number;
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
