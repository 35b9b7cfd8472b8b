package basewise.scan.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * For each word of K bases, the matrices that it may be part of a hit of. A matrix is keyed by its
 * core, its K most telling neighbouring columns: a word is listed if the core alone does not lose
 * more than the budget. A matrix narrower than K is listed under every word that begins with a hit.
 * An entry is {@code matrix << 14 | what is left of the budget}.
 */
final class KmerIndex {
  /** Bits of an entry that hold what is left of the budget. */
  static final int LEFT_BITS = 14;

  /** The largest budget an entry can hold. */
  static final int MAX_BUDGET = (1 << LEFT_BITS) - 1;

  /** How many matrices there can be. */
  static final int MAX_MATRICES = 1 << 31 - LEFT_BITS;

  /** Entries that may be read past the last. */
  static final int PADDING = 16;

  /** Bases of a word. */
  final int k;

  /** [4^k + 1]: where the entries of each word begin. */
  final int[] offsets;

  /** All entries, ordered by word and matrix. */
  final int[] entries;

  /** The first column of each matrix's core. */
  final int[] cores;

  private KmerIndex(int k, int[] offsets, int[] entries, int[] cores) {
    this.k = k;
    this.offsets = offsets;
    this.entries = entries;
    this.cores = cores;
  }

  /** Indexes matrices whose budgets are at most {@link #MAX_BUDGET}. */
  static KmerIndex of(List<LossMatrix> matrices, int k) {
    int n = matrices.size();
    if (n >= MAX_MATRICES) {
      throw new IllegalArgumentException("too many matrices for one index: " + n);
    }
    int[] cores = new int[n];
    Words[] words = new Words[n];
    IntStream.range(0, n)
        .parallel()
        .forEach(m -> {
          cores[m] = core(matrices.get(m), k);
          words[m] = Words.of(matrices.get(m), cores[m], k);
        });
    int[] offsets = new int[(1 << 2 * k) + 1];
    for (Words w : words) {
      for (int i = 0; i < w.size; i++) {
        offsets[w.words[i] + 1]++;
      }
    }
    // Shifted by one, so that filling leaves each word's offset where the word begins.
    int sum = 0;
    for (int i = 1; i < offsets.length; i++) {
      int count = offsets[i];
      offsets[i] = sum;
      sum += count;
    }
    int[] entries = new int[sum + PADDING];
    for (int m = 0; m < n; m++) {
      Words w = words[m];
      for (int i = 0; i < w.size; i++) {
        entries[offsets[w.words[i] + 1]++] = m << LEFT_BITS | w.left[i];
      }
    }
    return new KmerIndex(k, offsets, entries, cores);
  }

  /** How many words an index would list a matrix under; many more than limit are not counted. */
  static int words(LossMatrix matrix, int k, int limit) {
    return Words.count(matrix, core(matrix, k), k, limit);
  }

  /** The k neighbouring columns that can lose most of the budget. */
  static int core(LossMatrix matrix, int k) {
    int best = 0;
    int most = -1;
    for (int i = 0; i + k <= matrix.width; i++) {
      int telling = 0;
      for (int j = i; j < i + k; j++) {
        telling += matrix.telling(j);
      }
      if (telling > most) {
        most = telling;
        best = i;
      }
    }
    return best;
  }

  /** The words of one matrix. */
  private static final class Words {
    int[] words = {0};
    char[] left = new char[1];
    int size = 1;

    static Words of(LossMatrix matrix, int core, int k) {
      Words all = new Words();
      all.left[0] = (char) matrix.budget;
      int columns = Math.min(k, matrix.width);
      for (int i = 0; i < columns; i++) {
        all.extend(matrix.loss[core + i], 2 * i);
      }
      for (int i = columns; i < k; i++) {
        all.extend(new int[4], 2 * i);
      }
      return all;
    }

    /** Each word with each base that the budget allows after it. */
    private void extend(int[] loss, int shift) {
      int[] nextWords = new int[4 * size];
      char[] nextLeft = new char[4 * size];
      int n = 0;
      for (int c = 0; c < 4; c++) {
        for (int i = 0; i < size; i++) {
          int l = left[i] - loss[c];
          nextWords[n] = words[i] | c << shift;
          nextLeft[n] = (char) l;
          n += (~l) >>> 31;
        }
      }
      words = Arrays.copyOf(nextWords, Math.max(1, n));
      left = Arrays.copyOf(nextLeft, Math.max(1, n));
      size = n;
    }

    static int count(LossMatrix matrix, int core, int k, int limit) {
      Words all = new Words();
      all.left[0] = (char) matrix.budget;
      int columns = Math.min(k, matrix.width);
      for (int i = 0; i < columns; i++) {
        all.extend(matrix.loss[core + i], 2 * i);
        if (all.size > limit) {
          return all.size;
        }
      }
      return (int) Math.min(Integer.MAX_VALUE, (long) all.size << 2 * (k - columns));
    }
  }
}
