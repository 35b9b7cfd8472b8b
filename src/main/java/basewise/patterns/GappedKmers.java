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

  private long[] slots = new long[1 << 13];
  private double[] sums = new double[slots.length];
  private int[] used = new int[slots.length / 2];
  private int count;
  private long[] packed = new long[used.length];

  /** For positive patterns (sign 1) or negative ones (-1). */
  GappedKmers(ScoredSequences data, int sign) {
    this.data = data;
    this.sign = sign;
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
    int slot = slot(key);
    if (slots[slot] == 0) {
      if (count == used.length) {
        enlarge();
        slot = slot(key);
      }
      slots[slot] = key;
      used[count++] = slot;
    }
    sums[slot] += value;
  }

  private int slot(long key) {
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 40) & slots.length - 1;
    while (slots[slot] != 0 && slots[slot] != key) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private void enlarge() {
    long[] keys = new long[count];
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      keys[i] = slots[used[i]];
      values[i] = sums[used[i]];
    }
    slots = new long[2 * slots.length];
    sums = new double[slots.length];
    used = new int[slots.length / 2];
    packed = new long[used.length];
    for (int i = 0; i < count; i++) {
      used[i] = slot(keys[i]);
      slots[used[i]] = keys[i];
      sums[used[i]] = values[i];
    }
  }

  /** The strongest, of equals those found first; clears the table. */
  private Vector strongest() {
    for (int i = 0; i < count; i++) {
      packed[i] = Selection.pack((float) Math.abs(sums[used[i]]), i);
    }
    int kept = Math.min(KEPT, count);
    Selection.largest(packed, count, kept);
    long[] keys = new long[kept];
    float[] weights = new float[kept];
    double squares = 0;
    for (int i = 0; i < kept; i++) {
      int slot = used[Selection.index(packed[i])];
      squares += sums[slot] * sums[slot];
    }
    double norm = squares == 0 ? 1 : Math.sqrt(squares);
    int out = 0;
    for (int i = 0; i < kept; i++) {
      int slot = used[Selection.index(packed[i])];
      if (sums[slot] != 0) {
        keys[out] = slots[slot];
        weights[out++] = (float) (sums[slot] / norm);
      }
    }
    for (int i = 0; i < count; i++) {
      slots[used[i]] = 0;
      sums[used[i]] = 0;
    }
    count = 0;
    return new Vector(Arrays.copyOf(keys, out), Arrays.copyOf(weights, out));
  }
}
