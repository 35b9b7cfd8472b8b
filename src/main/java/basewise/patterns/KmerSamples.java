package basewise.patterns;

import java.util.Arrays;

/** Some of the gapped k-mers that begin at a position, which tell how strong all are. */
final class KmerSamples {
  /** Of so many k-mers one is a sample. */
  static final int SAMPLED = 16;

  /** The positions that a k-mer has after its first one. */
  private static final int LEAST = 3;

  private static final int MOST = 5;

  /**
   * By the number of positions that follow near enough: choices of those, {@code MOST} numbers
   * each, of which the last may be {@code SPAN} for nothing.
   */
  private static final byte[][] CHOICES = new byte[GappedKmers.SPAN][];

  static {
    for (int after = 0; after < CHOICES.length; after++) {
      byte[] choices = new byte[((1 << after) / SAMPLED + 1) * MOST];
      Arrays.fill(choices, (byte) GappedKmers.SPAN);
      int met = 0;
      int taken = 0;
      for (int mask = 0; mask < 1 << after; mask++) {
        int size = Integer.bitCount(mask);
        if (size >= LEAST && size <= MOST) {
          // Another of each sixteen, so that no positions are preferred.
          if (met % SAMPLED == met / SAMPLED % SAMPLED) {
            for (int i = 0, left = mask; left != 0; i++, left &= left - 1) {
              choices[taken * MOST + i] = (byte) Integer.numberOfTrailingZeros(left);
            }
            taken++;
          }
          met++;
        }
      }
      CHOICES[after] = Arrays.copyOf(choices, taken * MOST);
    }
  }

  private KmerSamples() {}

  /**
   * Packs the strengths of sampled k-mers behind the first n; how many there are then.
   *
   * @param after how many positions follow
   * @param first the weight of the position where the k-mers begin
   * @param following the weights of those that follow, and 0 at {@code SPAN}
   */
  static int strengths(int after, double first, double[] following, long[] packed, int n) {
    int out = n;
    byte[] choices = CHOICES[after];
    for (int c = 0; c < choices.length; c += MOST) {
      int fourth = choices[c + 3];
      int fifth = choices[c + 4];
      double sum = first + following[choices[c]] + following[choices[c + 1]];
      sum += following[choices[c + 2]] + following[fourth] + following[fifth];
      // No branches: how many positions a choice has, no processor can foresee.
      int size = 1 + LEAST + (fourth < GappedKmers.SPAN ? 1 : 0);
      size += fifth < GappedKmers.SPAN ? 1 : 0;
      packed[out++] = Selection.pack((float) (sum / size), 0);
    }
    return out;
  }
}
