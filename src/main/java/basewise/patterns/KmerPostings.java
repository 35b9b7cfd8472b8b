package basewise.patterns;

import basewise.patterns.kernel.DenseColumns;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which rows have a gapped k-mer: what the products of a row with all others need and no more. Rows
 * are seqlets [0, n) and their other strands [n, 2n); only k-mers of the former are held. Those
 * that many rows have are columns of their own, the others lists of rows.
 */
final class KmerPostings {
  /** A k-mer that one of so many rows has is a column. */
  private static final int DENSE = 16;

  /** A column needs as many rows: with fewer, nothing is gained. */
  private static final int LEAST_ROWS = 128;

  private static final int MOST_COLUMNS = 1024;

  /** Numbers that all columns have together. */
  private static final int MOST_NUMBERS = 1 << 27;

  private final int n;

  /** The k-mers of seqlets, by number: of row i first those that have columns. */
  private final int[] rowStart;

  private final int[] rowLists;
  private final int[] rowKmers;
  private final float[] rowWeights;

  /** The rows of each k-mer that has no column: [start[k], start[k + 1]). */
  private final int[] start;

  private final int[] rows;
  private final float[] weights;
  private final @Nullable DenseColumns columns;

  static KmerPostings of(GappedKmers.Vector[] vectors, int n) {
    return new KmerPostings(vectors, n);
  }

  private KmerPostings(GappedKmers.Vector[] vectors, int n) {
    this.n = n;
    rowStart = new int[n + 1];
    for (int i = 0; i < n; i++) {
      rowStart[i + 1] = Math.addExact(rowStart[i], vectors[i].keys().length);
    }
    rowKmers = new int[rowStart[n]];
    rowWeights = new float[rowStart[n]];
    Numbers numbers = new Numbers();
    for (int i = 0; i < n; i++) {
      long[] keys = vectors[i].keys();
      for (int k = 0; k < keys.length; k++) {
        rowKmers[rowStart[i] + k] = numbers.number(keys[k], true);
      }
      System.arraycopy(vectors[i].weights(), 0, rowWeights, rowStart[i], keys.length);
    }
    int[][] turned = new int[n][];
    int[] count = new int[numbers.count];
    for (int kmer : rowKmers) {
      count[kmer]++;
    }
    for (int i = 0; i < n; i++) {
      long[] keys = vectors[n + i].keys();
      turned[i] = new int[keys.length];
      for (int k = 0; k < keys.length; k++) {
        turned[i][k] = numbers.number(keys[k], false);
        if (turned[i][k] >= 0) {
          count[turned[i][k]]++;
        }
      }
    }
    int[] column = new int[numbers.count];
    int dense = columns(count, column);
    columns = dense == 0 ? null : new DenseColumns(dense, 2 * n);
    start = new int[numbers.count + 1];
    for (int kmer = 0; kmer < numbers.count; kmer++) {
      start[kmer + 1] = Math.addExact(start[kmer], column[kmer] < 0 ? count[kmer] : 0);
    }
    int[] next = start.clone();
    rows = new int[start[numbers.count]];
    weights = new float[rows.length];
    rowLists = new int[n];
    for (int i = 0; i < n; i++) {
      for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
        post(rowKmers[e], i, rowWeights[e], column, next);
      }
      rowLists[i] = columnsFirst(rowStart[i], rowStart[i + 1], column);
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < turned[i].length; k++) {
        if (turned[i][k] >= 0) {
          post(turned[i][k], n + i, vectors[n + i].weights()[k], column, next);
        }
      }
    }
  }

  /** Numbers the k-mers that many rows have, the others -1; how many there are. */
  private int columns(int[] count, int[] column) {
    int most = Math.min(MOST_COLUMNS, MOST_NUMBERS / DenseColumns.room(2 * n));
    int least = Math.max(LEAST_ROWS, 2 * n / DENSE);
    TopK commonest = new TopK(most);
    for (int kmer = 0; kmer < count.length; kmer++) {
      column[kmer] = -1;
      if (count[kmer] >= least) {
        commonest.offer(count[kmer], kmer);
      }
    }
    int dense = commonest.sort();
    for (int i = 0; i < dense; i++) {
      column[commonest.index(i)] = i;
    }
    return dense;
  }

  private void post(int kmer, int row, float weight, int[] column, int[] next) {
    if (columns != null && column[kmer] >= 0) {
      columns.set(column[kmer], row, weight);
    } else {
      int at = next[kmer]++;
      rows[at] = row;
      weights[at] = weight;
    }
  }

  /** Moves k-mers with columns to the front, and names their columns; where the others begin. */
  private int columnsFirst(int from, int to, int[] column) {
    int[] kmers = Arrays.copyOfRange(rowKmers, from, to);
    float[] values = Arrays.copyOfRange(rowWeights, from, to);
    int out = from;
    for (int i = 0; i < kmers.length; i++) {
      if (column[kmers[i]] >= 0) {
        rowKmers[out] = column[kmers[i]];
        rowWeights[out++] = values[i];
      }
    }
    int lists = out;
    for (int i = 0; i < kmers.length; i++) {
      if (column[kmers[i]] < 0) {
        rowKmers[out] = kmers[i];
        rowWeights[out++] = values[i];
      }
    }
    return lists;
  }

  /** As many numbers as {@link #multiply} needs for a row's products. */
  int room() {
    return DenseColumns.room(2 * n);
  }

  /** Sets the products of seqlets [from, to) with all 2n rows. */
  void multiply(int from, int to, float[][] products) {
    for (int i = from; i < to; i++) {
      float[] sums = products[i - from];
      Arrays.fill(sums, 0);
      for (int e = rowLists[i]; e < rowStart[i + 1]; e++) {
        float w = rowWeights[e];
        int end = start[rowKmers[e] + 1];
        for (int q = start[rowKmers[e]]; q < end; q++) {
          sums[rows[q]] += w * weights[q];
        }
      }
    }
    if (columns != null) {
      for (int tile = 0; tile < DenseColumns.count(2 * n); tile++) {
        for (int i = from; i < to; i++) {
          columns.add(tile, rowKmers, rowWeights, rowStart[i], rowLists[i], products[i - from]);
        }
      }
    }
  }

  /** Numbers for keys, in the order in which they come. */
  private static final class Numbers {
    private long[] keys = new long[1 << 16];
    private int[] numbers = new int[keys.length];
    private int count;

    /** The number of a key; -1 if it has none and gets none. */
    int number(long key, boolean make) {
      int slot = slot(key);
      if (keys[slot] == key) {
        return numbers[slot];
      }
      if (!make) {
        return -1;
      }
      if (2 * count >= keys.length) {
        enlarge();
        slot = slot(key);
      }
      keys[slot] = key;
      numbers[slot] = count;
      return count++;
    }

    private int slot(long key) {
      int mask = keys.length - 1;
      int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
      while (keys[slot] != 0 && keys[slot] != key) {
        slot = slot + 1 & mask;
      }
      return slot;
    }

    private void enlarge() {
      long[] oldKeys = keys;
      int[] oldNumbers = numbers;
      keys = new long[2 * oldKeys.length];
      numbers = new int[keys.length];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          int slot = slot(oldKeys[i]);
          keys[slot] = oldKeys[i];
          numbers[slot] = oldNumbers[i];
        }
      }
    }
  }
}
