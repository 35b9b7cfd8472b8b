package basewise.scan;

import basewise.scan.device.HitBatch;
import basewise.scan.device.HitDevice;
import org.jspecify.annotations.Nullable;

/** Where the batches of a scan by devices are filled from. Thread-safe. */
interface DeviceInput {
  /** An empty batch of so many blocks. */
  HitBatch batch(HitDevice device, int blocks);

  /**
   * Takes what comes next, or null.
   *
   * @param windows gets those that could be scored
   */
  @Nullable Unit next(WindowCounts windows);

  /** A block that has been taken. */
  interface Unit {
    /** Its running number, from 0. */
    long number();

    /** How many bases it brings that no other does. */
    long fresh();

    /** Puts it into a batch. */
    void put(HitBatch batch, int at, WindowCounts windows);

    /** Its codes, where hits are wanted; of others there are none any more once it was put. */
    @Nullable ScanBlock codes();

    /** Called when nothing of it is needed any more. */
    void free();
  }
}
