package basewise.scan.device;

import org.jspecify.annotations.Nullable;

/**
 * A way through a device: what one thread has found at a time. Other lanes of the device copy and
 * compute meanwhile.
 */
public interface HitLane extends AutoCloseable {
  /**
   * Makes room on the device for batches and their hits; never less than there was.
   *
   * @param places of bases at once, a multiple of {@link HitDevice#TILE}
   * @param hits how many at once; 0 where hits are only tallied
   * @throws DeviceMemoryException if the device has not so much memory; there may be less than
   *     before
   */
  void reserve(long places, long hits);

  /** How many times it goes through a batch, each with some of the matrices. */
  int passes();

  /** How many hits there is room for. */
  long room();

  /**
   * Finds the hits of some blocks of a batch, and waits until that is done. What this device keeps
   * of the batch ({@link HitBatch#kept}) is not sent again.
   *
   * @return how many there are; if that is more than {@link #room}, some are lost and it must be
   *     done again
   */
  long find(HitBatch batch, int from, int to);

  /**
   * Gets the hits of the last {@link #find}. Those that one pass finds in one tile lie together in
   * any order; the tiles, in any order. A tile is {@link HitDevice#TILE} places of one block.
   *
   * @param hits gets them, each as {@code start in its block << 42 | (2 * motif + strand) << 21 |
   *     sum}
   * @param first [pass][tile] gets where the hits of each tile begin
   * @param count [pass][tile] gets how many each has
   */
  void fetch(HostBuffer hits, int[] first, int[] count);

  /**
   * Brings a whole batch to the device to stay there until {@link HitDevice#restartKeeping} or
   * {@link #giveUpKept}; there must be room for it ({@link #reserve}) as well. It may be used once
   * {@link #tally} of it has returned.
   *
   * @param leave bytes of the device's memory that must stay free
   * @return null where there is no memory for it
   */
  @Nullable KeptBatch keep(HitBatch batch, long leave);

  /**
   * Gives up all that the device keeps, for want of memory, and keeps no more.
   *
   * @return whether memory became free that way, by this lane or another, since it last asked
   */
  boolean giveUpKept();

  /** Counts the sums of the hits of some blocks on the device, and waits until that is done. */
  void tally(HitBatch batch, int from, int to);

  @Override
  void close();
}
