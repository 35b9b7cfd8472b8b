package basewise.genome;

import basewise.sequence.Dna;
import java.util.Arrays;

/**
 * A stretch of base codes that is scanned at once: pieces of one or many contigs, in order, each
 * followed by an N, so that no window crosses from one to the next. Where a contig does not end
 * with the block, the next block repeats its last bases ({@code overlap} of {@link BlockSource})
 * and windows that start there belong to the next block: {@link #startLimit}. Reused from block to
 * block; not thread-safe.
 */
public final class SequenceBlock implements PlannedBlock {
  /** Readable codes past the end, all N. */
  public static final int PADDING = 256;

  private final byte[] codes;
  private final int capacity;
  private final boolean aligned;
  private int length;
  private int startLimit;
  private long fresh;
  private long number;
  private int pieces;
  private String[] names = new String[16];
  private long[] starts = new long[16];
  private int[] offsets = new int[16];
  private int[] lengths = new int[16];
  private boolean[] ends = new boolean[16];
  private int[] sequences = new int[16];

  /**
   * An empty block.
   *
   * @param capacity how many codes it can hold, at most 2^21 - 1
   */
  public SequenceBlock(int capacity) {
    this(capacity, false);
  }

  private SequenceBlock(int capacity, boolean aligned) {
    if (capacity < 1 || capacity >= 1 << 21) {
      throw new IllegalArgumentException("not a block's capacity: " + capacity);
    }
    this.capacity = capacity;
    this.aligned = aligned;
    codes = new byte[capacity + PADDING];
    clear(0);
  }

  /**
   * An empty block whose pieces lie as in a {@link PackedBlock} of that capacity, with Ns between
   * them; for a {@link BlockSource} that can be packed.
   */
  public static SequenceBlock asPacked(int capacity) {
    return new SequenceBlock(capacity, true);
  }

  @Override
  public int room(long start) {
    return aligned ? capacity - place(start) - 1 : room();
  }

  private int place(long start) {
    return aligned ? PackedBlock.place(Math.max(0, length - 1), pieces == 0, start) : length;
  }

  /** Makes it empty; for a {@link BlockSource} that is about to fill it. */
  @Override
  public void clear(long newNumber) {
    length = 0;
    startLimit = 0;
    fresh = 0;
    pieces = 0;
    number = newNumber;
  }

  /** Room for codes of one more piece, its N counted; may be negative. */
  public int room() {
    return capacity - length - 1;
  }

  /**
   * Adds a piece whose codes lie at {@link #length} in {@link #codes} already, and an N after it;
   * as in a packed block, one whose codes will lie at its {@link #offset}.
   *
   * @param name the contig, or what the output calls it
   * @param sequence the running number of the contig or region, from 0
   * @param start 0-based place of the first code in the contig
   * @param n number of codes
   * @param contigEnds whether nothing of the contig or region follows
   * @param overlap how many of the codes will be repeated if it does
   */
  @Override
  public void add(String name, int sequence, long start, int n, boolean contigEnds, int overlap) {
    if (!contigEnds && n <= overlap) {
      throw new IllegalArgumentException("a piece that goes on must be longer than the overlap");
    }
    if (pieces == names.length) {
      names = Arrays.copyOf(names, 2 * pieces);
      starts = Arrays.copyOf(starts, 2 * pieces);
      ends = Arrays.copyOf(ends, 2 * pieces);
      sequences = Arrays.copyOf(sequences, 2 * pieces);
      offsets = Arrays.copyOf(offsets, 2 * pieces);
      lengths = Arrays.copyOf(lengths, 2 * pieces);
    }
    names[pieces] = name;
    starts[pieces] = start;
    ends[pieces] = contigEnds;
    sequences[pieces] = sequence;
    int at = place(start);
    Arrays.fill(codes, length, at, Dna.N);
    offsets[pieces] = at;
    lengths[pieces] = n;
    length = at + n;
    startLimit = length - (contigEnds ? 0 : overlap);
    fresh += n - (contigEnds ? 0 : overlap);
    codes[length++] = Dna.N;
    pieces++;
  }

  /** Puts the Ns behind the last piece; codes of pieces may be written later still. */
  @Override
  public void finish() {
    Arrays.fill(codes, length, length + PADDING, Dna.N);
  }

  /** Gives it its running number. */
  @Override
  public void number(long newNumber) {
    number = newNumber;
  }

  /** Codes 0-4; what counts is [0, length), and {@link #PADDING} Ns follow it. */
  public byte[] codes() {
    return codes;
  }

  /** Number of codes, with the N after each piece. */
  public int length() {
    return length;
  }

  /** How many codes it can hold. */
  public int capacity() {
    return capacity;
  }

  /** Windows that start at or after this place belong to the next block. */
  public int startLimit() {
    return startLimit;
  }

  /** The running number of the block, from 0. */
  public long number() {
    return number;
  }

  /** How many pieces there are. */
  @Override
  public int pieces() {
    return pieces;
  }

  /** The contig of a piece. */
  public String name(int piece) {
    return names[piece];
  }

  /** The running number of the contig or region of a piece, from 0. */
  public int sequence(int piece) {
    return sequences[piece];
  }

  /** The 0-based place in its contig of a piece's first code. */
  public long start(int piece) {
    return starts[piece];
  }

  /** Where the codes of a piece begin. */
  public int offset(int piece) {
    return offsets[piece];
  }

  /** Where they end: the place of the N after them. */
  public int end(int piece) {
    return offsets[piece] + lengths[piece];
  }

  /** Whether nothing of the contig or region follows in a later block. */
  public boolean contigEnds(int piece) {
    return ends[piece];
  }

  /** The same number for blocks of the same pieces at the same places, here or packed. */
  public int layout() {
    int hash = 1;
    for (int p = 0; p < pieces; p++) {
      hash = layout(hash, names[p], starts[p], lengths[p], offsets[p]);
    }
    return hash;
  }

  static int layout(int before, String name, long start, int n, int at) {
    int hash = 31 * before + name.hashCode();
    hash = 31 * hash + Long.hashCode(start);
    return 31 * (31 * hash + n) + at;
  }

  /** How many bases the block brings that no earlier or later one does. */
  public long fresh() {
    return fresh;
  }
}
