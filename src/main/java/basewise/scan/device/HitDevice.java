package basewise.scan.device;

/**
 * A device that holds the tables of some matrices and finds their hits, every one and no other: it
 * equals {@link basewise.scan.kernel.ScalarHitKernel}. Safe to share between threads; each brings
 * its own lane.
 */
public interface HitDevice extends AutoCloseable {
  /** Windows whose hits lie together: {@link HitLane#fetch}. */
  int TILE = 1024;

  /**
   * A way through the device, with memory of its own there; closed before the device.
   *
   * @param log hears what is copied and how long it takes
   * @throws DeviceMemoryException if the device has no memory for it
   */
  HitLane lane(LaneLog log);

  /** Memory of the host that is copied to and from the device fast, of any content. */
  HostBuffer host(long bytes);

  /**
   * Forgets what was tallied.
   *
   * @param bySum whether sums will be told apart; else only hits of each matrix are counted, which
   *     is faster
   */
  void beginTally(boolean bySum);

  /**
   * Tells how often each sum was tallied by all lanes since; called when no lane is at work. Where
   * sums are not told apart, all hits of a matrix are told with its cutoff.
   */
  void tallied(SumTally to);

  /** Gives up all that lanes keep; from now on they may keep again. */
  void restartKeeping();

  /** What it is and how it scans, for {@code -v}. */
  String describe();

  @Override
  void close();
}
