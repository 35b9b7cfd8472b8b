package basewise.scan.device;

/**
 * One lane's work on batches: as many blocks at once as the device has memory for. Where there were
 * more hits than room, more room is made, or fewer blocks are taken, and those blocks are done
 * again; no hit is lost. One thread.
 */
public final class LaneWork implements AutoCloseable {
  /** Above so many hits at once, fewer blocks are taken rather than more memory: 512 MB. */
  private static final long MANY = 1L << 26;

  private final HitLane lane;
  private final LaneLog log;
  private final long room;
  private int span = Integer.MAX_VALUE;

  /**
   * Work for a lane, which is closed with this.
   *
   * @param room for how many hits there is at first
   */
  public LaneWork(HitLane lane, LaneLog log, long room) {
    this.lane = lane;
    this.log = log;
    this.room = room;
  }

  /**
   * Finds all hits of a batch.
   *
   * @throws DeviceMemoryException if the device has not even memory for one block
   */
  public void find(HitBatch batch, FoundHits found) {
    found.clear(batch.stride());
    int from = 0;
    long most = Math.max(1, room);
    while (from < batch.size()) {
      int n = Math.min(span, batch.size() - from);
      if (!reserve((long) n * batch.stride(), most, n)) {
        most = Math.max(1, most / 2);
        continue;
      }
      long hits = lane.find(batch, from, from + n);
      log.launch();
      if (hits > lane.room()) {
        log.overflow();
        long more = hits + hits / 8;
        if (hits > MANY && n > 1) {
          halve(n);
        } else {
          most = more;
        }
        continue;
      }
      found.take(lane, from, from + n, hits);
      from += n;
    }
  }

  /**
   * Counts the sums of all hits of a batch on the device; those blocks of it that have been counted
   * before are not counted again.
   *
   * @throws DeviceMemoryException as above; another lane may go on
   */
  public void tally(HitBatch batch) {
    while (batch.tallied() < batch.size()) {
      int from = batch.tallied();
      int n = Math.min(span, batch.size() - from);
      if (reserve((long) n * batch.stride(), 0, n)) {
        lane.tally(batch, from, from + n);
        batch.tallied(from + n);
        log.launch();
      }
    }
  }

  /**
   * Lets the device keep a batch, all of it, where it has memory for that; before {@link #tally}.
   *
   * @param leave bytes of the device's memory that must stay free
   */
  public void keep(HitBatch batch, long leave) {
    int n = batch.size();
    if (n <= span && reserve((long) n * batch.stride(), 0, n)) {
      try {
        batch.kept(lane.keep(batch, leave));
      } catch (DeviceMemoryException e) {
        // What comes beside the bases did not fit; it is not kept, then.
        lane.giveUpKept();
      }
    }
  }

  /** Makes room, if need be where batches were kept, or takes half as many blocks from now on. */
  private boolean reserve(long codes, long hits, int blocks) {
    try {
      lane.reserve(codes, hits);
      return true;
    } catch (DeviceMemoryException e) {
      if (lane.giveUpKept()) {
        return reserve(codes, hits, blocks);
      }
      if (blocks == 1) {
        throw e;
      }
      halve(blocks);
      return false;
    }
  }

  private void halve(int blocks) {
    log.halving();
    span = blocks / 2;
  }

  @Override
  public void close() {
    lane.close();
  }
}
