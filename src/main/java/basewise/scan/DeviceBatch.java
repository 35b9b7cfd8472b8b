package basewise.scan;

import basewise.scan.device.FoundHits;
import basewise.scan.device.HitBatch;
import basewise.scan.device.HitDevice;
import org.jspecify.annotations.Nullable;

/** A place of the ring of {@link DeviceWorkers}: a batch and how far it has come. */
final class DeviceBatch implements AutoCloseable {
  /** How far. */
  enum State {
    FILLING,
    FULL,
    FOUND,
    DONE
  }

  final HitBatch codes;
  final FoundHits found;
  final DeviceInput.@Nullable Unit[] units;
  State state = State.FILLING;

  /** The number of its first block. */
  long first;

  /** Who keeps its bases from an earlier scan. */
  @Nullable HitDevice keeper;

  /** Blocks that have come, and of these, those that are being prepared, and those that were. */
  int filled;

  int taken;
  int prepared;

  DeviceBatch(DeviceInput input, HitDevice device, int blocks) {
    codes = input.batch(device, blocks);
    found = new FoundHits(device);
    units = new DeviceInput.Unit[blocks];
  }

  void reset() {
    state = State.FILLING;
    keeper = null;
    filled = 0;
    taken = 0;
    prepared = 0;
  }

  @Override
  public void close() {
    codes.close();
    found.close();
  }
}
