package basewise.scan;

import basewise.scan.device.HitBatch;
import basewise.scan.device.HitDevice;
import basewise.scan.device.KeptBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sequences that devices keep while sums are tallied, for a scan of the same that wants hits: what
 * fits need not be sent twice. It changes nothing but the time: a batch is known again by what is
 * in it (of 2bit, by where that is from), and whatever is not kept is sent. Closing it gives the
 * memory back.
 */
public final class KeptSequences implements AutoCloseable {
  private final List<HitDevice> devices;
  private final boolean numbered;
  private final Map<Long, Kept> batches = new ConcurrentHashMap<>();

  /** A batch, what it is known by, and who keeps it. */
  @SuppressWarnings("ArrayRecordComponent") // private bulk data
  private record Kept(HitDevice device, KeptBatch there, int stride, int[] limits, int[] checks) {}

  /**
   * Nothing yet.
   *
   * @param numbered whether the scan to come is {@link HitSink#numbered}
   */
  KeptSequences(List<HitDevice> devices, boolean numbered) {
    this.devices = devices;
    this.numbered = numbered;
  }

  /** Whether blocks are cut as for a scan whose numbers count. */
  boolean numbered() {
    return numbered;
  }

  /** How many batches are kept. */
  int size() {
    return batches.size();
  }

  /**
   * Notes what a device keeps of a batch, if anything.
   *
   * @param first the number of its first block
   */
  void put(long first, HitDevice device, HitBatch batch) {
    KeptBatch there = batch.kept();
    if (there != null) {
      batches.put(first, new Kept(device, there, batch.stride(), limits(batch), batch.checks()));
    }
  }

  /**
   * Looks up what is kept of a batch, and tells the batch.
   *
   * @param first the number of its first block
   * @return who keeps it, or null
   */
  @Nullable HitDevice find(long first, HitBatch batch) {
    Kept kept = batches.get(first);
    if (kept == null
        || kept.stride != batch.stride()
        || !Arrays.equals(kept.limits, limits(batch))
        || !Arrays.equals(kept.checks, batch.checks())) {
      return null;
    }
    batch.kept(kept.there);
    return kept.device;
  }

  private static int[] limits(HitBatch batch) {
    int[] limits = new int[batch.size()];
    Arrays.setAll(limits, batch::startLimit);
    return limits;
  }

  @Override
  public void close() {
    batches.clear();
    devices.forEach(HitDevice::restartKeeping);
  }
}
