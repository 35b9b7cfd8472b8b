package basewise.scan;

import basewise.scan.device.HitDevice;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Batches that wait for a lane, and lanes that wait for a batch. Not thread-safe. */
final class FullBatches {
  private final ArrayDeque<DeviceBatch> batches = new ArrayDeque<>();
  private final IdentityHashMap<HitDevice, Integer> waiting = new IdentityHashMap<>();

  boolean isEmpty() {
    return batches.isEmpty();
  }

  void add(DeviceBatch batch) {
    batches.add(batch);
  }

  /** Puts back one that was taken. */
  void putBack(DeviceBatch batch) {
    batches.addFirst(batch);
  }

  /** A lane of a device begins to wait. */
  void waits(HitDevice device) {
    waiting.merge(device, 1, Integer::sum);
  }

  /** It waits no more. */
  void waitsNoMore(HitDevice device) {
    waiting.merge(device, -1, Integer::sum);
  }

  /**
   * Takes a batch for a lane: one that its device keeps, or else the first that no device keeps
   * that has a lane waiting, which is about to take it.
   */
  @Nullable DeviceBatch takeFor(HitDevice device) {
    DeviceBatch best = null;
    for (DeviceBatch batch : batches) {
      HitDevice keeper = batch.keeper;
      if (keeper == device) {
        best = batch;
        break;
      }
      if (best == null && (keeper == null || waiting.getOrDefault(keeper, 0) == 0)) {
        best = batch;
      }
    }
    if (best != null) {
      batches.remove(best);
    }
    return best;
  }
}
