package basewise.genome;

import basewise.io.TextInput;
import basewise.io.Wording;
import basewise.sequence.Dna;
import basewise.sequence.NamedSequence;
import org.jspecify.annotations.Nullable;

/** FASTQ in records of four lines; qualities are checked for their length and not kept. */
public final class FastqReader {
  private final TextInput in;
  private @Nullable String held;
  private long records;

  /**
   * Reads records; the caller closes the input.
   *
   * @param first the line last read from {@code in}, if it is part of the first record
   */
  public FastqReader(TextInput in, @Nullable String first) {
    this.in = in;
    this.held = first;
  }

  /**
   * The next read, or null at the end.
   *
   * @throws basewise.io.InputException at a record that is not FASTQ, or is cut short
   */
  public @Nullable NamedSequence next() {
    String header = held;
    held = null;
    while (header == null || header.isBlank()) {
      header = in.readLine();
      if (header == null) {
        return null;
      }
    }
    if (!header.startsWith("@")) {
      throw in.wrong("expected a FASTQ header that starts with '@'", "is a record cut short?");
    }
    records++;
    byte[] codes = encode(line());
    if (!line().startsWith("+")) {
      throw in.wrong("expected a line that starts with '+'", "FASTQ records must be four lines");
    }
    int qualities = line().length();
    if (qualities != codes.length) {
      throw in.wrong(
          "expected "
              + Wording.count(codes.length, "quality", "qualities")
              + ", found "
              + qualities,
          "is the file damaged?");
    }
    String text = header.substring(1).strip();
    int space = 0;
    while (space < text.length() && !Character.isWhitespace(text.charAt(space))) {
      space++;
    }
    String id = space == 0 ? "read" + records : text.substring(0, space);
    return new NamedSequence(id, text.substring(space).strip(), codes);
  }

  private String line() {
    String line = in.readLine();
    if (line == null) {
      throw in.wrong("the last FASTQ record is cut short", "copy the file again");
    }
    return line.stripTrailing();
  }

  private byte[] encode(String bases) {
    byte[] codes = new byte[bases.length()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = Dna.code(bases.charAt(i));
      if (codes[i] < 0) {
        throw in.wrong("'" + bases.charAt(i) + "' cannot stand in DNA", "is this FASTQ?");
      }
    }
    return codes;
  }
}
