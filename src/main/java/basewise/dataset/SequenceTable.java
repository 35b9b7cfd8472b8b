package basewise.dataset;

import basewise.genome.Peaks;
import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.io.Wording;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Text with one sequence per line: bare, or in a column of a tab- or comma-separated table with or
 * without a header. The sequence column is the one that holds DNA; the label columns are the one
 * named {@code label}, {@code bound}, {@code class} or {@code target}, else the numeric columns
 * that are not coordinates, folds or row numbers. A column of overlapping k-mers, as DNABERT writes
 * them, is joined into the sequence it was cut from.
 */
final class SequenceTable {
  private static final Set<String> LABEL_NAMES =
      Set.of("label", "labels", "bound", "class", "target");
  private static final Set<String> NOT_LABELS =
      Set.of("fold", "start", "end", "pos", "position", "index", "line", "id");
  private static final Set<String> ID_NAMES =
      Set.of("eventid", "seq_id", "seqid", "id", "name", "tag", "sequence_id");
  private static final Set<String> SEQUENCE_NAMES = Set.of("seq", "sequence", "dna");

  private final String name;
  private final List<String[]> rows = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();
  private String @Nullable [] header;
  private int columns;
  private long firstLine;

  private SequenceTable(String name) {
    this.name = name;
  }

  /**
   * Reads the whole table.
   *
   * @param first the line last read from {@code in}: the header or the first row
   */
  static SequenceFile read(TextInput in, String first, DatasetOptions options) {
    SequenceTable table = new SequenceTable(in.name());
    table.readRows(in, first);
    return table.toSequences(options);
  }

