package basewise.patterns;

/**
 * Which rows have a gapped k-mer: what the products of a row with all others need and no more. Rows
 * are seqlets [0, n) and their other strands [n, 2n); only k-mers of the former are held.
 */
final class KmerPostings {
  /** The k-mers of seqlets, numbered; those of row i are [rowStart[i], rowStart[i + 1]). */
  private final int[] rowStart;

  private final int[] rowKmers;
  private final float[] rowWeights;

  /** The rows of each k-mer, likewise. */
  private final int[] start;

  private final int[] rows;
  private final float[] weights;

  private KmerPostings(
      int[] rowStart,
      int[] rowKmers,
      float[] rowWeights,
      int[] start,
      int[] rows,
      float[] weights) {
    this.rowStart = rowStart;
    this.rowKmers = rowKmers;
    this.rowWeights = rowWeights;
    this.start = start;
    this.rows = rows;
    this.weights = weights;
  }

  static KmerPostings of(GappedKmers.Vector[] vectors, int n) {
    int[] rowStart = new int[n + 1];
    for (int i = 0; i < n; i++) {
      rowStart[i + 1] = Math.addExact(rowStart[i], vectors[i].keys().length);
    }
    int[] rowKmers = new int[rowStart[n]];
    float[] rowWeights = new float[rowStart[n]];
    Numbers numbers = new Numbers();
    for (int i = 0; i < n; i++) {
      long[] keys = vectors[i].keys();
      for (int k = 0; k < keys.length; k++) {
        rowKmers[rowStart[i] + k] = numbers.number(keys[k], true);
      }
      System.arraycopy(vectors[i].weights(), 0, rowWeights, rowStart[i], keys.length);
    }
    int[][] turned = new int[n][];
    int[] start = new int[numbers.count + 1];
    for (int kmer : rowKmers) {
      start[kmer + 1]++;
    }
    for (int i = 0; i < n; i++) {
      long[] keys = vectors[n + i].keys();
      turned[i] = new int[keys.length];
      for (int k = 0; k < keys.length; k++) {
        turned[i][k] = numbers.number(keys[k], false);
        if (turned[i][k] >= 0) {
          start[turned[i][k] + 1]++;
        }
      }
    }
    for (int kmer = 0; kmer < numbers.count; kmer++) {
      start[kmer + 1] = Math.addExact(start[kmer + 1], start[kmer]);
    }
    int[] next = start.clone();
    int[] rows = new int[start[numbers.count]];
    float[] weights = new float[rows.length];
    for (int i = 0; i < n; i++) {
      for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
        int at = next[rowKmers[e]]++;
        rows[at] = i;
        weights[at] = rowWeights[e];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < turned[i].length; k++) {
        if (turned[i][k] >= 0) {
          int at = next[turned[i][k]]++;
          rows[at] = n + i;
          weights[at] = vectors[n + i].weights()[k];
        }
      }
    }
    return new KmerPostings(rowStart, rowKmers, rowWeights, start, rows, weights);
  }

  /** Adds the products of seqlet i with all 2n rows. */
  void multiply(int i, float[] products) {
    for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
      float w = rowWeights[e];
      int end = start[rowKmers[e] + 1];
      for (int q = start[rowKmers[e]]; q < end; q++) {
        products[rows[q]] += w * weights[q];
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
