package basewise.patterns;

import java.util.Arrays;

/**
 * A seqlet as its gapped k-mers (Shrikumar et al. 2018, section 1.3): of the 20 positions that
 * contribute most, every choice of 4, 5 or 6 that spans at most 15, weighed by its mean
 * contribution; what occurs several times adds up, the 500 strongest stay, and the whole has length
 * 1. One object serves one thread.
 */
final class GappedKmers {
  private static final int POSITIONS = 20;
  private static final int SHORTEST = 4;
  private static final int LONGEST = 6;
  private static final int SPAN = 15;
  private static final int KEPT = 500;

  /** Bits of a k-mer's hash. */
  private static final int HASH = 17;

  /** Bits of a base and its distance from the first; 0 is a gap. */
  private static final int BITS = 3;

  /**
   * Gapped k-mers and their weights.
   *
   * @param keys of base + 1 at {@code BITS} times the distance from the first position
   */
  record Vector(long[] keys, float[] weights) {}

  private final ScoredSequences data;
  private final int sign;

  private final int[] position = new int[POSITIONS];
  private final int[] base = new int[POSITIONS];
  private final double[] weight = new double[POSITIONS];
  private int positions;

  /** The k-mers in the order in which they are met, the same one several times. */
  private long[] keys = new long[1 << 13];

  private double[] values = new double[keys.length];
  private int count;

  /** One bit for each of many hashes of k-mers: those met, and those met more than once. */
  private final long[] met = new long[1 << HASH - 6];

  private final long[] again = new long[met.length];

  /** Where k-mers whose hash was met more than once were met first, by a hash; -1 for nothing. */
  private int[] first = new int[1 << 10];

  private int[] used = new int[first.length / 2];
  private final TopK strongest = new TopK(KEPT);

  /** For positive patterns (sign 1) or negative ones (-1). */
  GappedKmers(ScoredSequences data, int sign) {
    this.data = data;
    this.sign = sign;
    Arrays.fill(first, -1);
  }

  Vector of(Seqlet seqlet) {
    choose(seqlet);
    for (int i = 0; i < positions; i++) {
      grow(1, i, i, (base[i] + 1), weight[i]);
    }
    return strongest();
  }

  private void choose(Seqlet seqlet) {
    long[] order = new long[seqlet.length()];
    float[] contributions = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      int code = data.code(seqlet, i);
      contributions[i] = code > 3 ? 0 : sign * data.hypothetical(seqlet, i, code);
      order[i] = Selection.pack(contributions[i], i);
    }
    positions = Math.min(POSITIONS, order.length);
    Selection.largest(order, order.length, positions);
    for (int i = 0; i < positions; i++) {
      position[i] = Selection.index(order[i]);
    }
    Arrays.sort(position, 0, positions);
    for (int i = 0; i < positions; i++) {
      int code = data.code(seqlet, position[i]);
      base[i] = code > 3 ? 0 : code;
      weight[i] = contributions[position[i]];
    }
  }

  /** Adds every k-mer that goes on from one whose positions run from {@code first} to here. */
  private void grow(int length, int first, int last, long key, double sum) {
    for (int i = last + 1; i < positions; i++) {
      int distance = position[i] - position[first];
      if (distance >= SPAN) {
        return;
      }
      long longer = key | (long) (base[i] + 1) << BITS * distance;
      double more = sum + weight[i];
      if (length + 1 >= SHORTEST) {
        add(longer, more / (length + 1));
      }
      if (length + 1 < LONGEST) {
        grow(length + 1, first, i, longer, more);
      }
    }
  }

  private void add(long key, double value) {
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    keys[count] = key;
    values[count++] = value;
    int hash = hash(key, HASH);
    long bit = 1L << hash;
    again[hash >>> 6] |= met[hash >>> 6] & bit;
    met[hash >>> 6] |= bit;
  }

  private static int hash(long key, int bits) {
    return (int) (key * 0x9E3779B97F4A7C15L >>> Long.SIZE - bits);
  }

  /** The strongest, of equals those found first; forgets all. */
  private Vector strongest() {
    strongest.clear();
    int repeated = 0;
    for (int i = 0; i < count; i++) {
      int hash = hash(keys[i], HASH);
      if ((again[hash >>> 6] >>> hash & 1) == 0) {
        strongest.offer((float) Math.abs(values[i]), i);
        continue;
      }
      int slot = slot(keys[i]);
      if (first[slot] >= 0) {
        values[first[slot]] += values[i];
        continue;
      }
      if (repeated == used.length) {
        enlarge();
        slot = slot(keys[i]);
      }
      first[slot] = i;
      used[repeated++] = slot;
    }
    for (int i = 0; i < repeated; i++) {
      int at = first[used[i]];
      strongest.offer((float) Math.abs(values[at]), at);
      first[used[i]] = -1;
    }
    Arrays.fill(met, 0);
    Arrays.fill(again, 0);
    count = 0;
    int kept = strongest.sort();
    double squares = 0;
    for (int i = 0; i < kept; i++) {
      double value = values[strongest.index(i)];
      squares += value * value;
    }
    double norm = squares == 0 ? 1 : Math.sqrt(squares);
    long[] outKeys = new long[kept];
    float[] weights = new float[kept];
    int out = 0;
    for (int i = 0; i < kept; i++) {
      int at = strongest.index(i);
      if (values[at] != 0) {
        outKeys[out] = keys[at];
        weights[out++] = (float) (values[at] / norm);
      }
    }
    return new Vector(Arrays.copyOf(outKeys, out), Arrays.copyOf(weights, out));
  }

  private int slot(long key) {
    int mask = first.length - 1;
    int slot = hash(key, 31) & mask;
    while (first[slot] >= 0 && keys[first[slot]] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void enlarge() {
    int[] old = first;
    first = new int[2 * old.length];
    Arrays.fill(first, -1);
    for (int i = 0; i < used.length; i++) {
      int at = old[used[i]];
      used[i] = slot(keys[at]);
      first[used[i]] = at;
    }
    used = Arrays.copyOf(used, first.length / 2);
  }
}
