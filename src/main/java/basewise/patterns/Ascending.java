package basewise.patterns;

/** Numbers of indices below n, which come in any order, in the order of the indices. */
final class Ascending {
  private final long[] there;
  private final float[] values;

  Ascending(int n) {
    there = new long[(n + Long.SIZE - 1) / Long.SIZE];
    values = new float[n];
  }

  /** Sets a number; each index once. */
  void set(int index, float value) {
    there[index / Long.SIZE] |= 1L << index;
    values[index] = value;
  }

  /** Moves all that are set to arrays, which have room for no more. */
  void moveTo(int[] index, float[] value) {
    int n = 0;
    for (int w = 0; w < there.length; w++) {
      for (long left = there[w]; left != 0; left &= left - 1) {
        int i = w * Long.SIZE + Long.numberOfTrailingZeros(left);
        index[n] = i;
        value[n++] = values[i];
      }
      there[w] = 0;
    }
  }
}
