package basewise.scan.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The codes of a block in the forms that kernels read, each made once and shared by all kernels,
 * motifs and strands. Safe to share between threads until it is {@link #set} again.
 */
public final class BlockCodes {
  private byte[] codes = new byte[0];
  private int length;
  private int startLimit;
  private final PackedCodes packed = new PackedCodes();
  private boolean isPacked;
  private byte[] words = new byte[0];

  /** Bases of a word of {@link #words}; 0 if there are none yet. */
  private int wordBases;

  /** Codes as {@link #set} takes them. */
  public static BlockCodes of(byte[] codes, int length, int startLimit) {
    BlockCodes block = new BlockCodes();
    block.set(codes, length, startLimit);
    return block;
  }

  /**
   * Takes other codes, and forgets what was made of those before.
   *
   * @param newCodes 0-4; at least {@link basewise.genome.SequenceBlock#PADDING} more codes, all N,
   *     follow the first {@code newLength}; not copied
   * @param newLength how many count
   * @param newStartLimit windows that start there or later are not looked at
   */
  public void set(byte[] newCodes, int newLength, int newStartLimit) {
    codes = newCodes;
    length = newLength;
    startLimit = newStartLimit;
    isPacked = false;
    wordBases = 0;
  }

  /** The codes. */
  byte[] codes() {
    return codes;
  }

  /** How many of them count. */
  int length() {
    return length;
  }

  /** Windows that start there or later are not looked at. */
  int startLimit() {
    return startLimit;
  }

  /** At two bits a base. */
  synchronized PackedCodes packed() {
    if (!isPacked) {
      packed.fill(codes, length);
      isPacked = true;
    }
    return packed;
  }

  /**
   * At each place the bases that begin there, two bits each, the first lowest; N reads as A.
   *
   * @param bases how many, 2 or 3
   */
  synchronized byte[] words(VectorSpecies<Byte> species, int bases) {
    if (wordBases != bases) {
      fill(species, bases);
      wordBases = bases;
    }
    return words;
  }

  private void fill(VectorSpecies<Byte> s, int bases) {
    // A filter looks at up to a vector of windows that begin behind the last.
    int room = length + 4 * s.length();
    if (words.length < room) {
      words = new byte[room];
    }
    for (int i = 0; i < length; i += s.length()) {
      ByteVector x = bits(s, codes, i).or(shifted(bits(s, codes, i + 1), 2));
      if (bases == 3) {
        x = x.or(shifted(bits(s, codes, i + 2), 4));
      }
      x.intoArray(words, i);
    }
  }

  private static ByteVector bits(VectorSpecies<Byte> s, byte[] codes, int at) {
    return ByteVector.fromArray(s, codes, at).and((byte) 3);
  }

  /** Bytes of at most 3, moved up by whole words: nothing of one byte reaches the next. */
  private static ByteVector shifted(ByteVector bytes, int by) {
    return bytes.reinterpretAsShorts().lanewise(VectorOperators.LSHL, by).reinterpretAsBytes();
  }
}
