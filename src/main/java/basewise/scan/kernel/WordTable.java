package basewise.scan.kernel;

/**
 * A {@link KmerIndex} laid out for caches: a bit for each word says whether it has entries, which
 * most long words have not; a word with one entry holds it in place of its list. With K = 11 the
 * bits are 512 KB, and what words that have entries lead to is a third of the plain index.
 */
final class WordTable {
  /** Bits of a list's description that hold its length; longer lists hold it before themselves. */
  private static final int COUNT_BITS = 6;

  /** A list of this length says its length in the word before its first entry. */
  private static final int LONG = (1 << COUNT_BITS) - 1;

  /** Whether a word has entries: 64 words a long. */
  final long[] some;

  /** How many words before each 64 have entries. */
  final int[] rank;

  /** For each word that has entries, its only entry, or ~(place << 6 | length) of its list. */
  final int[] heads;

  /** The entries of words that have several; some may be read past the last. */
  final int[] lists;

  WordTable(KmerIndex index) {
    int[] offsets = index.offsets;
    int words = offsets.length - 1;
    some = new long[Math.max(1, words >>> 6)];
    rank = new int[some.length];
    int nonzero = 0;
    int listed = 0;
    for (int w = 0; w < words; w++) {
      int count = offsets[w + 1] - offsets[w];
      if ((w & 63) == 0) {
        rank[w >>> 6] = nonzero;
      }
      if (count > 0) {
        some[w >>> 6] |= 1L << w;
        nonzero++;
        listed += count == 1 ? 0 : count >= LONG ? count + 1 : count;
      }
    }
    if (listed >= 1 << 31 - COUNT_BITS) {
      throw new IllegalArgumentException("too many entries for one index: " + listed);
    }
    heads = new int[nonzero];
    lists = new int[listed + KmerIndex.PADDING];
    int n = 0;
    int at = 0;
    for (int w = 0; w < words; w++) {
      int count = offsets[w + 1] - offsets[w];
      if (count == 1) {
        heads[n++] = index.entries[offsets[w]];
      } else if (count > 1) {
        if (count >= LONG) {
          lists[at++] = count;
        }
        heads[n++] = ~(at << COUNT_BITS | Math.min(count, LONG));
        System.arraycopy(index.entries, offsets[w], lists, at, count);
        at += count;
      }
    }
  }

  /** Where the list of a head below 0 begins. */
  static int begin(int head) {
    return ~head >>> COUNT_BITS;
  }

  /** How many entries the list of a head below 0 has, or {@link #LONG} if it has so many. */
  static int count(int head) {
    return ~head & LONG;
  }

  /** How many entries the list of a head below 0 has. */
  int length(int head) {
    int count = count(head);
    return count < LONG ? count : lists[begin(head) - 1];
  }
}
