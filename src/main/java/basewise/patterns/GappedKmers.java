package basewise.patterns;

import java.util.Arrays;

/**
 * A seqlet as its gapped k-mers (Shrikumar et al. 2018, section 1.3): of the 20 positions that
 * contribute most, every choice of 4, 5 or 6 that spans at most 15, weighed by its mean
 * contribution; what occurs several times adds up, the 500 strongest stay, and the whole has length
 * 1. On the other strand they are the same, {@linkplain #turned turned}. One object serves one
 * thread.
 */
final class GappedKmers {
  private static final int POSITIONS = 20;

  /** Positions over which a k-mer stretches at most. */
  static final int SPAN = 15;

  /** K-mers that a seqlet has at most. */
  static final int KEPT = 500;

  /** More than sums of six numbers are off. */
  private static final double ROUNDING = 1e-6;

  /** Bits of a base and its distance from the first; 0 is a gap. */
  private static final int BITS = 3;

  /** The lowest bit of each letter. */
  private static final long LOW_BITS = 0x1249249249249249L;

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

  /** What one, two and three positions weigh at most, from each on. */
  private final double[] one = new double[POSITIONS + 1];

  private final double[] two = new double[POSITIONS + 1];
  private final double[] three = new double[POSITIONS + 1];

  /** The weights after a position, and at the end no weight. */
  private final double[] following = new double[SPAN + 1];

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
  private long[] packed = new long[1 << 13];

  /** For positive patterns (sign 1) or negative ones (-1). */
  GappedKmers(ScoredSequences data, int sign) {
    this.data = data;
    this.sign = sign;
    Arrays.fill(first, -1);
  }

  Vector of(Seqlet seqlet) {
    choose(seqlet);
    findRepeats();
    float least = guess();
    generate(least > 0 ? least * (1 - ROUNDING) : Double.NEGATIVE_INFINITY);
    int strong = candidates(least);
    if (strong < KEPT && least > 0) {
      count = 0;
      generate(Double.NEGATIVE_INFINITY);
      strong = candidates(0);
    }
    return strongest(strong);
  }

  /** What a k-mer is on the other strand. */
  static long turned(long key) {
    // All letters in reverse; each, of three bits, reversed as well: 1, 2, 3, 4 are 4, 2, 6, 1.
    long reversed = Long.reverse(key) >>> 64 % BITS;
    reversed >>>= Long.numberOfTrailingZeros(reversed) / BITS * BITS;
    long low = reversed & LOW_BITS;
    long middle = reversed & LOW_BITS << 1;
    long high = reversed & LOW_BITS << 2;
    return low | middle | middle >>> 1 & ~(high >>> 2) | high & ~(middle << 1);
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
    Selection.front(order, order.length, positions);
    long last = positions == 0 ? 0 : order[positions - 1];
    for (int i = 0, p = 0; p < positions; i++) {
      if (Selection.pack(contributions[i], i) >= last) {
        int code = data.code(seqlet, i);
        position[p] = i;
        base[p] = code > 3 ? 0 : code;
        weight[p++] = contributions[i];
      }
    }
  }

  /**
   * The k-mers, by their positions: those of the first, of those the ones of the second, ... Of
   * those that are there once, some whose mean is below {@code least} are left out.
   */
  private void generate(double least) {
    for (int a = 0; a < positions; a++) {
      begin(a, least);
    }
  }

  /** Those whose first position is a. */
  private void begin(int a, double least) {
    int end = a + 1;
    while (end < positions && position[end] - position[a] < SPAN) {
      // What a base at a position adds to the key of k-mers that begin at a.
      letter[end] = (long) (base[end] + 1) << BITS * (position[end] - position[a]);
      end++;
    }
    weighEnds(a, end);
    for (int b = a + 1; b < end; b++) {
      begin(a, b, end, least);
    }
  }

  /** Those whose first positions are a and b: a method each, or Java would compile all at once. */
  private void begin(int a, int b, int end, double least) {
    long key = base[a] + 1 | letter[b];
    for (int c = b + 1; c < end; c++) {
      double sum = weight[a] + weight[b] + weight[c];
      long l = later[a] & later[b] & later[c];
      long e = earlier[a] & earlier[b] & earlier[c];
      double most = Math.max(sum + one[c + 1], (sum + two[c + 1]) * 4 / 5);
      if ((l | e) != 0 || Math.max(most, (sum + three[c + 1]) * 4 / 6) >= 4 * least) {
        grow(key | letter[c], sum, l, e, c, end, least);
      }
    }
  }

  /** At which distances bases come again; those at which fewer than four do make no k-mer. */
  private void findRepeats() {
    Arrays.fill(later, 0);
    Arrays.fill(earlier, 0);
    // Of each distance how many, in binary; four and more are kept.
    long ones = 0;
    long twos = 0;
    long fours = 0;
    for (int i = 0; i < positions - 1; i++) {
      for (int j = i + 1; j < positions; j++) {
        // Distances of 63 and more share a bit: at worst something is looked up in vain.
        long bit = base[i] == base[j] ? 1L << Math.min(63, position[j] - position[i]) : 0;
        later[i] |= bit;
        earlier[j] |= bit;
      }
      long carry = ones & later[i];
      ones ^= later[i];
      fours |= twos & carry;
      twos ^= carry;
    }
    for (int i = 0; i < positions; i++) {
      later[i] &= fours;
      earlier[i] &= fours;
    }
  }

