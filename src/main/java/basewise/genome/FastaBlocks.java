package basewise.genome;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
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
  private final FastaRecords records;
  private final BlockOptions options;
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

  /** Codes the next block begins with. */
  private final byte[] carry;

  private int carried;
  private boolean done;
  private @Nullable RuntimeException broken;

  /** The file where it is plain text, and where that begins; how it is read by several threads. */
  private @Nullable Path plain;

  private long plainFrom;
  private volatile @Nullable FastaChunks chunks;

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
    this.options = options;
    records = new FastaRecords(file, ledger, indexed);
    overlap = options.overlap();
    skipMasked = options.skipMasked();
    table = skipMasked ? Letters.UNMASKED_CODES : Letters.CODES;
    carry = new byte[overlap];
  }

  /** Says that it is plain text in a file, from some byte on. */
  FastaBlocks plain(Path path, long from) {
    plain = path;
    plainFrom = from;
    return this;
  }

  /**
   * By several threads at once, in blocks that are cut otherwise, if it is plain text in a file.
   */
  @Override
  public synchronized Optional<BlockSource> chunks() {
    if (plain == null) {
      return Optional.empty();
    }
    if (chunks == null) {
      chunks = FastaChunks.open(file, plain, plainFrom, options, ledger, records);
    }
    return Optional.of(chunks);
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
    if (records.open()) {
      if (carried > end) {
        throw tooSmall();
      }
      System.arraycopy(carry, 0, codes, 0, carried);
      out = carried;
    }
    while (true) {
      if (at == limit && !refill()) {
        endContig(block, out - from);
        done = true;
        records.end();
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
      if (code < 0 || !records.open()) {
        throw records.wrong(b, line);
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
      records.add(block, n, false, overlap);
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

  private void endContig(SequenceBlock block, int n) {
    if (records.open()) {
      records.add(block, n, true, overlap);
      carried = 0;
    }
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
    records.begin(header, n, headerLine);
    carried = 0;
    lineStart = false; // its end is still to come
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

  @Override
  public long bases() {
    return records.bases();
  }

  @Override
  public double part() {
    FastaChunks all = chunks;
    return all == null ? part.getAsDouble() : all.part();
  }

  @Override
  public synchronized Optional<List<Contig>> contigs() {
    return done ? Optional.of(ledger.contigs()) : Optional.ofNullable(records.indexed());
  }

  @Override
  public synchronized void close() {
    if (chunks != null) {
      chunks.close();
    }
    try {
      in.close();
    } catch (IOException e) {
      throw SequenceBytes.unreadable(file, line, e);
    }
  }
}
