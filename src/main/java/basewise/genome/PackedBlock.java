package basewise.genome;

import basewise.sequence.Interval;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of bases as a 2bit file has them, four a byte: pieces of one or many contigs, in order,
 * with at least one unknown place between them, each where its bytes need not be shifted. As with
 * {@link SequenceBlock}, the next block repeats the last bases of a contig that does not end.
 * Reused; not thread-safe.
 */
public final class PackedBlock implements PlannedBlock {
  private static final int BASES = 4;

  private final int capacity;
  private final List<Piece> pieces = new ArrayList<>();
  private @Nullable TwoBitGenome genome;
  private boolean skipMasked;
  private int end;
  private int startLimit;
  private long fresh;
  private long number;
  private int[] unknown = new int[64];
  private int unknowns;

  private record Piece(Interval place, int at) {}

  /**
   * An empty block.
   *
   * @param capacity how many places it has, a multiple of 4
   */
  public PackedBlock(int capacity) {
    if (capacity < BASES || capacity % BASES != 0) {
      throw new IllegalArgumentException("not a block's capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  /** Says where its bases will be read. */
  void from(TwoBitGenome source, boolean masked) {
    genome = source;
    skipMasked = masked;
  }

  @Override
  public void clear(long newNumber) {
    pieces.clear();
    end = 0;
    startLimit = 0;
    fresh = 0;
    number = newNumber;
    unknowns = 0;
  }

  /** Where a piece would lie: its bytes where no other's are, and an unknown place before it. */
  private int place(long start) {
    return place(end, pieces.isEmpty(), start);
  }

  /** As above, behind the end of the piece before, if this is not the first. */
  static int place(int end, boolean first, long start) {
    int at = (end + BASES - 1) / BASES * BASES + (int) (start % BASES);
    return at == end && !first ? at + BASES : at;
  }

  @Override
  public int room(long start) {
    return capacity - place(start) - 1;
  }

  @Override
  public int pieces() {
    return pieces.size();
  }

  @Override
  public void add(String name, int sequence, long start, int n, boolean contigEnds, int overlap) {
    int at = place(start);
    pieces.add(new Piece(new Interval(name, (int) start, (int) start + n), at));
    end = at + n;
    int again = contigEnds ? 0 : overlap;
    startLimit = end - again;
    fresh += n - again;
  }

  @Override
  public void finish() {}

  @Override
  public void number(long newNumber) {
    number = newNumber;
  }

  /**
   * Reads the bases.
   *
   * @param into gets them, a quarter of the capacity of bytes; those between the pieces stay as
   *     they are
   * @throws basewise.io.InputException if the file cannot be read
   */
  public void read(ByteBuffer into) {
    TwoBitGenome file = Objects.requireNonNull(genome);
    unknowns = 0;
    int known = 0;
    for (Piece piece : pieces) {
      hide(known, piece.at);
      file.packed(piece.place, into.slice(piece.at / BASES, bytes(piece)));
      int[] runs = file.unknown(piece.place, skipMasked);
      for (int i = 0; i < runs.length; i += 2) {
        hide(piece.at + runs[i], piece.at + runs[i + 1]);
      }
      known = piece.at + piece.place.length();
    }
    hide(known, capacity);
  }

  private static int bytes(Piece piece) {
    int first = piece.at / BASES;
    return (piece.at + piece.place.length() + BASES - 1) / BASES - first;
  }

  /** The places from one on up to another are not known; runs that touch become one. */
  private void hide(int from, int to) {
    if (from == to) {
      return;
    }
    if (unknowns > 0 && unknown[unknowns - 1] == from) {
      unknown[unknowns - 1] = to;
      return;
    }
    if (unknowns == unknown.length) {
      unknown = Arrays.copyOf(unknown, 2 * unknowns);
    }
    unknown[unknowns++] = from;
    unknown[unknowns++] = to;
  }

  /** The running number of the block, from 0. */
  public long number() {
    return number;
  }

  /** Windows that start at or after this place belong to the next block. */
  public int startLimit() {
    return startLimit;
  }

  /** As {@link SequenceBlock#layout}. */
  public int layout() {
    int hash = 1;
    for (Piece p : pieces) {
      hash = SequenceBlock.layout(hash, p.place.contig(), p.place.start(), p.place.length(), p.at);
    }
    return hash;
  }

  /** How many bases the block brings that no earlier or later one does. */
  public long fresh() {
    return fresh;
  }

  /**
   * Starts and ends of the places that are not known, in turn, ascending; {@link #unknowns} of them
   * count. The last end is the capacity.
   */
  public int[] unknown() {
    return unknown;
  }

  /** How many ints of {@link #unknown} count. */
  public int unknowns() {
    return unknowns;
  }
}
