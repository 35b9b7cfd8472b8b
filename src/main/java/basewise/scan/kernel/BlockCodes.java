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

  /** At all places the bases that begin there, if the codes are prepared. */
  private byte[] words = new byte[0];

  /** Bases of a word of {@link #words}; 0 if there are none. */
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

  /** Makes all forms now, for those who scan the same codes again and again. */
  public synchronized BlockCodes prepared() {
    packed();
    VectorSpecies<Byte> species = HitKernels.SPECIES;
    wordBases = TableHitKernel.bases(species);
    words = new byte[length + 4 * species.length()];
    fill(species, wordBases, 0, length, words);
    return this;
  }

  /** At two bits a base. */
  synchronized PackedCodes packed() {
    if (!isPacked) {
      packed.fill(codes, length);
      isPacked = true;
    }
    return packed;
  }

  /** Whether a window within the codes holds nothing but bases. */
  boolean known(int start, int width) {
    if (isPacked()) {
      return packed.known(start, width);
    }
    for (int i = start; i < start + width; i++) {
      if (codes[i] > 3) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is no base in [from, to); from is a multiple of 8. */
  boolean nothing(int from, int to) {
    if (isPacked()) {
      return packed.allUnknown(from, to);
    }
    for (int i = from; i < to; i++) {
      if (codes[i] < 4) {
        return false;
      }
    }
    return true;
  }

  private synchronized boolean isPacked() {
    return isPacked;
  }

  /**
   * For places [from, to) the bases that begin there, two bits each, the first lowest; N reads as
   * A. From the length on words are anything.
   *
   * @param bases how many, 2 or 3
   * @param spare gets them if they are not there yet; has room for a vector more
   */
  synchronized Words words(VectorSpecies<Byte> species, int bases, int from, int to, byte[] spare) {
    if (wordBases == bases) {
      return new Words(words, from);
    }
    fill(species, bases, from, Math.min(length, to), spare);
    return new Words(spare, 0);
  }

  /**
   * Words of some places.
   *
   * @param words a byte each
   * @param at where those asked for begin
   */
  record Words(byte[] words, int at) {}

  private void fill(VectorSpecies<Byte> species, int bases, int from, int to, byte[] into) {
    for (int i = from; i < to; i += species.length()) {
      ByteVector x = bits(species, codes, i).or(shifted(bits(species, codes, i + 1), 2));
      if (bases == 3) {
        x = x.or(shifted(bits(species, codes, i + 2), 4));
      }
      x.intoArray(into, i - from);
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
