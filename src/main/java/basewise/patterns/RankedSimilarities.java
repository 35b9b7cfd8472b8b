package basewise.patterns;

import java.util.Arrays;

/** Similarities of which one asks how many are above a number. */
final class RankedSimilarities {
  /** Numbers of a bucket, on average. */
  private static final int CROWD = 4;

  private final float[] sorted;

  /** Where buckets of numbers begin; they are of one width, from the least to the largest. */
  private final int[] start;

  private final float least;
  private final float scale;

  RankedSimilarities(float[] values) {
    int buckets = Math.max(1, values.length / CROWD);
    float from = Float.MAX_VALUE;
    float to = -Float.MAX_VALUE;
    for (float v : values) {
      from = Math.min(from, v);
      to = Math.max(to, v);
    }
    least = from;
    scale = to > from ? buckets / (to - from) : 0;
    start = new int[buckets + 1];
    for (float v : values) {
      start[bucket(v, buckets) + 1]++;
    }
    for (int b = 0; b < buckets; b++) {
      start[b + 1] += start[b];
    }
    sorted = new float[values.length];
    int[] next = Arrays.copyOf(start, buckets);
    for (float v : values) {
      sorted[next[bucket(v, buckets)]++] = v;
    }
    for (int b = 0; b < buckets; b++) {
      Arrays.sort(sorted, start[b], start[b + 1]);
    }
  }

  /** Never lower of a larger number. */
  private int bucket(float v, int buckets) {
    return Math.clamp((int) ((v - least) * scale), 0, buckets - 1);
  }

  /** How many are above a number, those equal to it counting half. */
  double above(float x) {
    int b = bucket(x, start.length - 1);
    int end = start[b + 1];
    int twice = 2 * (sorted.length - end);
    for (int i = start[b]; i < end; i++) {
      twice += sorted[i] > x ? 2 : sorted[i] == x ? 1 : 0;
    }
    return 0.5 * twice;
  }
}
