package basewise.genome;

import basewise.io.InputException;
import basewise.io.Wording;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * FASTA as a stream of blocks, by the letter rules of {@link FastaReader}: bases go from the text
 * straight into the block. One thread reads at a time; memory is that of one buffer and the names.
 */
final class FastaBlocks implements BlockSource {
  private static final int BUFFER = 1 << 18;
  private static final int LOWER = 32;

  private final String file;
  private final InputStream in;
  private final DoubleSupplier part;
  private final Ledger ledger;
  private final @Nullable List<Contig> indexed;
  private boolean indexTold;
  private final int overlap;
  private final boolean skipMasked;
  private final byte[] table;

  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int limit;
  private long line = 1;
  private boolean lineStart = true;
  private boolean skipLf;
  private byte[] header = new byte[256];
  private int records;

  /** The contig under way, its number, and where in it the next piece starts. */
  private @Nullable String contig;

  private int sequence;
  private long start;

  /** Codes the next block begins with. */
  private final byte[] carry;

  private int carried;
  private boolean done;
  private @Nullable RuntimeException broken;

  /**
   * Blocks of a text.
   *
   * @param file what errors call it
   * @param in the uncompressed text, read from here on; closed with this
   * @param part what part of the file has been read
   * @param indexed contigs as an index has them, or null; where they were asked for, the text must
   *     agree
   */
  FastaBlocks(
      String file,
      InputStream in,
      DoubleSupplier part,
      BlockOptions options,
      Ledger ledger,
      @Nullable List<Contig> indexed) {
    this.file = file;
    this.in = in;
    this.part = part;
    this.ledger = ledger;
    this.indexed = indexed;
    overlap = options.overlap();
    skipMasked = options.skipMasked();
    table = skipMasked ? Letters.UNMASKED_CODES : Letters.CODES;
    carry = new byte[overlap];
  }

  @Override
  public synchronized boolean next(SequenceBlock block) {
    if (broken != null) {
      throw broken;
    }
    block.clear(0);
    try {
      if (!done) {
        fill(block);
      }
    } catch (RuntimeException e) {
      broken = e;
      throw e;
    }
    block.finish();
    if (block.pieces() == 0) {
      return false;
    }
    block.number(ledger.block());
    return true;
  }

  private void fill(SequenceBlock block) {
    byte[] codes = block.codes();
    int from = 0;
    int out = 0;
    int end = block.capacity() - 1;
    if (contig != null) {
      if (carried > end) {
        throw tooSmall();
      }
      System.arraycopy(carry, 0, codes, 0, carried);
      out = carried;
    }
    while (true) {
      if (at == limit && !refill()) {
        endContig(block, out - from);
        endFile();
        return;
      }
      if (skipLf) {
        skipLf = false;
        if (buffer[at] == '\n') {
          at++;
          continue;
        }
      }
      byte b = buffer[at];
      if (lineStart) {
        if (b == '>') {
          endContig(block, out - from);
          from = block.length();
          out = from;
          if (block.room() < 0) {
            return;
          }
          beginContig();
          continue;
        }
        if (b == ';') {
          skipLine();
          continue;
        }
      }
      if (b == '\n' || b == '\r') {
        at++;
        line++;
        lineStart = true;
        skipLf = b == '\r';
        continue;
      }
      lineStart = false;
      byte code = table[b & 0xff];
      if (code == Letters.BLANK) {
        at++;
        continue;
      }
      if (contig == null) {
        throw wrong("expected a FASTA header that starts with '>'", "is this FASTA?");
      }
      if (code < 0) {
        throw wrong(
            "'" + Wording.printable(b) + "' cannot stand in DNA", "is this protein, or not FASTA?");
      }
      if (out == end) {
        cut(block, from, out);
        return;
      }
      codes[out++] = code;
      at++;
      int n =
          (b | LOWER) == 'n'
              ? BaseText.encodeRun(buffer, at, limit, codes, out, end, b)
              : BaseText.encode(buffer, at, limit, codes, out, end, skipMasked);
      at += n;
      out += n;
    }
  }

