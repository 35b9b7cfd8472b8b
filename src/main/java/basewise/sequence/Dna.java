package basewise.sequence;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * DNA as codes: A 0, C 1, G 2, T 3, and N 4 for every base that is not known. The complement of a
 * known base is 3 - code. Case carries no meaning here (lower case is a soft mask, still a base); U
 * reads as T; the IUPAC ambiguity letters and gaps read as N.
 */
public final class Dna {
  /** Code of adenine. */
  public static final byte A = 0;

  /** Code of cytosine. */
  public static final byte C = 1;

  /** Code of guanine. */
  public static final byte G = 2;

  /** Code of thymine (and uracil). */
  public static final byte T = 3;

  /** Code of an unknown base. */
  public static final byte N = 4;

  private static final String LETTERS = "ACGTN";
  private static final byte[] CODE = new byte[256];

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Times a byte: that byte eight times. */
  private static final long EACH = 0x0101010101010101L;

  static {
    Arrays.fill(CODE, (byte) -1);
    for (char c : "RYSWKMBDHVNXryswkmbdhvnx-.*".toCharArray()) {
      CODE[c] = N;
    }
    for (int i = 0; i < 4; i++) {
      CODE[LETTERS.charAt(i)] = (byte) i;
      CODE[Character.toLowerCase(LETTERS.charAt(i))] = (byte) i;
    }
    CODE['U'] = T;
    CODE['u'] = T;
  }

  private Dna() {}

  /** The code (0-4) of an ASCII letter, or -1 if it cannot stand in DNA. */
  public static byte code(int letter) {
    return letter < 0 || letter > 255 ? -1 : CODE[letter];
  }

  /** The upper-case letter of a code 0-4. */
  public static char letter(int code) {
    return LETTERS.charAt(code);
  }

  /**
   * Codes of a text.
   *
   * @throws IllegalArgumentException on a letter that cannot stand in DNA
   */
  public static byte[] encode(CharSequence text) {
    byte[] codes = text.toString().getBytes(StandardCharsets.ISO_8859_1); // others become '?'
    int all = 0;
    for (int i = 0; i < codes.length; ) {
      int end = Math.min(i + Long.BYTES, codes.length);
      if (end - i == Long.BYTES && encodeEight(codes, i)) {
        i = end;
        continue;
      }
      for (; i < end; i++) {
        codes[i] = CODE[codes[i] & 0xFF];
        all |= codes[i];
      }
    }
    if (all < 0) {
      int i = 0;
      while (codes[i] >= 0) {
        i++;
      }
      throw new IllegalArgumentException("not DNA: '" + text.charAt(i) + "' at " + i);
    }
    return codes;
  }

  /**
   * Eight letters at once, in the bytes of one number, if all are A, C, G, T or N; else nothing is
   * done. Bits 1 and 2 tell A, C, G and T apart and bit 3 is N's alone; that they are these letters
   * is seen by making them again.
   */
  private static boolean encodeEight(byte[] letters, int at) {
    long upper = (long) EIGHT.get(letters, at) & ~(EACH * 0x20);
    long code = (upper >>> 1 ^ upper >>> 2) & EACH * 3; // 0 for an N
    long none = upper >>> 3 & EACH;
    long low = code & EACH;
    long high = code >>> 1 & EACH;
    long again = EACH * 'A' + 2 * low + 6 * high + 11 * (low & high) + ('N' - 'A') * none;
    if (again != upper) {
      return false;
    }
    EIGHT.set(letters, at, code | none << 2);
    return true;
  }

  /** Upper-case letters of codes[start, end). */
  public static String decode(byte[] codes, int start, int end) {
    char[] text = new char[end - start];
    for (int i = 0; i < text.length; i++) {
      text[i] = LETTERS.charAt(codes[start + i]);
    }
    return new String(text);
  }

  /** Upper-case letters of all codes. */
  public static String decode(byte[] codes) {
    return decode(codes, 0, codes.length);
  }

  /** Code of the complementary base; N stays N. */
  public static byte complement(byte code) {
    return code == N ? N : (byte) (3 - code);
  }

  /** A new array: the other strand, read 5' to 3'. */
  public static byte[] reverseComplement(byte[] codes) {
    byte[] out = new byte[codes.length];
    for (int i = 0; i < codes.length; i++) {
      out[codes.length - 1 - i] = complement(codes[i]);
    }
    return out;
  }

  /** How many codes in [start, end) are N. */
  public static int countN(byte[] codes, int start, int end) {
    int n = 0;
    for (int i = start; i < end; i++) {
      if (codes[i] == N) {
        n++;
      }
    }
    return n;
  }
}
