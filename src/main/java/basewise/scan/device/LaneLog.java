package basewise.scan.device;

import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What happened to batches, for {@code -v}; shared by all lanes. */
public final class LaneLog {
  private static final double MEGA = 1e6;
  private static final int MANY = 1000;

  private final LongAdder launches = new LongAdder();
  private final LongAdder overflows = new LongAdder();
  private final LongAdder halvings = new LongAdder();
  private final LongAdder resident = new LongAdder();
  private final LongAdder up = new LongAdder();
  private final LongAdder down = new LongAdder();
  private final Map<HitDevice, Busy> busy = new IdentityHashMap<>();

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

  /** Blocks lay on the device already. */
  void resident() {
    resident.increment();
  }

  /** How often blocks lay on the device already. */
  public long residents() {
    return resident.sum();
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

  /**
   * Kernels of a batch were at work, by the device's own clock.
   *
   * @param device whose; batches of several lanes may overlap
   * @param from seconds since any one moment
   * @param to seconds since the same moment
   */
  public void kernels(HitDevice device, double from, double to) {
    synchronized (busy) {
      busy.computeIfAbsent(device, d -> new Busy()).add(from, to);
    }
  }

  /** How long kernels were at work in all, of several devices the longest. */
  public double kernelSeconds() {
    synchronized (busy) {
      return busy.values().stream().mapToDouble(Busy::seconds).max().orElse(0);
    }
  }

  /** Stretches of time, joined where they overlap. */
  private static final class Busy {
    private final TreeMap<Double, Double> stretches = new TreeMap<>();
    private double before;

    void add(double from, double to) {
      double start = from;
      double end = to;
      Map.Entry<Double, Double> other = stretches.floorEntry(end);
      while (other != null && other.getValue() >= start) {
        start = Math.min(start, other.getKey());
        end = Math.max(end, other.getValue());
        stretches.remove(other.getKey());
        other = stretches.floorEntry(end);
      }
      stretches.put(start, end);
      // No lane is so far behind the others.
      while (stretches.size() > MANY) {
        Map.Entry<Double, Double> first = stretches.pollFirstEntry();
        before += first.getValue() - first.getKey();
      }
    }

    double seconds() {
      return before
          + stretches.entrySet().stream().mapToDouble(e -> e.getValue() - e.getKey()).sum();
    }
  }

  /** Everything in one line. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%d launches, %.1f MB to the device and %.1f MB back, %.3f s in kernels%s%s%s",
        launches.sum(),
        up.sum() / MEGA,
        down.sum() / MEGA,
        kernelSeconds(),
        told(resident, "on what the device had kept"),
        told(overflows, "done again for want of room"),
        told(halvings, "halved for want of memory"));
  }

  private static String told(LongAdder times, String what) {
    return times.sum() == 0 ? "" : String.format(Locale.ROOT, ", %d %s", times.sum(), what);
  }
}
