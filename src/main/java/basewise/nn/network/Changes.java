package basewise.nn.network;

import java.util.Arrays;

/**
 * How the values of one node differ from those of the input as it is, for several variants of it:
 * only rows that differ are kept. Row r of a variant is {@code width} numbers at values place[r] *
 * width and on; a variant's rows are in the order of their places.
 *
 * @param first number of the first row of each variant, and last of all the number of rows
 * @param place of each row
 * @param values [row][width]: the difference; there may be room for more
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data; never compared
record Changes(int width, int[] first, int[] place, float[] values) {
  int variants() {
    return first.length - 1;
  }

  int rows() {
    return place.length;
  }

  /** How many numbers. */
  int size() {
    return rows() * width;
  }

  /** Other differences at the same places. */
  Changes with(float[] newValues) {
    return new Changes(width, first, place, newValues);
  }

  /** Without the rows in which nothing differs; in the same array. */
  Changes compact() {
    int[] newFirst = new int[first.length];
    int[] newPlace = new int[rows()];
    int n = 0;
    for (int v = 0; v < variants(); v++) {
      for (int r = first[v]; r < first[v + 1]; r++) {
        if (differs(r)) {
          if (n < r) {
            System.arraycopy(values, r * width, values, n * width, width);
          }
          newPlace[n++] = place[r];
        }
      }
      newFirst[v + 1] = n;
    }
    return n == rows() ? this : new Changes(width, newFirst, Arrays.copyOf(newPlace, n), values);
  }

  private boolean differs(int row) {
    for (int i = row * width; i < (row + 1) * width; i++) {
      if (values[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** The same in rows of another width, a multiple of this one: of a vector, say. */
  Changes inRowsOf(int newWidth, Buffers buffers) {
    if (newWidth == width) {
      return this;
    }
    int each = newWidth / width;
    int[] newFirst = new int[first.length];
    int[] newPlace = new int[rows()];
    int[] row = new int[rows()];
    int n = 0;
    for (int v = 0; v < variants(); v++) {
      for (int r = first[v]; r < first[v + 1]; r++) {
        int to = place[r] / each;
        if (n == newFirst[v] || newPlace[n - 1] != to) {
          newPlace[n++] = to;
        }
        row[r] = n - 1;
      }
      newFirst[v + 1] = n;
    }
    float[] out = buffers.zeros(n * newWidth);
    for (int r = 0; r < rows(); r++) {
      int at = row[r] * newWidth + place[r] % each * width;
      System.arraycopy(values, r * width, out, at, width);
    }
    return new Changes(newWidth, newFirst, Arrays.copyOf(newPlace, n), out);
  }

  /** Puts together the places of rows, variant by variant, in order and each once. */
  static final class Places {
    private final int[] first;
    private final boolean[] marked;
    private int[] place = new int[64];
    private int n;
    private int variant;
    private int low = Integer.MAX_VALUE;
    private int high = -1;

    /** Number of the row at each place, of the variant ended last. */
    private final int[] row;

    Places(int variants, int places) {
      first = new int[variants + 1];
      marked = new boolean[places];
      row = new int[places];
    }

    void mark(int at) {
      marked[at] = true;
      low = Math.min(low, at);
      high = Math.max(high, at);
    }

    /** Ends a variant; until the next ends, {@link #row} knows its rows. */
    void end() {
      for (int at = low; at <= high; at++) {
        if (marked[at]) {
          marked[at] = false;
          if (n == place.length) {
            place = Arrays.copyOf(place, 2 * n);
          }
          row[at] = n;
          place[n++] = at;
        }
      }
      first[++variant] = n;
      low = Integer.MAX_VALUE;
      high = -1;
    }

    /** Number of the row at a place that was marked. */
    int row(int at) {
      return row[at];
    }

    int rows() {
      return n;
    }

    /** All variants, nothing different yet. */
    Changes zeros(int width, Buffers buffers) {
      return new Changes(width, first, Arrays.copyOf(place, n), buffers.zeros(n * width));
    }

    /** All variants, whatever was in the array. */
    Changes any(int width, Buffers buffers) {
      return new Changes(width, first, Arrays.copyOf(place, n), buffers.any(n * width));
    }
  }
}
