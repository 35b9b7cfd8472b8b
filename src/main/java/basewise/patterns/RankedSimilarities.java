package basewise.patterns;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The similarities of a sample's members with one another, of which one asks how many are above a
 * number: at least and at most, from counts of buckets that lie in the nearest cache, or exactly.
 */
final class RankedSimilarities {
  private final float[] pairs;
  private final int ones;
  private final int zeros;
  private final float least;
  private final float scale;

  /**
   * How many are in a bucket or above. Buckets are of one width, but for the first, of what is
   * below the others, and the last two, of what is above them and of nothing.
   */
  private final int[] above;

  private double @Nullable [] sorted;

  /**
   * Takes similarities, which are kept.
   *
   * @param pairs each once, though there are two of each
   * @param ones members that are 1 like themselves
   * @param zeros members without contributions, which are 0 like themselves
   * @param buckets those in one are not told apart at once
   */
  RankedSimilarities(float[] pairs, int ones, int zeros, int buckets) {
    this.pairs = pairs;
    this.ones = ones;
    this.zeros = zeros;
    float from = Float.MAX_VALUE;
    float to = -Float.MAX_VALUE;
    for (float v : pairs) {
      from = Math.min(from, v);
      to = Math.max(to, v);
    }
    least = from;
    scale = to > from ? buckets / (to - from) : 0;
    above = new int[buckets + 3];
    count(pairs);
    above[bucket(1)] += ones;
    above[bucket(0)] += zeros;
    for (int b = buckets + 1; b >= 0; b--) {
      above[b] += above[b + 1];
    }
  }

  private void count(float[] values) {
    for (float v : values) {
      above[bucket(v)] += 2;
    }
  }

  /** Never lower of a larger number. */
  private int bucket(float x) {
    return Math.clamp((int) ((x - least) * scale), -1, above.length - 3) + 1;
  }

  /** How many they are. */
  double size() {
    return 2.0 * pairs.length + ones + zeros;
  }

  /**
   * Adds how many are above numbers, of all of them together: to the first sum too few, if not the
   * right number, to the second too many.
   */
  void addAbove(float[] x, long[] sums) {
    long few = 0;
    long many = 0;
    for (float number : x) {
      int b = bucket(number);
      few += above[b + 1];
      many += above[b];
    }
    sums[0] += few;
    sums[1] += many;
  }

  /** Prepares for {@link #above}. */
  void sort() {
    if (sorted == null) {
      double[] all = new double[pairs.length];
      Arrays.setAll(all, i -> pairs[i]);
      Arrays.sort(all);
      sorted = all;
    }
  }

  /** How many are above a number, those equal to it counting half. */
  double above(float x) {
    if (sorted == null) {
      throw new IllegalStateException("not sorted");
    }
    int own = x < 0 ? 2 * (ones + zeros) : x == 0 ? 2 * ones + zeros : x < 1 ? 2 * ones : 0;
    int twice = 2 * (2 * sorted.length - Sorted.atLeast(sorted, x) - Sorted.above(sorted, x));
    return 0.5 * (twice + (x == 1 ? ones : own));
  }
}
