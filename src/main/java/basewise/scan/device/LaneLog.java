package basewise.scan.device;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** What happened to batches, for {@code -v}; shared by all lanes. */
public final class LaneLog {
  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;

  private final LongAdder launches = new LongAdder();
  private final LongAdder overflows = new LongAdder();
  private final LongAdder halvings = new LongAdder();
  private final LongAdder up = new LongAdder();
  private final LongAdder down = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /** Blocks were looked at. */
  void launch() {
    launches.increment();
  }

  /** There was no room for all hits. */
  void overflow() {
    overflows.increment();
  }

  /** There was no memory for so many blocks. */
  void halving() {
    halvings.increment();
  }

  /** How often blocks were done again because there was no room for their hits. */
  public long overflows() {
    return overflows.sum();
  }

  /** How often fewer blocks were taken at once. */
  public long halvings() {
    return halvings.sum();
  }

  /** Bytes went to a device. */
  public void up(long bytes) {
    up.add(bytes);
  }

  /** Bytes came back. */
  public void down(long bytes) {
    down.add(bytes);
  }

  /** Kernels took so long, by the device's own clock. */
  public void kernels(double seconds) {
    nanos.add(Math.round(GIGA * seconds));
  }

  /** How long kernels took in all. */
  public double kernelSeconds() {
    return nanos.sum() / GIGA;
  }

  /** Everything in one line. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%d launches, %.1f MB to the device and %.1f MB back, %.3f s in kernels%s%s",
        launches.sum(),
        up.sum() / MEGA,
        down.sum() / MEGA,
        nanos.sum() / GIGA,
        told(overflows, "done again for want of room"),
        told(halvings, "halved for want of memory"));
  }

  private static String told(LongAdder times, String what) {
    return times.sum() == 0 ? "" : String.format(Locale.ROOT, ", %d %s", times.sum(), what);
  }
}