  /** Ends the block within a contig; what is too short to be cut waits for the next block. */
  private void cut(SequenceBlock block, int from, int out) {
    int n = out - from;
    if (n > overlap) {
      block.add(name(), sequence, start, n, false, overlap);
      start += n - overlap;
      carried = overlap;
    } else if (block.pieces() > 0) {
      carried = n;
    } else {
      throw tooSmall();
    }
    System.arraycopy(block.codes(), out - carried, carry, 0, carried);
  }

  private IllegalArgumentException tooSmall() {
    return new IllegalArgumentException("a block is too small for an overlap of " + overlap);
  }

  private String name() {
    if (contig == null) {
      throw new IllegalStateException("no contig");
    }
    return contig;
  }

  private void endContig(SequenceBlock block, int n) {
    if (contig == null) {
      return;
    }
    block.add(contig, sequence, start, n, true, overlap);
    ledger.end(contig, start + n, file);
    if (indexed != null
        && indexTold
        && (records > indexed.size()
            || !indexed.get(records - 1).equals(new Contig(contig, (int) (start + n))))) {
      throw otherIndex();
    }
    contig = null;
    carried = 0;
  }

  private void endFile() {
    done = true;
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

  /** Takes the whole header line, its end too. */
  private void beginContig() {
    long headerLine = line;
    at++;
    int n = 0;
    while (at < limit || refill()) {
      int i = at;
      while (i < limit && buffer[i] != '\n' && buffer[i] != '\r') {
        i++;
      }
      if (n + i - at > header.length) {
        header = Arrays.copyOf(header, 2 * (n + i - at));
      }
      System.arraycopy(buffer, at, header, n, i - at);
      n += i - at;
      at = i;
      if (i < limit) {
        break;
      }
    }
    records++;
    contig = name(n);
    sequence = ledger.begin(contig, file, headerLine);
    start = 0;
    carried = 0;
    lineStart = false; // its end is still to come
  }

  private String name(int n) {
    int from = 0;
    int end = 0;
    for (int i = 0; i < n && header[i] >= 0; i++) {
      // The white space of Character.isWhitespace that is ASCII.
      boolean white = header[i] == ' ' || (header[i] >= 9 && header[i] <= 13) || isSeparator(i);
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
      return wideName(n);
    }
    return end > from
        ? new String(header, from, end - from, StandardCharsets.US_ASCII)
        : "seq" + records;
  }

  private boolean isSeparator(int i) {
    return header[i] >= 28 && header[i] <= 31;
  }

  /** The name where letters beyond ASCII come before its end. */
  private String wideName(int n) {
    String text = new String(header, 0, n, StandardCharsets.UTF_8).strip();
    int space = 0;
    while (space < text.length() && !Character.isWhitespace(text.charAt(space))) {
      space++;
    }
    return space == 0 ? "seq" + records : text.substring(0, space);
  }

  /** Takes a line but not its end. */
  private void skipLine() {
    while (at < limit || refill()) {
      while (at < limit && buffer[at] != '\n' && buffer[at] != '\r') {
        at++;
      }
      if (at < limit) {
        break;
      }
    }
    lineStart = false;
  }

  private boolean refill() {
    try {
      at = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
      return limit > 0;
    } catch (EOFException | ZipException e) {
      throw SequenceBytes.damaged(file, line, e);
    } catch (IOException e) {
      throw SequenceBytes.unreadable(file, line, e);
    }
  }

  private InputException wrong(String problem, String remedy) {
    return new InputException(file, line, problem, remedy);
  }

  @Override
  public long bases() {
    return indexed == null ? -1 : indexed.stream().mapToLong(Contig::length).sum();
  }

  @Override
  public double part() {
    return part.getAsDouble();
  }

  @Override
  public synchronized Optional<List<Contig>> contigs() {
    indexTold |= !done;
    return done ? Optional.of(ledger.contigs()) : Optional.ofNullable(indexed);
  }

  @Override
  public synchronized void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw SequenceBytes.unreadable(file, line, e);
    }
  }
}
