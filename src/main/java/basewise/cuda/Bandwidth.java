package basewise.cuda;

import java.util.List;

/** How fast bytes move between the host and a device, and within it. */
public final class Bandwidth {
  private static final long BYTES = 256 << 20;
  private static final long LITTLE = 1 << 20;
  private static final int REPEATS = 8;
  private static final double GIGA = 1e9;

  private Bandwidth() {}

  /**
   * Measures copies of 256 MiB from and to pinned memory, one direction at a time and both, and
   * within the device, where a copy reads and writes: both count.
   *
   * @param context of a device that has nothing else to do
   */
  public static List<Measured> measure(CudaContext context) {
    // An emulation moves bytes by the processor.
    long bytes = context.device().emulation() ? LITTLE : Math.min(BYTES, context.freeMemory() / 4);
    try (PinnedBuffer here = context.pinned(bytes);
        PinnedBuffer back = context.pinned(bytes);
        DeviceBuffer there = context.allocate(bytes);
        DeviceBuffer other = context.allocate(bytes);
        CudaStream stream = context.stream();
        CudaStream second = context.stream()) {
      here.fill(0, bytes, (byte) 1);
      back.fill(0, bytes, (byte) 2);
      stream.fill(other, 0, bytes, (byte) 3);
      double up = rate(context, stream, bytes, () -> stream.toDevice(there, 0, here, 0, bytes));
      double down = rate(context, stream, bytes, () -> stream.toHost(back, 0, there, 0, bytes));
      double within =
          rate(context, stream, 2 * bytes, () -> stream.onDevice(other, 0, there, 0, bytes));
      double both = both(stream, second, here, back, there, other, bytes);
      return List.of(
          new Measured("host to device, pinned", up, "GB/s"),
          new Measured("device to host, pinned", down, "GB/s"),
          new Measured("both directions at a time, sum", both, "GB/s"),
          new Measured("within the device, read and written", within, "GB/s"));
    }
  }

  private static double rate(CudaContext context, CudaStream stream, long bytes, Runnable copy) {
    return bytes / (milliseconds(context, stream, REPEATS, copy) * 1e-3) / GIGA;
  }

  /**
   * How long something takes on a device, after it was done once to be warm.
   *
   * @param queue queues it in {@code stream}
   * @return milliseconds for one of {@code repeats}
   */
  public static double milliseconds(
      CudaContext context, CudaStream stream, int repeats, Runnable queue) {
    try (CudaEvent start = context.event();
        CudaEvent end = context.event()) {
      queue.run();
      stream.record(start);
      for (int i = 0; i < repeats; i++) {
        queue.run();
      }
      stream.record(end);
      stream.synchronize();
      return Math.max(end.millisecondsSince(start), 1e-6f) / (double) repeats;
    }
  }

  private static double both(
      CudaStream up,
      CudaStream down,
      PinnedBuffer here,
      PinnedBuffer back,
      DeviceBuffer there,
      DeviceBuffer other,
      long bytes) {
    long start = System.nanoTime();
    for (int i = 0; i < REPEATS; i++) {
      up.toDevice(there, 0, here, 0, bytes);
      down.toHost(back, 0, other, 0, bytes);
    }
    up.synchronize();
    down.synchronize();
    return 2.0 * REPEATS * bytes / (System.nanoTime() - start);
  }
}
