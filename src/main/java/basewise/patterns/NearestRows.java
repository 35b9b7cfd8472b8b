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

  /** Numbers that a row is offered at a time: all may be kept for a while. */
  private static final int OFFERED = 64;

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
      for (int begin = from; begin < to; begin += OFFERED) {
        int end = Math.min(to, begin + OFFERED);
        long[] mine = room(row);
        count[row] = passed(numbers, at + begin - from, begin, end, least[row], mine, count[row]);
      }
    }
  }

  /**
   * Offers numbers to the rows [from, to): from each of {@code numbers} those that begin at {@code
   * at}, the first of index {@code index}; only to rows above an index.
   */
  void toAll(float[][] numbers, int many, int at, int index, int from, int to) {
    for (int begin = from; begin < to; begin = (begin / GUARDED + 1) * GUARDED) {
      int end = Math.min(to, (begin / GUARDED + 1) * GUARDED);
      synchronized (locks[begin / GUARDED]) {
        for (int first = 0; first < many; first += OFFERED) {
          int last = Math.min(many, first + OFFERED);
          for (int row = begin; row < end; row++) {
            int below = Math.min(last, row - index);
            if (below > first) {
              long[] mine = room(row);
              count[row] =
                  passed(
                      numbers, first, below, at + row - from, index, least[row], mine, count[row]);
            }
          }
        }
      }
    }
  }

  /**
   * Puts numbers[at, ...) of indices [from, to), as far as they are not below the least, behind the
   * first {@code n} of a row; how many it has then.
   */
  private static int passed(
      float[] numbers, int at, int from, int to, float least, long[] mine, int n) {
    int count = n;
    for (int j = from; j < to; j++) {
      float number = numbers[at + j - from];
      mine[count] = Selection.pack(number, j);
      // Added and not branched to: whether a number passes, no processor can foresee.
      count += number >= least ? 1 : 0;
    }
    return count;
  }

  /** The same of the numbers at a place of each of {@code numbers}[from, to). */
  private static int passed(
      float[][] numbers, int from, int to, int at, int index, float least, long[] mine, int n) {
    int count = n;
    for (int i = from; i < to; i++) {
      float number = numbers[i][at];
      mine[count] = Selection.pack(number, index + i);
      count += number >= least ? 1 : 0;
    }
    return count;
  }

  /** What a row has, with room for as many as are offered at a time. */
  private long[] room(int row) {
    long[] mine = held[row];
    if (mine == null) {
      mine = new long[k + more + OFFERED];
      held[row] = mine;
    } else if (count[row] >= k + more) {
      Selection.front(mine, count[row], k);
      count[row] = k;
      least[row] = Selection.value(mine[k - 1]);
    }
    return mine;
  }

  /** What a row has, packed and the largest first; it is forgotten. */
  long[] take(int row) {
    long[] kept = takeUnsorted(row);
    Selection.largest(kept, kept.length, kept.length);
    return kept;
  }

  /** The same in any order. */
  long[] takeUnsorted(int row) {
    long[] mine = held[row];
    int kept = Math.min(k, count[row]);
    if (mine == null) {
      return new long[0];
    }
    Selection.front(mine, count[row], kept);
    held[row] = null;
    return Arrays.copyOf(mine, kept);
  }
}
