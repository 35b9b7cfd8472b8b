package basewise.patterns;

import basewise.patterns.kernel.DenseColumns;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which seqlets have a gapped k-mer: what the products of seqlets with those that come after them
 * need and no more. K-mers that many seqlets have are columns, the others lists of seqlets. On its
 * other strand a seqlet has the same k-mers, turned, so that these serve both strands.
 */
final class KmerPostings {
  /** A k-mer that one of so many seqlets has is a column. */
  private static final int DENSE = 24;

  /** A column needs as many seqlets: with fewer, nothing is gained. */
  private static final int LEAST_ROWS = 64;

  private static final int MOST_COLUMNS = 768;

  /** Numbers that all columns have together. */
  private static final int MOST_NUMBERS = 1 << 26;

  /** Rows of a column are counted in such steps, whatever the width of vectors. */
  private static final int WIDEST = 128;

  /** Seqlets whose products are held at a time: few enough for a cache, and whole tiles. */
  static final int BLOCK = 1 << 13;

  /** Of so many k-mers of a seqlet one tells on which strand it is like others. */
  private static final int SAMPLED = 16;

  private final int n;

  /** The k-mers of seqlets: of row i [rowStart[i], rowStart[i + 1]). */
  private final int[] rowStart;

  /** Each k-mer's column, or a number of its own from {@link #dense} on. */
  private final int[] rowKmers;

  private final float[] rowWeights;

  /** How many have columns. */
  private final int dense;

  /** Of each k-mer what it is on the other strand; -1 if no seqlet has that. */
  private final int[] turned;

  /** Of k-mers that have no column: [start[k - dense], start[k - dense + 1]) of the postings. */
  private final int[] start;

  /** The seqlets that have a k-mer, the last first. */
  private final int[] postings;

  /** And its weight in them. */
  private final float[] weights;

  private final @Nullable DenseColumns columns;

  /** Collects seqlets, one after the other. */
  static final class Builder {
    private final int[] rowStart;
    private final int[] rowKmers;
    private final float[] rowWeights;
    private final KmerNumbers numbers = new KmerNumbers();

    /** Of each k-mer how many have it. */
    private int[] count = new int[1 << 15];

    private int rows;

    private final boolean bothStrands;

    /** For so many, each as it is read or, where both strands are the same, as it is on either. */
    Builder(int n, boolean bothStrands) {
      this.bothStrands = bothStrands;
      rowStart = new int[n + 1];
      rowKmers = new int[Math.multiplyExact(n, GappedKmers.KEPT)];
      rowWeights = new float[rowKmers.length];
    }

    /** How many there are. */
    int rows() {
      return rows;
    }

    /** Adds the next. */
    void add(GappedKmers.Vector vector) {
      int at = rowStart[rows];
      long[] keys = vector.keys();
      System.arraycopy(vector.weights(), 0, rowWeights, at, keys.length);
      while (count.length < numbers.count() + keys.length) {
        count = Arrays.copyOf(count, Math.multiplyExact(2, count.length));
      }
      boolean turn = bothStrands && turns(keys, vector.weights());
      for (long key : keys) {
        int number = numbers.number(turn ? GappedKmers.turned(key) : key);
        count[number]++;
        rowKmers[at++] = number;
      }
      rowStart[++rows] = at;
    }

    /**
     * Whether a seqlet is more like those before it on its other strand: seqlets of a motif all on
     * one strand have fewer k-mers, and each in more of them, and next to none on the other.
     */
    private boolean turns(long[] keys, float[] weights) {
      double more = 0;
      for (int e = 0; e < keys.length; e += SAMPLED) {
        int as = numbers.find(keys[e]);
        int turned = numbers.find(GappedKmers.turned(keys[e]));
        more += weights[e] * ((turned < 0 ? 0 : count[turned]) - (as < 0 ? 0 : count[as]));
      }
      return more > 0;
    }

    /** All of them. */
    KmerPostings build() {
      return new KmerPostings(this);
    }
  }

  private KmerPostings(Builder from) {
    n = from.rows;
    rowStart = from.rowStart;
    rowKmers = from.rowKmers;
    rowWeights = from.rowWeights;
    int kmers = from.numbers.count();
    int[] count = from.count;
    int[] name = new int[kmers];
    dense = columns(count, name);
    columns = dense == 0 ? null : new DenseColumns(dense, n);
    turned = new int[kmers];
    start = new int[kmers - dense + 1];
    int[] other = from.numbers.turned();
    for (int k = 0; k < kmers; k++) {
      turned[name[k]] = other[k] < 0 ? -1 : name[other[k]];
      if (name[k] >= dense) {
        start[name[k] - dense + 1] = count[k];
      }
    }
    for (int k = 0; k < kmers - dense; k++) {
      start[k + 1] = Math.addExact(start[k], start[k + 1]);
    }
    postings = new int[start[kmers - dense]];
    weights = new float[postings.length];
    post(name);
  }

