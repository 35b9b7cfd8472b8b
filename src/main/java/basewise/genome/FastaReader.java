package basewise.genome;

import basewise.io.TextInput;
import basewise.io.Wording;
import basewise.sequence.NamedSequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * FASTA, record by record: any wrapping, any line end, lower case as bases, U as T, IUPAC letters
 * and gaps as N. A header without a name is called {@code seqN} by its place in the file. Old
 * {@code ;} comment lines and blank lines are skipped.
 */
public final class FastaReader {
  private final TextInput in;
  private final byte[] table;
  private boolean held;
  private long records;
  private long headerLine;
  private byte[] codes = new byte[1 << 12];

  /** Reads from the next line on; the caller closes the input. */
  public FastaReader(TextInput in) {
    this(in, false);
  }

  /**
   * As above.
   *
   * @param held whether the line last read from {@code in} is the first to be looked at
   */
  public FastaReader(TextInput in, boolean held) {
    this(in, held, Letters.CODES);
  }

  /**
   * As above, for a genome that keeps its soft mask.
   *
   * @param table what each byte becomes: {@link Letters#CODES} or {@link Letters#MASKED}
   */
  FastaReader(TextInput in, boolean held, byte[] table) {
    this.in = in;
    this.held = held;
    this.table = table;
  }

  /** All records of a file, plain or compressed, or "-". */
  public static List<NamedSequence> readAll(String name) {
    try (TextInput in = TextInput.open(name)) {
      return new FastaReader(in).readAll();
    }
  }

  /** All records that remain. */
  public List<NamedSequence> readAll() {
    List<NamedSequence> all = new ArrayList<>();
    for (NamedSequence s = next(); s != null; s = next()) {
      all.add(s);
    }
    return all;
  }

  /** The 1-based line of the header of the record last returned. */
  public long headerLine() {
    return headerLine;
  }

  /**
   * The next record, or null at the end.
   *
   * @throws basewise.io.InputException at a letter that cannot stand in DNA, or text before the
   *     first header
   */
  public @Nullable NamedSequence next() {
    while (held || in.readLineBytes()) {
      held = false;
      byte first = in.length() == 0 ? (byte) ' ' : in.bytes()[0];
      if (first == '>') {
        return record();
      }
      if (first != ';' && !isBlank()) {
        throw in.wrong("expected a FASTA header that starts with '>'", "is this FASTA?");
      }
    }
    return null;
  }

  private NamedSequence record() {
    String header = new String(in.bytes(), 1, in.length() - 1, StandardCharsets.UTF_8).strip();
    headerLine = in.line();
    records++;
    int length = 0;
    while (in.readLineBytes()) {
      int n = in.length();
      byte first = n == 0 ? (byte) ' ' : in.bytes()[0];
      if (first == '>') {
        held = true;
        break;
      }
      if (first == ';') {
        continue;
      }
      if (n > codes.length - length) {
        codes = Arrays.copyOf(codes, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * length + 2L * n));
      }
      length = append(in.bytes(), n, length);
    }
    int space = 0;
    while (space < header.length() && !Character.isWhitespace(header.charAt(space))) {
      space++;
    }
    String id = space == 0 ? "seq" + records : header.substring(0, space);
    return new NamedSequence(id, header.substring(space).strip(), Arrays.copyOf(codes, length));
  }

  private int append(byte[] line, int n, int at) {
    int length = at;
    for (int i = 0; i < n; i++) {
      byte code = table[line[i] & 0xff];
      if (code >= 0) {
        codes[length++] = code;
      } else if (code == Letters.WRONG) {
        throw in.wrong(
            "'" + Wording.printable(line[i]) + "' cannot stand in DNA",
            "is this protein, or not FASTA?");
      }
    }
    return length;
  }

  private boolean isBlank() {
    byte[] line = in.bytes();
    for (int i = 0; i < in.length(); i++) {
      if (line[i] != ' ' && line[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
