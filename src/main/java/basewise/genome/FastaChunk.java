package basewise.genome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a FASTA text: its bases as codes, and its pieces without names and places. The bases
 * that complete the last windows, and the rest of a header that begins in it, are read from behind
 * it. Reused; one thread at a time.
 */
final class FastaChunk {
  private static final int MORE = 1 << 12;
  private static final int LOWER = 32;

  /** How a byte stands: at the start of a line, or within one of a kind. */
  enum Line {
    START,
    HEADER,
    COMMENT,
    BASES;

    /** The kind of the line that begins with a byte. */
    static Line of(byte first) {
      return switch (first) {
        case '>' -> HEADER;
        case ';' -> COMMENT;
        case '\n', '\r' -> START;
        default -> BASES;
      };
    }
  }

  /** Reads a text from a place on, as far as it goes. */
  interface Text {
    int read(ByteBuffer into, long from) throws IOException;
  }

  /**
   * What happens in order.
   *
   * @param header of a record that begins, or null
   * @param line from the start of the stretch, of the header or of what is wrong
   * @param n codes of a piece
   * @param again how many of these the next block has too
   * @param wrong whether {@code bad} cannot stand here
   */
  @SuppressWarnings("ArrayRecordComponent") // private bulk data
  private record Event(
      byte @Nullable [] header,
      long line,
      int n,
      boolean ends,
      int again,
      boolean wrong,
      byte bad) {
    static Event header(byte[] header, long line) {
      return new Event(header, line, -1, false, 0, false, (byte) 0);
    }

    static Event piece(int n, boolean ends, int again, long line) {
      return new Event(null, line, n, ends, again, false, (byte) 0);
    }

    static Event wrong(byte bad, long line) {
      return new Event(null, line, -1, false, 0, true, bad);
    }
  }

  private final int overlap;
  private final boolean skipMasked;
  private final byte[] table;
  private final List<Event> events = new ArrayList<>();

  private long number;
  private long from;
  private int limit;
  private Line state = Line.START;
  private boolean afterReturn;

  private byte[] text = new byte[0];
  private int filled;
  private int at;
  private long line;

  /** The line of the first byte that is neither blank nor of a header, if no header came before. */
  private long firstLine;

  private byte first;
  private boolean headed;

  FastaChunk(BlockOptions options) {
    overlap = options.overlap();
    skipMasked = options.skipMasked();
    table = skipMasked ? Letters.UNMASKED_CODES : Letters.CODES;
  }

  void begin(long newNumber, long start, long end, Line newState, boolean newAfterReturn) {
    number = newNumber;
    from = start;
    limit = (int) (end - start);
    state = newState;
    afterReturn = newAfterReturn;
  }

  long number() {
    return number;
  }

  int length() {
    return limit;
  }

  /** How many lines end in it. */
  long lines() {
    return line;
  }

  /** Turns the text into codes of a block. */
  void parse(Text source, SequenceBlock block) throws IOException {
    events.clear();
    if (text.length < limit + MORE) {
      text = new byte[limit + MORE];
    }
    filled = source.read(ByteBuffer.wrap(text, 0, limit + MORE), from);
    at = 0;
    line = 0;
    headed = false;
    firstLine = -1;
    byte[] codes = block.codes();
    int most = block.capacity();
    int start = 0;
    int out = 0;
    boolean lineStart = state == Line.START;
    boolean opened = false;
    boolean skipping = false;
    if (state == Line.HEADER || state == Line.COMMENT) {
      skipping = skipLine();
    }
    while (at < limit) {
      byte b = text[at];
      if (b == '\n' || b == '\r') {
        countLine(b);
        at++;
        lineStart = true;
        continue;
      }
      if (lineStart && b == '>') {
        if (opened || out > start) {
          events.add(Event.piece(out - start, true, 0, line));
          start = ++out;
        }
        header(source);
        opened = true;
        lineStart = false;
        continue;
      }
      if (lineStart && b == ';') {
        skipping = skipLine();
        lineStart = false;
        continue;
      }
      lineStart = false;
      byte code = table[b & 0xff];
      if (code == Letters.BLANK) {
        at++;
        continue;
      }
      if (firstLine < 0 && !headed) {
        firstLine = line;
        first = b;
      }
      if (code < 0) {
        events.add(Event.wrong(b, line));
        return;
      }
      codes[out++] = code;
      at++;
      int n =
          (b | LOWER) == 'n'
              ? BaseText.encodeRun(text, at, limit, codes, out, most, b)
              : BaseText.encode(text, at, limit, codes, out, most, skipMasked);
      at += n;
      out += n;
    }
    int own = out - start;
    int tail = tail(source, codes, out, lineStart, skipping);
    if (own > 0) {
      events.add(Event.piece(own + Math.max(0, tail), tail < 0, Math.max(0, tail), line));
    } else if (opened && tail < 0) {
      events.add(Event.piece(0, true, 0, line));
    }
  }

  /** Takes a header line but not its end. */
  private void header(Text source) throws IOException {
    int i = at + 1;
    do {
      while (i < filled && text[i] != '\n' && text[i] != '\r') {
        i++;
      }
    } while (i == filled && more(source));
    events.add(Event.header(Arrays.copyOfRange(text, at + 1, i), line));
    headed = true;
    at = i;
  }

  /** Takes the rest of a line but not its end; whether that lies behind the stretch. */
  private boolean skipLine() {
    while (at < limit && text[at] != '\n' && text[at] != '\r') {
      at++;
    }
    return at == limit;
  }

  /** A line has ended, but for the second byte of an end of two. */
  private void countLine(byte b) {
    boolean second = b == '\n' && (at > 0 ? text[at - 1] == '\r' : afterReturn);
    line += second ? 0 : 1;
  }

  private boolean more(Text source) throws IOException {
    text = Arrays.copyOf(text, filled + MORE);
    int n = source.read(ByteBuffer.wrap(text, filled, MORE), from + filled);
    filled += n;
    return n > 0;
  }

  /**
   * Appends the bases behind the stretch that complete windows.
   *
   * @return how many; less than 0 if the contig ends with the stretch
   */
  private int tail(Text source, byte[] codes, int out, boolean lineStart, boolean within)
      throws IOException {
    int p = at;
    int n = 0;
    boolean start = lineStart;
    boolean skipping = within;
    while (p < filled || more(source)) {
      byte b = text[p];
      if (b == '\n' || b == '\r') {
        start = true;
        skipping = false;
        p++;
        continue;
      }
      if (start && b == '>') {
        break;
      }
      skipping |= start && b == ';';
      start = false;
      byte code = table[b & 0xff];
      if (skipping || code == Letters.BLANK) {
        p++;
        continue;
      }
      if (code < 0 || n == overlap) {
        return n;
      }
      codes[out + n++] = code;
      p++;
    }
    return n == 0 ? -1 : n;
  }

  /** Gives the pieces names and places, and tells what is wrong, by the records before. */
  void settle(FastaRecords records, long before, SequenceBlock block) {
    if (!records.open() && firstLine >= 0) {
      throw records.wrong(first, before + firstLine);
    }
    for (Event e : events) {
      if (e.header != null) {
        records.begin(e.header, e.header.length, before + e.line);
      } else if (e.wrong) {
        throw records.wrong(e.bad, before + e.line);
      } else {
        records.add(block, e.n, e.ends, e.again);
      }
    }
  }
}