  /** What one, two and three positions before the end, from each after a on, weigh at most. */
  private void weighEnds(int a, int end) {
    one[end] = Double.NEGATIVE_INFINITY;
    two[end] = Double.NEGATIVE_INFINITY;
    three[end] = Double.NEGATIVE_INFINITY;
    for (int i = end - 1; i > a; i--) {
      one[i] = Math.max(one[i + 1], weight[i]);
      two[i] = Math.max(two[i + 1], weight[i] + one[i + 1]);
      three[i] = Math.max(three[i + 1], weight[i] + two[i + 1]);
    }
  }

  /**
   * Adds the k-mers of 4, 5 and 6 that begin with the three whose last position is c.
   *
   * @param l distances at which all of its bases come again
   * @param e distances at which they came before
   */
  private void grow(long key, double three, long l, long e, int c, int end, double least) {
    for (int d = c + 1; d < end; d++) {
      long four = key | letter[d];
      double sum = three + weight[d];
      long l4 = l & later[d];
      long e4 = e & earlier[d];
      int left = end - d - 1;
      room(count + 1 + left * (left + 1) / 2);
      add(four, sum / 4, l4 | e4, least);
      double most = Math.max(sum + one[d + 1], (sum + two[d + 1]) * 5 / 6);
      if ((l4 | e4) != 0 || most >= 5 * least) {
        extend(four, sum, l4, e4, d, end, least);
      }
    }
  }

  /** Those of 5 and 6 that begin with the four whose last position is d. */
  private void extend(long four, double sum, long l, long e, int d, int end, double least) {
    for (int i = d + 1; i < end; i++) {
      long five = four | letter[i];
      double more = sum + weight[i];
      long l5 = l & later[i];
      long e5 = e & earlier[i];
      add(five, more / 5, l5 | e5, least);
      if ((l5 | e5) != 0 || more + one[i + 1] >= 6 * least) {
        for (int j = i + 1; j < end; j++) {
          add(five | letter[j], (more + weight[j]) / 6, l5 & later[j] | e5 & earlier[j], least);
        }
      }
    }
  }

  private void room(int needed) {
    if (needed > keys.length) {
      keys = Arrays.copyOf(keys, Math.max(needed, 2 * keys.length));
      values = Arrays.copyOf(values, keys.length);
      repeats = Arrays.copyOf(repeats, keys.length);
    }
  }

  private void add(long key, double value, long elsewhere, double least) {
    repeats[repeated] = count;
    keys[count] = key;
    values[count] = value;
    // Added and not branched to: which k-mers are kept, no processor can foresee.
    repeated += elsewhere != 0 ? 1 : 0;
    count += elsewhere != 0 | value >= least ? 1 : 0;
  }

  /**
   * A strength that somewhat more k-mers have than are wanted, if every 16th is like the others; 0
   * if all are needed.
   */
  private float guess() {
    int n = 0;
    double lowest = 0;
    for (int a = 0; a < positions; a++) {
      n = sample(a, n);
      lowest = Math.min(lowest, weight[a]);
    }
    int wanted = KEPT * 3 / 2 / KmerSamples.SAMPLED;
    if (n <= 2 * wanted) {
      return 0;
    }
    Selection.front(packed, n, wanted);
    float least = Selection.value(packed[wanted - 1]);
    // Of what is left out none is negative and strong.
    return least > -lowest ? least : 0;
  }

  /** Packs the strengths of some k-mers whose first position is a behind the first n. */
  private int sample(int a, int n) {
    int after = 0;
    while (a + after + 1 < positions && position[a + after + 1] - position[a] < SPAN) {
      after++;
    }
    System.arraycopy(weight, a + 1, following, 0, after);
    return KmerSamples.strengths(after, weight[a], following, packed, n);
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

  /** Joins and packs those of at least some strength; how many. */
  private int candidates(float least) {
    join();
    packed = packed.length < count ? new long[keys.length] : packed;
    int n = 0;
    for (int i = 0; i < count; i++) {
      float strength = (float) Math.abs(values[i]);
      packed[n] = Selection.pack(strength, i);
      n += strength >= least ? 1 : 0;
    }
    return n;
  }

  /** The strongest, of equals those found first, in the order in which they are; forgets all. */
  private Vector strongest(int candidates) {
    long last = Long.MIN_VALUE;
    if (candidates >= KEPT) {
      Selection.front(packed, candidates, KEPT);
      last = packed[KEPT - 1];
    }
    int kept = keep(last);
    count = 0;
    return new Vector(Arrays.copyOf(keys, kept), weights(values, kept));
  }

  /** Moves those to the front that, packed, are no less than the last; how many. */
  private int keep(long last) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      double value = values[i];
      keys[kept] = keys[i];
      values[kept] = value;
      kept += value != 0 & Selection.pack((float) Math.abs(value), i) >= last ? 1 : 0;
    }
    return kept;
  }

  private static float[] weights(double[] values, int n) {
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += values[i] * values[i];
    }
    double norm = Math.sqrt(squares);
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      weights[i] = (float) (values[i] / norm);
    }
    return weights;
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
