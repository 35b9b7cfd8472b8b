package basewise.patterns;

import java.util.Arrays;

/**
 * Of each of many rows the k largest of numbers that come in any order, with their indices; of
 * equal ones those of lower indices. Threads may offer numbers at the same time.
 */
final class NearestRows {
  /** Rows that one lock guards. */
  private static final int GUARDED = 64;

  /** Numbers more than are kept that all rows may hold together; a row a quarter of its own. */
  private static final int SPARE = 1 << 22;

  private final int k;
  private final int more;
  private final long[][] held;
  private final int[] count;

  /** No number below it is among the k largest of a row. */
  private final float[] least;

  private final Object[] locks;

  NearestRows(int rows, int k) {
    this.k = k;
    more = Math.max(64, Math.max(k / 4, Math.min(k, SPARE / Math.max(1, rows))));
    held = new long[rows][];
    count = new int[rows];
    least = new float[rows];
    Arrays.fill(least, Float.NEGATIVE_INFINITY);
    locks = new Object[(rows + GUARDED - 1) / GUARDED];
    Arrays.setAll(locks, i -> new Object());
  }

  /** Offers numbers[at, ...) of indices [from, to) to a row. */
  void toOne(int row, float[] numbers, int at, int from, int to) {
    synchronized (locks[row / GUARDED]) {
      for (int j = from; j < to; j++) {
        float number = numbers[at + j - from];
        if (number >= least[row]) {
          insert(row, number, j);
        }
      }
    }
  }

  /**
   * Offers numbers to the rows [from, to): from each of {@code numbers} those that begin at {@code
   * at}, the first of index {@code index}; only to rows above an index.
   */
  void toAll(float[][] numbers, int count, int at, int index, int from, int to) {
    for (int begin = from; begin < to; ) {
      int end = Math.min(to, (begin / GUARDED + 1) * GUARDED);
      synchronized (locks[begin / GUARDED]) {
        for (int i = 0; i < count; i++) {
          int first = Math.max(begin, index + i + 1);
          offer(numbers[i], at + first - from, index + i, first, end);
        }
      }
      begin = end;
    }
  }

  private void offer(float[] numbers, int at, int index, int from, int to) {
    for (int j = from; j < to; j++) {
      float number = numbers[at + j - from];
      if (number >= least[j]) {
        insert(j, number, index);
      }
    }
  }

  private void insert(int row, float number, int index) {
    long[] mine = held[row];
    if (mine == null) {
      mine = new long[k + more];
      held[row] = mine;
    }
    mine[count[row]++] = Selection.pack(number, index);
    if (count[row] == mine.length) {
      Selection.front(mine, mine.length, k);
      count[row] = k;
      least[row] = Selection.value(mine[k - 1]);
    }
  }

  /** What a row has, packed and the largest first; it is forgotten. */
  long[] take(int row) {
    long[] mine = held[row];
    int kept = Math.min(k, count[row]);
    if (mine == null) {
      return new long[0];
    }
    Selection.largest(mine, count[row], kept);
    held[row] = null;
    return Arrays.copyOf(mine, kept);
  }
}