  /** Names the k-mers: first those that many rows have; how many those are. */
  private int columns(int[] count, int[] name) {
    int most = Math.min(MOST_COLUMNS, MOST_NUMBERS / ((n + WIDEST - 1) / WIDEST * WIDEST));
    int least = Math.max(LEAST_ROWS, n / DENSE);
    TopK commonest = new TopK(most);
    for (int k = 0; k < name.length; k++) {
      name[k] = -1;
      if (count[k] >= least) {
        commonest.offer(count[k], k);
      }
    }
    int out = commonest.sort();
    for (int i = 0; i < out; i++) {
      name[commonest.index(i)] = i;
    }
    int next = out;
    for (int k = 0; k < name.length; k++) {
      if (name[k] < 0) {
        name[k] = next++;
      }
    }
    return out;
  }

  private void post(int[] name) {
    int[] next = start.clone();
    for (int i = n - 1; i >= 0; i--) {
      for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
        int k = name[rowKmers[e]];
        rowKmers[e] = k;
        if (columns != null && k < dense) {
          columns.set(k, i, rowWeights[e]);
        } else {
          weights[next[k - dense]] = rowWeights[e];
          postings[next[k - dense]++] = i;
        }
      }
    }
  }

  /**
   * Adds products with the rows [least, ...) of a list, as far as they are not yet; what is left.
   *
   * @param sums of a block, as many as a power of two
   */
  private int list(int from, int end, float weight, int least, float[] sums) {
    int[] all = postings;
    float[] weights = this.weights;
    int within = sums.length - 1;
    int q = from;
    // Each seqlet is there once: sums of four are read before any is written.
    for (; q <= end - 4 && all[q + 3] >= least; q += 4) {
      int a = all[q] & within;
      int b = all[q + 1] & within;
      int c = all[q + 2] & within;
      int d = all[q + 3] & within;
      float atA = sums[a] + weight * weights[q];
      float atB = sums[b] + weight * weights[q + 1];
      float atC = sums[c] + weight * weights[q + 2];
      float atD = sums[d] + weight * weights[q + 3];
      sums[a] = atA;
      sums[b] = atB;
      sums[c] = atC;
      sums[d] = atD;
    }
    while (q < end && all[q] >= least) {
      sums[all[q] & within] += weight * weights[q];
      q++;
    }
    return q;
  }

  /**
   * A seqlet, as it is read or on its other strand, and its products with seqlets, which are taken
   * block by block, the last first.
   */
  final class Side {
    private final int[] column = new int[GappedKmers.KEPT];
    private final float[] columnWeight = new float[GappedKmers.KEPT];
    private int inColumns;
    private final int[] next = new int[GappedKmers.KEPT];
    private final int[] end = new int[GappedKmers.KEPT];
    private final float[] listWeight = new float[GappedKmers.KEPT];
    private int inLists;

    /** With the seqlets of a block. */
    private final float[] sums = new float[room()];

    /** Takes a seqlet. */
    void take(int row, boolean turn) {
      inColumns = 0;
      inLists = 0;
      for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
        int k = turn ? turned[rowKmers[e]] : rowKmers[e];
        if (k >= dense) {
          next[inLists] = start[k - dense];
          end[inLists] = start[k - dense + 1];
          listWeight[inLists++] = rowWeights[e];
        } else if (k >= 0) {
          column[inColumns] = k;
          columnWeight[inColumns++] = rowWeights[e];
        }
      }
    }

    /**
     * Products with the seqlets of a block from {@code least} on, by their number in the block; of
     * others they are not complete. Those of columns are not in yet.
     */
    float[] lists(int block, int least) {
      Arrays.fill(sums, 0);
      for (int e = 0; e < inLists; e++) {
        next[e] = list(next[e], end[e], listWeight[e], least, sums);
      }
      return sums;
    }

    /** Raises products with seqlets [from, to) of a block to these where these are larger. */
    void raise(float[] products, int from, int to) {
      for (int j = from; j < to; j++) {
        products[j] = Math.max(products[j], sums[j]);
      }
    }

    /** Adds the columns in a tile of a block. */
    void columns(int block, int tile) {
      if (columns != null) {
        int first = block * (BLOCK / DenseColumns.TILE);
        columns.add(first + tile, column, columnWeight, inColumns, sums, tile * DenseColumns.TILE);
      }
    }
  }

  /** Room for the sums of a block: whole tiles, and a power of two. */
  private int room() {
    int rows = DenseColumns.room(Math.min(n, BLOCK));
    return Integer.highestOneBit(2 * rows - 1);
  }

  /** How many seqlets there are. */
  int rows() {
    return n;
  }

  /** How many blocks of seqlets there are. */
  int blocks() {
    return (n + BLOCK - 1) / BLOCK;
  }
}
