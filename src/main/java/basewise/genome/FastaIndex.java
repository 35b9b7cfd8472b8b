package basewise.genome;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.Wording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines of a FASTA file are: the five columns of samtools' .fai, in the order of the
 * file. Only files whose lines are equally long within a contig (but for the last) have one.
 */
record FastaIndex(List<Entry> entries) {
  /**
   * One contig.
   *
   * @param length bases
   * @param offset of the first base, in bytes of uncompressed text
   * @param lineBases bases per line
   * @param lineWidth bytes per line with its end
   */
  record Entry(String name, int length, long offset, int lineBases, int lineWidth) {
    /** The byte of a base. */
    long byteOf(int base) {
      return lineBases == 0
          ? offset
          : offset + (long) (base / lineBases) * lineWidth + base % lineBases;
    }
  }

  /** Reads a .fai; null if it is not one. */
  static @Nullable FastaIndex read(Path path) throws IOException {
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String line : Files.readString(path, StandardCharsets.UTF_8).lines().toList()) {
      String[] f = line.split("\t", -1);
      try {
        Entry e =
            new Entry(
                f[0],
                Integer.parseInt(f[1]),
                Long.parseLong(f[2]),
                Integer.parseInt(f[3]),
                Integer.parseInt(f[4]));
        if (!names.add(e.name) || e.length < 0 || e.lineWidth < e.lineBases || e.offset < 0) {
          return null;
        }
        entries.add(e);
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        return null;
      }
    }
    return entries.isEmpty() ? null : new FastaIndex(List.copyOf(entries));
  }

  /** Writes it as samtools does. */
  void write(Path path) {
    StringBuilder out = new StringBuilder();
    for (Entry e : entries) {
      out.append(e.name).append('\t').append(e.length).append('\t').append(e.offset);
      out.append('\t').append(e.lineBases).append('\t').append(e.lineWidth).append('\n');
    }
    AtomicOutput.write(path, out.toString());
  }

  /** The byte after the last base of the file. */
  long end() {
    long end = 0;
    for (Entry e : entries) {
      end = Math.max(end, e.length == 0 ? e.offset : e.byteOf(e.length - 1) + 1);
    }
    return end;
  }

  /**
   * Indexes FASTA text.
   *
   * @return null if the lines of a contig are not equally long
   * @throws InputException at a letter that cannot stand in DNA, or a second contig of one name
   */
  static @Nullable FastaIndex build(String name, InputStream in) throws IOException {
    return new Builder(name).run(in);
  }

  /** Goes over the bytes once. */
  private static final class Builder {
    private final String file;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final StringBuilder header = new StringBuilder();
    private long offset;
    private long line = 1;
    private int lineLength;
    private boolean inHeader;
    private boolean regular = true;
    private @Nullable String contig;
    private long contigOffset;
    private long length;
    private int lineBases;
    private int lineWidth;
    private boolean lastLineSeen;

    Builder(String file) {
      this.file = file;
    }

    @Nullable FastaIndex run(InputStream in) throws IOException {
      byte[] buffer = new byte[1 << 16];
      boolean carriageReturn = false;
      for (int n = in.read(buffer); n >= 0 && regular; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          byte b = buffer[i];
          if (carriageReturn) {
            carriageReturn = false;
            if (b == '\n') {
              offset++;
              endLine(2);
              continue;
            }
            endLine(1);
          }
          offset++;
          if (b == '\n') {
            endLine(1);
          } else if (b == '\r') {
            carriageReturn = true;
          } else if (offset > 3 || (b & 0xff) < 0xbb) { // not the byte-order mark
            letter(b);
          }
        }
      }
      endLine(carriageReturn ? 1 : 0);
      endContig();
      return regular ? new FastaIndex(List.copyOf(entries)) : null;
    }

    private void letter(byte b) {
      if (lineLength == 0) {
        inHeader = b == '>';
        regular &= b != ';';
      }
      lineLength++;
      if (inHeader) {
        header.append((char) (b & 0xff));
        return;
      }
      byte kind = Letters.CODES[b & 0xff];
      if (kind >= 0) {
        return;
      }
      regular &= kind != Letters.BLANK;
      if (kind == Letters.WRONG && regular) {
        throw new InputException(
            file,
            line,
            "'" + Wording.printable(b) + "' cannot stand in DNA",
            "is this protein, or not FASTA?");
      }
    }

    private void endLine(int endBytes) {
      if (inHeader) {
        endContig();
        beginContig();
      } else if (lineLength > 0) {
        if (contig == null) {
          throw new InputException(
              file, line, "expected a FASTA header that starts with '>'", "is this FASTA?");
        }
        if (lineBases == 0) {
          lineBases = lineLength;
          lineWidth = lineLength + endBytes;
        } else {
          regular &= !lastLineSeen && lineLength <= lineBases;
          lastLineSeen |= lineLength < lineBases || lineLength + endBytes != lineWidth;
        }
        length += lineLength;
      } else {
        lastLineSeen |= lineBases > 0;
        if (lineBases == 0) {
          contigOffset = offset; // blank lines below the header
        }
      }
      inHeader = false;
      lineLength = 0;
      line++;
    }

    private void beginContig() {
      String text = header.substring(1).strip();
      header.setLength(0);
      int space = 0;
      while (space < text.length() && !Character.isWhitespace(text.charAt(space))) {
        space++;
      }
      contig = space == 0 ? "seq" + (entries.size() + 1) : text.substring(0, space);
      if (!names.add(contig)) {
        throw new InputException(
            file, line, "a second contig is called '" + contig + "'", "rename one of them");
      }
      contigOffset = offset;
      length = 0;
      lineBases = 0;
      lineWidth = 0;
      lastLineSeen = false;
    }

    private void endContig() {
      if (contig == null) {
        return;
      }
      if (length > Integer.MAX_VALUE - 8) {
        throw new InputException(
            file, "contig " + contig + " has " + length + " bases", "2,147,483,639 can be read");
      }
      entries.add(new Entry(contig, (int) length, contigOffset, lineBases, lineWidth));
    }
  }
}
