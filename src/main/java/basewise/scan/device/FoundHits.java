package basewise.scan.device;

import java.util.ArrayList;
import java.util.List;

/**
 * The hits of a batch as they came back from a device. Filled by one thread; then several may take
 * different blocks' at once. Reused.
 */
public final class FoundHits implements AutoCloseable {
  private static final long BYTES = Long.BYTES;

  /** What one launch found: blocks [from, to). */
  private static final class Part {
    private HostBuffer hits;
    private int from;
    private int to;
    private int[] first = new int[0];
    private int[] count = new int[0];

    Part(HostBuffer hits) {
      this.hits = hits;
    }

    int tile(int pass, int block, int tiles) {
      return (pass * (to - from) + block - from) * tiles;
    }
  }

  private final HitDevice device;
  private final List<Part> parts = new ArrayList<>();
  private int used;
  private int passes;
  private int tiles;

  /** No hits yet. */
  public FoundHits(HitDevice device) {
    this.device = device;
  }

  /** Forgets all. */
  void clear(int stride) {
    used = 0;
    tiles = stride / HitDevice.TILE;
  }

  /** Takes what a lane found in blocks [from, to). */
  void take(HitLane lane, int from, int to, long hits) {
    if (used == parts.size()) {
      parts.add(new Part(device.host(BYTES * Math.max(1, hits + hits / 8))));
    }
    Part part = parts.get(used++);
    if (part.hits.bytes() < BYTES * hits) {
      part.hits.close();
      part.hits = device.host(BYTES * (hits + hits / 8));
    }
    part.from = from;
    part.to = to;
    passes = lane.passes();
    int n = passes * (to - from) * tiles;
    if (part.first.length < n) {
      part.first = new int[n];
      part.count = new int[n];
    }
    lane.fetch(part.hits, part.first, part.count);
  }

  private Part part(int block) {
    for (int i = 0; i < used; i++) {
      if (block < parts.get(i).to) {
        return parts.get(i);
      }
    }
    throw new IllegalArgumentException("no block " + block);
  }

  /** How many hits a block has. */
  public int size(int block) {
    Part part = part(block);
    long n = 0;
    for (int pass = 0; pass < passes; pass++) {
      int t = part.tile(pass, block, tiles);
      for (int i = t; i < t + tiles; i++) {
        n += Integer.toUnsignedLong(part.count[i]);
      }
    }
    return Math.toIntExact(n);
  }

  /** Copies the hits of a block, tile by tile; the array must have room for {@link #size}. */
  public void copy(int block, long[] into) {
    Part part = part(block);
    int n = 0;
    for (int pass = 0; pass < passes; pass++) {
      int t = part.tile(pass, block, tiles);
      for (int i = t; i < t + tiles; i++) {
        part.hits.get(BYTES * Integer.toUnsignedLong(part.first[i]), into, n, part.count[i]);
        n += part.count[i];
      }
    }
  }

  @Override
  public void close() {
    parts.forEach(p -> p.hits.close());
    parts.clear();
  }
}
