package basewise.patterns;

import java.util.Arrays;

/** Similarities of -1 to 1 of which one asks how many are above a number. */
final class RankedSimilarities {
  private static final int BUCKETS = 1 << 16;

  private final float[] sorted;

  /** Where buckets of numbers begin. */
  private final int[] start;

  private RankedSimilarities(float[] sorted, int[] start) {
    this.sorted = sorted;
    this.start = start;
  }

  static RankedSimilarities of(float[] values) {
    int[] start = new int[BUCKETS + 1];
    for (float v : values) {
      start[bucket(v) + 1]++;
    }
    for (int b = 0; b < BUCKETS; b++) {
      start[b + 1] += start[b];
    }
    float[] sorted = new float[values.length];
    int[] next = Arrays.copyOf(start, BUCKETS);
    for (float v : values) {
      sorted[next[bucket(v)]++] = v;
    }
    for (int b = 0; b < BUCKETS; b++) {
      Arrays.sort(sorted, start[b], start[b + 1]);
    }
    return new RankedSimilarities(sorted, start);
  }

  private static int bucket(float v) {
    return Math.clamp((int) ((v + 1) * (BUCKETS / 2)), 0, BUCKETS - 1);
  }

  /** How many are above a number, those equal to it counting half. */
  double above(float x) {
    int b = bucket(x);
    int end = start[b + 1];
    int below = start[b];
    for (int most = end; below < most; ) {
      int middle = (below + most) >>> 1;
      if (sorted[middle] < x) {
        below = middle + 1;
      } else {
        most = middle;
      }
    }
    int equal = below;
    while (equal < end && sorted[equal] == x) {
      equal++;
    }
    return sorted.length - equal + 0.5 * (equal - below);
  }
}
