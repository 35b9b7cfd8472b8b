package basewise.genome;

import basewise.sequence.Dna;
import java.util.Arrays;

/** What each byte of a sequence line is: a base code, a letter with its mask, blank, or wrong. */
final class Letters {
  /** A byte that cannot stand in DNA. */
  static final byte WRONG = -1;

  /** A byte that is skipped: space and tab. */
  static final byte BLANK = -2;

  /** Byte to base code 0-4. */
  static final byte[] CODES = new byte[256];

  /** Byte to base code 0-4, where lower case is N. */
  static final byte[] UNMASKED_CODES = new byte[256];

  /** Byte to one of ACGTNacgtn: lower case is a soft mask; U is T; ambiguity is N. */
  static final byte[] MASKED = new byte[256];

  static {
    Arrays.fill(CODES, WRONG);
    Arrays.fill(UNMASKED_CODES, WRONG);
    Arrays.fill(MASKED, WRONG);
    for (int c = 0; c < 256; c++) {
      byte code = Dna.code(c);
      if (code >= 0) {
        CODES[c] = code;
        char letter = Dna.letter(code);
        UNMASKED_CODES[c] = c >= 'a' && c <= 'z' ? Dna.N : code;
        MASKED[c] = (byte) (c >= 'a' && c <= 'z' ? Character.toLowerCase(letter) : letter);
      }
    }
    for (char blank : new char[] {' ', '\t'}) {
      CODES[blank] = BLANK;
      UNMASKED_CODES[blank] = BLANK;
      MASKED[blank] = BLANK;
    }
  }

  private Letters() {}

  /** Codes of masked letters, in place. */
  static byte[] toCodes(byte[] letters) {
    for (int i = 0; i < letters.length; i++) {
      letters[i] = CODES[letters[i]];
    }
    return letters;
  }
}
