package basewise.scan.kernel;

/**
 * A matrix's losses for words of several bases ({@link BlockCodes#words}): what a window leaves of
 * the budget takes a look-up for each word and no branch.
 */
final class WordLosses {
  /** Words that are looked up without a branch between them. */
  private static final int AT_ONCE = 4;

  private final LossMatrix matrix;
  private final int bases;
  private final int size;

  /** [word of the window][bases of the word]; columns past the last lose nothing. */
  private final short[] losses;

  WordLosses(LossMatrix matrix, int bases) {
    this.matrix = matrix;
    this.bases = bases;
    size = 1 << 2 * bases;
    int words = (matrix.width + bases - 1) / bases;
    losses = new short[(words + AT_ONCE - 1) / AT_ONCE * AT_ONCE * size];
    for (int i = 0; i < matrix.width; i++) {
      for (int word = 0; word < size; word++) {
        losses[i / bases * size + word] += (short) matrix.loss[i][word >> 2 * (i % bases) & 3];
      }
    }
  }

  /**
   * Tells of those windows that are hits; the words of an N read as another base.
   *
   * @param words of the block's places from zero on
   * @param starts the windows as counted from zero, at [from, to); written over
   * @param end windows that start there or later are not told of
   */
  void score(
      byte[] words,
      BlockCodes block,
      int zero,
      int[] starts,
      int from,
      int to,
      int end,
      HitBuffer hits) {
    int kept = from;
    for (int i = from; i < to; i++) {
      int start = starts[i];
      int left = left(words, start);
      starts[kept] = start;
      // One more if something is left and it starts before the end.
      kept += (~left & (start - end)) >>> 31;
    }
    for (int i = from; i < kept; i++) {
      int start = starts[i];
      if (block.known(zero + start, matrix.width)) {
        hits.add(zero + start, matrix.ids, matrix.cutoff + left(words, start));
      }
    }
  }

  /** What a window leaves of the budget. */
  private int left(byte[] words, int start) {
    int left = matrix.budget;
    int p = start;
    for (int at = 0; at < losses.length; at += AT_ONCE * size) {
      left -=
          losses[at + words[p]]
              + losses[at + size + words[p + bases]]
              + losses[at + 2 * size + words[p + 2 * bases]]
              + losses[at + 3 * size + words[p + 3 * bases]];
      p += AT_ONCE * bases;
    }
    return left;
  }
}
