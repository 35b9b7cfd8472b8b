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
  private static final int SPAN = 15;
  private static final int KEPT = 500;
  private static final int SAMPLED = 16;

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
  private final long[] letter = new long[POSITIONS];

  /** Of a position, one bit for each distance at which its base comes again. */
  private final long[] later = new long[POSITIONS];

  /** And at which it came before. */
  private final long[] earlier = new long[POSITIONS];

  private int positions;

  /** The k-mers in the order in which they are met, the same one several times. */
  private long[] keys = new long[1 << 13];

  private double[] values = new double[keys.length];
  private int count;

  /** The places of those that are there several times, and of some others. */
  private int[] repeats = new int[keys.length];

  private int repeated;

  /** Where k-mers that repeat were met first, by a hash; -1 for nothing. */
  private int[] first = new int[1 << 10];

  private int[] used = new int[first.length / 2];
  private long[] packed = new long[0];

  /** For positive patterns (sign 1) or negative ones (-1). */
  GappedKmers(ScoredSequences data, int sign) {
    this.data = data;
    this.sign = sign;
    Arrays.fill(first, -1);
  }

  Vector of(Seqlet seqlet) {
    choose(seqlet);
    generate();
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

  /** All k-mers, by their positions: those of the first, of those the ones of the second, ... */
  private void generate() {
    for (int i = 0; i < positions; i++) {
      later[i] = 0;
      earlier[i] = 0;
      for (int j = 0; j < positions; j++) {
        if (i != j && base[i] == base[j]) {
          // Distances of 63 and more share a bit: at worst something is looked up in vain.
          long bit = 1L << Math.min(63, Math.abs(position[i] - position[j]));
          later[i] |= j > i ? bit : 0;
          earlier[i] |= j < i ? bit : 0;
        }
      }
    }
    for (int a = 0; a < positions; a++) {
      int end = a + 1;
      while (end < positions && position[end] - position[a] < SPAN) {
        // What a base at a position adds to the key of k-mers that begin at a.
        letter[end] = (long) (base[end] + 1) << BITS * (position[end] - position[a]);
        end++;
      }
      long key = base[a] + 1;
      for (int b = a + 1; b < end; b++) {
        for (int c = b + 1; c < end; c++) {
          long three = key | letter[b] | letter[c];
          double sum = weight[a] + weight[b] + weight[c];
          long l = later[a] & later[b] & later[c];
          long e = earlier[a] & earlier[b] & earlier[c];
          for (int d = c + 1; d < end; d++) {
            grow(three | letter[d], sum + weight[d], l & later[d], e & earlier[d], d, end);
          }
        }
      }
    }
  }

  /**
   * Adds the k-mer of 4 whose last position is d, and those of 5 and 6 that begin with it.
   *
   * @param l distances at which all of its bases come again
   * @param e distances at which they came before
   */
  private void grow(long four, double sum, long l, long e, int d, int end) {
    int left = end - d - 1;
    int room = count + 1 + left * (left + 1) / 2;
    if (room > keys.length) {
      keys = Arrays.copyOf(keys, Math.max(room, 2 * keys.length));
      values = Arrays.copyOf(values, keys.length);
      repeats = Arrays.copyOf(repeats, keys.length);
    }
    add(four, sum / 4, l | e);
    for (int i = d + 1; i < end; i++) {
      long five = four | letter[i];
      double more = sum + weight[i];
      long l5 = l & later[i];
      long e5 = e & earlier[i];
      add(five, more / 5, l5 | e5);
      for (int j = i + 1; j < end; j++) {
        add(five | letter[j], (more + weight[j]) / 6, l5 & later[j] | e5 & earlier[j]);
      }
    }
  }

  private void add(long key, double value, long elsewhere) {
    keys[count] = key;
    values[count] = value;
    repeats[repeated] = count++;
    repeated += elsewhere == 0 ? 0 : 1;
  }

  /** The strongest, of equals those found first; forgets all. */
  private Vector strongest() {
    join();
    packed = packed.length < count ? new long[keys.length] : packed;
    int candidates = pack(guess());
    if (candidates < KEPT) {
      candidates = pack(0);
    }
    int kept = Math.min(KEPT, candidates);
    Selection.largest(packed, candidates, kept);
    double squares = 0;
    for (int i = 0; i < kept; i++) {
      double value = values[Selection.index(packed[i])];
      squares += value * value;
    }
    double norm = squares == 0 ? 1 : Math.sqrt(squares);
    long[] outKeys = new long[kept];
    float[] weights = new float[kept];
    int out = 0;
    for (int i = 0; i < kept; i++) {
      int at = Selection.index(packed[i]);
      if (values[at] != 0) {
        outKeys[out] = keys[at];
        weights[out++] = (float) (values[at] / norm);
      }
    }
    count = 0;
    return new Vector(Arrays.copyOf(outKeys, out), Arrays.copyOf(weights, out));
  }

  /** Adds up what is met several times: where it was met first, and 0 is left at the others. */
  private void join() {
    int entries = 0;
    for (int r = 0; r < repeated; r++) {
      int i = repeats[r];
      int slot = slot(keys[i]);
      if (first[slot] >= 0) {
        values[first[slot]] += values[i];
        values[i] = 0;
        continue;
      }
      if (entries == used.length) {
        enlarge();
        slot = slot(keys[i]);
      }
      first[slot] = i;
      used[entries++] = slot;
    }
    for (int i = 0; i < entries; i++) {
      first[used[i]] = -1;
    }
    repeated = 0;
  }

  /** A strength that somewhat more than those wanted have, if every 16th is like the others. */
  private float guess() {
    int sampled = count / SAMPLED;
    int wanted = KEPT * 3 / 2 / SAMPLED;
    if (sampled <= 2 * wanted) {
      return 0;
    }
    for (int i = 0; i < sampled; i++) {
      packed[i] = Selection.pack((float) Math.abs(values[i * SAMPLED]), i);
    }
    Selection.front(packed, sampled, wanted);
    return Selection.value(packed[wanted - 1]);
  }

  /** Packs those of at least some strength; how many. */
  private int pack(float least) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      float strength = (float) Math.abs(values[i]);
      if (strength >= least) {
        packed[n++] = Selection.pack(strength, i);
      }
    }
    return n;
  }

  private int slot(long key) {
    int mask = first.length - 1;
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 40) & mask;
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
