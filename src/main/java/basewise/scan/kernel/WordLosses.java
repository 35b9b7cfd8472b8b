package basewise.scan.kernel;

/**
 * A matrix's losses for words of several bases ({@link BlockCodes#words}): what a window leaves of
 * the budget takes a look-up for each word and no branch.
 */
final class WordLosses {
  private final LossMatrix matrix;
  private final int bases;
  private final int size;

  /** [word of the window][bases of the word]; columns past the last lose nothing. */
  private final int[] losses;

  WordLosses(LossMatrix matrix, int bases) {
    this.matrix = matrix;
    this.bases = bases;
    size = 1 << 2 * bases;
    losses = new int[(matrix.width + bases - 1) / bases * size];
    for (int i = 0; i < matrix.width; i++) {
      for (int word = 0; word < size; word++) {
        losses[i / bases * size + word] += matrix.loss[i][word >> 2 * (i % bases) & 3];
      }
    }
  }

  /** Tells of a window if it is a hit; the words of an N read as another base. */
  void score(byte[] words, byte[] codes, int start, HitReceiver hits) {
    int left = matrix.budget;
    int p = start;
    for (int at = 0; at < losses.length; at += size) {
      left -= losses[at + words[p]];
      p += bases;
    }
    if (left >= 0 && known(codes, start)) {
      matrix.report(start, matrix.cutoff + left, hits);
    }
  }

  private boolean known(byte[] codes, int start) {
    for (int i = start; i < start + matrix.width; i++) {
      if (codes[i] > 3) {
        return false;
      }
    }
    return true;
  }
}
