package basewise.scan;

import basewise.sequence.Strand;
import java.util.List;

/**
 * How much of a scan by devices is under way; it changes nothing but the time.
 *
 * @param blocks of a batch
 * @param batches of the ring
 * @param lanes of each device
 * @param room for hits of a batch on the device at first
 */
record DeviceSizes(int blocks, int batches, int lanes, long room) {
  private static final int LANES = 2;

  /** Bases and hits that keep a device busy for longer than it takes to start it. */
  private static final int BASES = 1 << 22;

  private static final int TALLIED_CODES = 1 << 23;
  private static final int TALLIED_BASES = 1 << 25;
  static final int HITS = 1 << 22;

  /** For sums, no hits: batches of 8 MB, as codes or packed. */
  static DeviceSizes tallied(int capacity, boolean packed, int devices) {
    int bases = packed ? TALLIED_BASES : TALLIED_CODES;
    return new DeviceSizes(Math.max(1, bases / capacity), LANES * devices + 2, LANES, 0);
  }

  /**
   * Bytes of a device's memory that all its lanes need, twice over.
   *
   * @param stride places of a block
   */
  long work(int stride) {
    return 2L * lanes * (2L * blocks * stride + Long.BYTES * room);
  }

  /** Hits that a base of the background has. */
  static double density(List<ScanMotif> motifs, ScanOptions options) {
    double density = 0;
    for (ScanMotif m : motifs) {
      for (Strand s : options.strands()) {
        density += m.distribution(s).pvalue(m.cutoff(s));
      }
    }
    return density;
  }

  /** For hits: room for half as many more as the background would have. */
  static DeviceSizes of(List<ScanMotif> motifs, ScanOptions options, int capacity, int devices) {
    double density = density(motifs, options);
    double bases = Math.min(BASES, HITS / density);
    int blocks = (int) Math.max(1, bases / capacity);
    long room = (long) (1.5 * density * blocks * capacity) + capacity;
    return new DeviceSizes(blocks, LANES * devices + 2, LANES, room);
  }
}