  private void readRows(TextInput in, String first) {
    char separator = first.indexOf('\t') >= 0 ? '\t' : first.indexOf(',') >= 0 ? ',' : 0;
    for (String line = first; line != null; line = in.readLine()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] row = separator == 0 ? new String[] {line.strip()} : split(line, separator);
      if (columns == 0) {
        columns = row.length;
        firstLine = in.line();
      } else if (row.length != columns) {
        throw in.wrong(
            "expected " + Wording.count(columns, "column") + ", found " + row.length,
            "is the table complete?");
      }
      rows.add(row);
      lines.add(in.line());
    }
    if (columns > 1 && isHeader(rows.getFirst(), rows.size() > 1 ? rows.get(1) : null)) {
      header = rows.removeFirst();
      lines.removeFirst();
    }
  }

  private SequenceFile toSequences(DatasetOptions options) {
    if (rows.isEmpty()) {
      throw new InputException(name, "has a header and no rows", "is the file complete?");
    }
    int sequence = sequenceColumn(options.sequenceColumn());
    int[] labels = labelColumns(options.labelColumns(), sequence);
    int id = column(ID_NAMES, sequence);
    List<String> tasks = new ArrayList<>();
    for (int c : labels) {
      tasks.add(header == null ? (labels.length == 1 ? "label" : "column" + (c + 1)) : header[c]);
    }
    List<LabelledSequence> out = new ArrayList<>(rows.size());
    for (int r = 0; r < rows.size(); r++) {
      String[] row = rows.get(r);
      String seqId = id >= 0 && !row[id].isBlank() ? row[id].strip() : "seq" + (r + 1);
      byte[] codes = encode(row[sequence], lines.get(r));
      float[] values = labels.length == 0 ? null : values(row, labels, lines.get(r));
      out.add(new LabelledSequence(seqId, null, null, codes, values, lines.get(r)));
    }
    return new SequenceFile(SequenceFile.Format.TABLE, null, List.copyOf(tasks), out, 0);
  }

  private byte[] encode(String text, long line) {
    String bases = text.indexOf(' ') >= 0 ? joinKmers(text.strip()) : text.strip();
    byte[] codes = new byte[bases.length()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = Dna.code(bases.charAt(i));
      if (codes[i] < 0) {
        throw new InputException(
            name,
            line,
            "letter '" + bases.charAt(i) + "' cannot stand in DNA",
            "is this a sequence file?");
      }
    }
    return codes;
  }

  private float[] values(String[] row, int[] labels, long line) {
    float[] values = new float[labels.length];
    for (int i = 0; i < values.length; i++) {
      String text = row[labels[i]].strip();
      Float value = number(text);
      if (value == null) {
        throw new InputException(
            name, line, "label '" + text + "' is not a number", "name others with --label-columns");
      }
      values[i] = value;
    }
    return values;
  }

  private int sequenceColumn(@Nullable String asked) {
    if (asked != null) {
      return named(asked, "--sequence-column");
    }
    List<Integer> dna = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      boolean all = true;
      for (int r = 0; r < Math.min(20, rows.size()); r++) {
        all &= isDna(rows.get(r)[c]);
      }
      if (all) {
        dna.add(c);
      }
    }
    for (int c : dna) {
      if (header != null && SEQUENCE_NAMES.contains(header[c].toLowerCase(Locale.ROOT))) {
        return c;
      }
    }
    if (dna.size() == 1) {
      return dna.getFirst();
    }
    if (dna.size() > 1) {
      throw new InputException(
          name, "has " + dna.size() + " columns of DNA", "name one with --sequence-column");
    }
    if (columns == 1) {
      return 0; // the first letter that is not DNA will say where
    }
    for (int r = 0; r < Math.min(20, rows.size()); r++) {
      if (Peaks.recognises(String.join("\t", rows.get(r)))) {
        // Regions after a first line that is none: what is wrong with that line is the answer.
        throw Peaks.mistake(name, firstLine, header == null ? rows.getFirst() : header);
      }
    }
    throw new InputException(
        name, lines.getFirst(), "no column holds DNA", "is this a sequence file?");
  }

  private int[] labelColumns(List<String> asked, int sequence) {
    if (!asked.isEmpty()) {
      int[] columns = asked.stream().mapToInt(a -> named(a, "--label-columns")).toArray();
      for (int i = 0; i < columns.length; i++) {
        int column = columns[i];
        if (column == sequence) {
          throw InputException.ofOption(
              "--label-columns", "'" + asked.get(i) + "' is the column of sequences", "");
        }
        if (Arrays.stream(columns, 0, i).anyMatch(c -> c == column)) {
          throw InputException.ofOption(
              "--label-columns", "'" + asked.get(i) + "' is named twice", "name it once");
        }
      }
      return columns;
    }
    int known = column(LABEL_NAMES, sequence);
    if (known >= 0) {
      return new int[] {known};
    }
    List<Integer> numeric = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      if (c == sequence || !isNumeric(c)) {
        continue;
      }
      if (header == null
          || !(header[c].isBlank()
              || header[c].startsWith("Unnamed")
              || NOT_LABELS.contains(header[c].toLowerCase(Locale.ROOT)))) {
        numeric.add(c);
      }
    }
    return numeric.stream().mapToInt(c -> c).toArray();
  }

  private boolean isNumeric(int column) {
    boolean any = false;
    for (String[] row : rows) {
      Float value = number(row[column].strip());
      if (value == null) {
        return false;
      }
      any |= !value.isNaN();
    }
    return any;
  }

  private int named(String asked, String option) {
    for (int c = 0; header != null && c < columns; c++) {
      if (header[c].equals(asked)) {
        return c;
      }
    }
    if (asked.matches("[1-9]\\d{0,5}") && Integer.parseInt(asked) <= columns) {
      return Integer.parseInt(asked) - 1;
    }
    String has =
        header == null
            ? Wording.count(columns, "column")
            : "the columns " + String.join(", ", header);
    throw InputException.ofOption(option, "no column '" + asked + "'", name + " has " + has);
  }

  private int column(Set<String> names, int except) {
    for (int c = 0; header != null && c < columns; c++) {
      if (c != except && names.contains(header[c].toLowerCase(Locale.ROOT))) {
        return c;
      }
    }
    return -1;
  }

  /** Whether a first row names columns: names may spell DNA too, as GATA, but not above DNA. */
  private static boolean isHeader(String[] first, String @Nullable [] second) {
    boolean below = false;
    boolean spells = false;
    for (int c = 0; c < first.length; c++) {
      boolean dna = second != null && isDna(second[c]);
      if (dna && isDna(first[c])) {
        return false;
      }
      below |= dna;
      spells |= isDna(first[c]);
    }
    return below || !spells;
  }

  /** Whether a cell is surely DNA: at least four letters, all of ACGTUN (or k-mers of them). */
  static boolean isDna(String cell) {
    String text = cell.strip();
    if (text.length() < 4) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ("ACGTUNacgtun ".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** A number; not a number where a cell is empty or says so, for a label that is not known. */
  private static @Nullable Float number(String text) {
    if (text.isEmpty()) {
      return Float.NaN;
    }
    try {
      return Float.valueOf(text);
    } catch (NumberFormatException e) {
      if (text.equalsIgnoreCase("NA") || text.equalsIgnoreCase("NaN")) {
        return Float.NaN;
      }
      return null;
    }
  }

  private static String joinKmers(String text) {
    String[] words = text.split(" +");
    int k = words[0].length();
    StringBuilder joined = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      if (word.length() == k && words[i - 1].regionMatches(1, word, 0, k - 1)) {
        joined.append(word.charAt(k - 1));
      } else if (word.length() < k && i == words.length - 1) {
        joined.append(word); // DNABERT leaves a rest at the end
      } else {
        return text; // not overlapping k-mers: the space itself will be refused
      }
    }
    return joined.toString();
  }

  /** Cells of a line; a cell in double quotes may hold the separator, and "" for a quote. */
  private static String[] split(String line, char separator) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder quoted = null;
      if (separator == ',' && at < line.length() && line.charAt(at) == '"') {
        quoted = new StringBuilder();
        for (at++; at < line.length(); at++) {
          if (line.charAt(at) == '"') {
            if (at + 1 == line.length() || line.charAt(at + 1) != '"') {
              at++;
              break;
            }
            at++;
          }
          quoted.append(line.charAt(at));
        }
      }
      int end = line.indexOf(separator, at);
      String rest = end < 0 ? line.substring(at) : line.substring(at, end);
      cells.add(quoted == null ? rest : quoted + rest);
      if (end < 0) {
        return cells.toArray(String[]::new);
      }
      at = end + 1;
    }
  }
}
