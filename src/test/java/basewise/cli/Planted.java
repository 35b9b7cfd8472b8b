package basewise.cli;

import basewise.sequence.Dna;
import java.util.SplittableRandom;

/** Random sequences with a word planted in them; the same every time. */
final class Planted {
  /** As AP-1 binds, with flanks. */
  static final String WORD = "GATGACTCATC";

  private Planted() {}

  /**
   * FASTA of {@code n} sequences s0, s1, ... that all hold {@link #WORD}, each other one turned.
   */
  static String fasta(int n, int width) {
    String turned = Dna.decode(Dna.reverseComplement(Dna.encode(WORD)));
    return fasta(n, width, WORD, turned);
  }

  /** The same with two words in turn. */
  static String fasta(int n, int width, String even, String odd) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < n; i++) {
      text.append(">s").append(i).append('\n');
      text.append(sequence(i, width, i % 2 == 0 ? even : odd)).append('\n');
    }
    return text.toString();
  }

  /** A random sequence that holds a word; with an empty one, none. */
  static String sequence(int seed, int width, String word) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] codes = new byte[width];
    for (int j = 0; j < width; j++) {
      codes[j] = (byte) random.nextInt(4);
    }
    byte[] planted = Dna.encode(word);
    int at = random.nextInt(width - planted.length + 1);
    System.arraycopy(planted, 0, codes, at, planted.length);
    return Dna.decode(codes);
  }
}
