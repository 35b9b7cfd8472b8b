package basewise.patterns;

/**
 * The k largest of floats that come one by one, with their indices; of equal ones those of lower
 * indices. In whatever order they come, the same are kept. Not thread-safe.
 */
final class TopK {
  private final int k;
  private final long[] held;
  private int count;

  /** No number below it is among the k largest. */
  private float least = Float.NEGATIVE_INFINITY;

  TopK(int k) {
    this.k = k;
    held = new long[Math.max(2 * k, k + 64)];
  }

  /** Takes a number, which must not be NaN. */
  void offer(float value, int index) {
    if (value >= least) {
      held[count++] = Selection.pack(value, index);
      if (count == held.length) {
        Selection.front(held, count, k);
        count = k;
        least = k == 0 ? Float.POSITIVE_INFINITY : Selection.value(held[k - 1]);
      }
    }
  }

  /** What is kept, the largest first; until the next number comes. */
  int sort() {
    int kept = Math.min(k, count);
    Selection.largest(held, count, kept);
    count = kept;
    return kept;
  }

  /** The index of the number at a place, after {@link #sort}. */
  int index(int place) {
    return Selection.index(held[place]);
  }

  /** The number at a place, after {@link #sort}. */
  float value(int place) {
    return Selection.value(held[place]);
  }
}
