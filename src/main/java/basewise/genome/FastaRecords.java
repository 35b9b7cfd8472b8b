package basewise.genome;

import basewise.io.InputException;
import basewise.io.Wording;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a FASTA text as they come: names, numbers, lengths, and what is wrong with them.
 */
final class FastaRecords {
  private final String file;
  private final Ledger ledger;
  private final @Nullable List<Contig> indexed;
  private boolean indexTold;
  private int records;

  /** The contig under way, its number, and where in it the next piece starts. */
  private @Nullable String contig;

  private int sequence;
  private long start;

  /**
   * No record yet.
   *
   * @param file what errors call it
   * @param indexed contigs as an index has them, or null; where they were asked for, the text must
   *     agree
   */
  FastaRecords(String file, Ledger ledger, @Nullable List<Contig> indexed) {
    this.file = file;
    this.ledger = ledger;
    this.indexed = indexed;
  }

  /** Whether a contig is under way. */
  boolean open() {
    return contig != null;
  }

  /**
   * A record begins.
   *
   * @param header its first line without the mark and the end
   * @param n how many bytes of it
   */
  void begin(byte[] header, int n, long line) {
    records++;
    contig = name(header, n);
    sequence = ledger.begin(contig, file, line);
    start = 0;
  }

  /** Adds a piece of the contig under way to a block, as {@link SequenceBlock#add}. */
  void add(SequenceBlock block, int n, boolean ends, int overlap) {
    if (contig == null) {
      throw new IllegalStateException("no contig");
    }
    block.add(contig, sequence, start, n, ends, overlap);
    if (!ends) {
      start += n - overlap;
      return;
    }
    ledger.end(contig, start + n, file);
    if (indexed != null
        && indexTold
        && (records > indexed.size()
            || !indexed.get(records - 1).equals(new Contig(contig, (int) (start + n))))) {
      throw otherIndex();
    }
    contig = null;
  }

  /** The text is over. */
  void end() {
    if (records == 0) {
      throw new InputException(file, "is empty", "give a genome");
    }
    if (indexed != null && indexTold && records != indexed.size()) {
      throw otherIndex();
    }
  }

  private InputException otherIndex() {
    return new InputException(
        file, "the .fai index is not of this FASTA", "delete the .fai to make it anew");
  }

  /** The mistake of a byte that is no base, or stands before the first record. */
  InputException wrong(byte b, long line) {
    if (contig == null) {
      return new InputException(
          file, line, "expected a FASTA header that starts with '>'", "is this FASTA?");
    }
    return new InputException(
        file,
        line,
        "'" + Wording.printable(b) + "' cannot stand in DNA",
        "is this protein, or not FASTA?");
  }

  /** The contigs as the index has them, if there is one; the text is held to it from now on. */
  @Nullable List<Contig> indexed() {
    indexTold = true;
    return indexed;
  }

  /** How many bases the index has, or -1. */
  long bases() {
    return indexed == null ? -1 : indexed.stream().mapToLong(Contig::length).sum();
  }

  private String name(byte[] header, int n) {
    int from = 0;
    int end = 0;
    for (int i = 0; i < n && header[i] >= 0; i++) {
      // The white space of Character.isWhitespace that is ASCII.
      byte b = header[i];
      boolean white = b == ' ' || (b >= 9 && b <= 13) || (b >= 28 && b <= 31);
      if (!white) {
        end = i + 1;
      } else if (end > from) {
        break;
      } else {
        from = i + 1;
        end = from;
      }
    }
    if (end < n && header[end] < 0) {
      return wideName(header, n);
    }
    return end > from
        ? new String(header, from, end - from, StandardCharsets.US_ASCII)
        : "seq" + records;
  }

  /** The name where letters beyond ASCII come before its end. */
  private String wideName(byte[] header, int n) {
    String text = new String(header, 0, n, StandardCharsets.UTF_8).strip();
    int space = 0;
    while (space < text.length() && !Character.isWhitespace(text.charAt(space))) {
      space++;
    }
    return space == 0 ? "seq" + records : text.substring(0, space);
  }
}
