package basewise.motif.format;

import basewise.io.Wording;
import basewise.motif.format.Gathering.Draft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The many formats that are a header and a block of numbers: JASPAR (bare, bracketed, with bars),
 * HOMER, GimmeMotifs, Cluster-Buster, HOCOMOCO (counts and log-odds), CIS-BP, UniPROBE's short
 * form, ENCODE, and matrices without any header. They differ in the header, in whether a row is a
 * base or a position, and in what labels a row; one file may mix them.
 */
final class BlockText {
  private static final Pattern CISBP_KEY =
      Pattern.compile(
          "(TF Name|TF|Gene|Motif|Family|Species|MSource_Identifier)(?:(?:\\t|\\s{2,})(.*))?");
  private static final Pattern IUPAC = Pattern.compile("[ACGTUMRWSYKVHDBNacgtumrwsykvhdbn]+");
  private static final String NO_LABEL = "";

  /** One line of numbers and what stood before them. */
  private record Row(int line, String label, double[] numbers) {}

  /** A header and the rows below it. */
  private static final class Block {
    final Draft draft;
    final List<Row> rows = new ArrayList<>();
    String order = "ACGT";
    String notation = "";
    boolean titled;
    boolean numbered;
    boolean homer;
    boolean cisbp;

    Block(int line) {
      draft = new Draft("", "", line);
    }
  }

  private final Lines lines;
  private final Gathering found;
  private final List<Block> blocks = new ArrayList<>();
  private Block block;

  private BlockText(Lines lines) {
    this.lines = lines;
    this.found = new Gathering(lines);
    this.block = new Block(1);
  }

  static MotifCollection read(Lines lines) {
    return new BlockText(lines).readAll();
  }

  private MotifCollection readAll() {
    for (String line = lines.take(); line != null; line = lines.take()) {
      take(line.strip());
    }
    flush(true);
    if (blocks.isEmpty()) {
      throw lines.wrong(1, "is no motif file of a known format", "no matrix was found in it");
    }
    boolean consensusLabels = blocks.stream().anyMatch(BlockText::hasConsensusLabels);
    Boolean bareByBase = bareByBase();
    Map<String, Block> byId = new HashMap<>();
    for (Block b : blocks) {
      name(b);
      orient(b, consensusLabels, bareByBase);
      Block same = b.draft.id.isEmpty() ? null : byId.putIfAbsent(b.draft.id, b);
      if (same != null && repeats(same, b)) {
        continue;
      }
      add(b);
    }
    return found.finish(format(consensusLabels));
  }

  /** One line: what it is depends on its looks and, for plain numbers, on the header above. */
  private void take(String line) {
    if (line.isEmpty()) {
      flush(false);
      return;
    }
    if (line.startsWith("#")) {
      flush(false);
      return;
    }
    if (line.startsWith(">")) {
      flush(true);
      header(line.substring(1).strip());
      return;
    }
    Row row = row(line);
    if (row != null) {
      block.rows.add(row);
      block.notation += notation(row, line);
      return;
    }
    if (line.matches("(MOTIF|ALPHABET|letter-probability|Background letter).*")) {
      throw lines.wrong(
          "MEME text without its version line", "start the file with: MEME version 4");
    }
    Matcher key = CISBP_KEY.matcher(line);
    String order = columnOrder(line);
    String[] words = Lines.words(line);
    if (order != null) {
      flush(false);
      block.order = order;
      block.numbered = words.length == 5;
      block.titled = true;
    } else if (key.matches()) {
      flush(false);
      cisbp(key.group(1), key.group(2) == null ? "" : key.group(2).strip());
    } else if (words[0].equals("Ent=") || (words[0].equals("base") && Lines.areNumbers(words, 1))) {
      flush(false);
    } else if (words.length <= 2 && !block.titled && block.rows.isEmpty()) {
      bareTitle(words);
    } else {
      throw lines.wrong(
          "is no line of a motif file: neither a header nor a row of numbers",
          blocks.isEmpty() && block.rows.isEmpty() ? "is this a table or a report?" : "remove it");
    }
  }

  private static String notation(Row row, String line) {
    if (row.label.isEmpty()) {
      return "";
    }
    return line.contains("[") ? "[" : line.charAt(1) == ':' ? ":" : "|";
  }

  private void header(String text) {
    block.titled = true;
    String[] fields = text.split(text.contains("\t") ? "\t" : "\\s+");
    if (fields.length >= 3
        && Lines.isNumber(fields[2].strip())
        && IUPAC.matcher(fields[0]).matches()) {
      block.homer = true;
      block.draft.id = fields[1].strip();
      int end = block.draft.id.indexOf('(');
      block.draft.name = end > 0 ? block.draft.id.substring(0, end) : "";
      block.draft.note("consensus", fields[0]);
      block.draft.note("homer_threshold", fields[2]);
      return;
    }
    String[] words = text.split("\\s+", 2);
    block.draft.id = words[0];
    block.draft.name = words.length > 1 ? words[1] : "";
  }

  /** UniPROBE's "Arid3a_primary" or "UW.Motif.0001 atgactca": a title without a mark. */
  private void bareTitle(String[] words) {
    if (words.length == 1 && words[0].length() > 100) {
      throw lines.wrong(
          "is no line of a motif file: neither a header nor a row of numbers",
          "is this a sequence?");
    }
    block = new Block(lines.number());
    block.titled = true;
    block.draft.id = words[0];
    block.draft.name = words.length > 1 ? words[1] : "";
  }

  private void cisbp(String key, String value) {
    block.titled = true;
    block.cisbp = true;
    switch (key) {
      case "Motif" -> block.draft.id = value;
      case "TF Name" -> block.draft.name = value;
      case "Family" -> block.draft.note("family", value);
      case "Species" -> block.draft.note("species", value);
      default -> block.draft.note("cisbp_" + key.toLowerCase(Locale.ROOT), value);
    }
  }

  /** The order of a line of column titles, such as "Pos A C G T" or "T A G C", or null. */
  private static @Nullable String columnOrder(String line) {
    String[] words = Lines.words(line);
    int from = words.length - 4;
    if (from < 0 || from > 1 || (from == 1 && !words[0].matches("(?i)pos|p0|po"))) {
      return null;
    }
    String letters = String.join("", Arrays.copyOfRange(words, from, words.length));
    String order = letters.toUpperCase(Locale.ROOT).replace('U', 'T');
    char[] sorted = order.toCharArray();
    Arrays.sort(sorted);
    return new String(sorted).equals("ACGT") ? order : null;
  }

  private @Nullable Row row(String line) {
    String[] words = Lines.words(line.replace('[', ' ').replace(']', ' ').replace('|', ' '));
    if (words.length == 0) {
      return null;
    }
    String label = words[0].replaceFirst(":$", "");
    if (label.length() == 1 && Character.isLetter(label.charAt(0)) && Lines.areNumbers(words, 1)) {
      return new Row(
          lines.number(),
          label.toUpperCase(Locale.ROOT).replace('U', 'T'),
          Lines.numbers(words, 1, words.length - 1));
    }
    if (!Lines.areNumbers(words, 0)) {
      return null;
    }
    int skip = block.numbered ? 1 : 0;
    if (words.length == skip) {
      return null;
    }
    return new Row(lines.number(), NO_LABEL, Lines.numbers(words, skip, words.length - skip));
  }

  /** Ends the block if it has rows; a header without rows is kept unless it must end here. */
  private void flush(boolean ends) {
    if (!block.rows.isEmpty()) {
      blocks.add(block);
    } else if (!ends) {
      return;
    } else if (block.titled) {
      throw lines.wrong(
          block.draft.line, "a header without a matrix", "is the file cut short, or a FASTA file?");
    }
    block = new Block(lines.number());
  }

  private static boolean hasConsensusLabels(Block b) {
    return !b.rows.get(0).label.isEmpty() && !isByBase(b);
  }

  private static boolean isByBase(Block b) {
    char[] labels = new char[b.rows.size()];
    for (int i = 0; i < labels.length; i++) {
      if (b.rows.get(i).label.isEmpty()) {
        return false;
      }
      labels[i] = b.rows.get(i).label.charAt(0);
    }
    Arrays.sort(labels);
    return new String(labels).equals("ACGT");
  }

  /** What blocks without labels show of themselves: true 4 rows of w, false w rows of 4. */
  private @Nullable Boolean bareByBase() {
    for (Block b : blocks) {
      if (b.rows.get(0).label.isEmpty()) {
        int n = b.rows.get(0).numbers.length;
        if (b.rows.size() != 4 && n == 4) {
          return false;
        }
        if (b.rows.size() == 4 && n != 4) {
          return true;
        }
      }
    }
    return null;
  }

  /** Fills the draft's rows, A C G T, whichever way the block was written. */
  private void orient(Block b, boolean consensusLabels, @Nullable Boolean bareByBase) {
    boolean byBase;
    if (b.rows.get(0).label.isEmpty()) {
      int n = b.rows.get(0).numbers.length;
      byBase = b.rows.size() == 4 && !b.numbered && (n != 4 || squareByBase(b, bareByBase));
    } else {
      byBase = !consensusLabels;
    }
    for (Row row : b.rows) {
      if (row.label.isEmpty() != b.rows.get(0).label.isEmpty()) {
        throw lines.wrong(
            row.line, "some rows of this matrix have a letter and some have none", "");
      }
    }
    int columns = byBase ? b.rows.get(0).numbers.length : 4;
    for (Row row : b.rows) {
      if (row.numbers.length != columns) {
        int n = row.numbers.length;
        throw lines.wrong(
            row.line,
            byBase
                ? "expected "
                    + Wording.count(columns, "number")
                    + " as in the row above, found "
                    + n
                : "expected 4 columns (A C G T), found " + n,
            n == 20 ? "is this a protein motif?" : "");
      }
    }
    if (!byBase) {
      for (Row row : b.rows) {
        double[] x = new double[4];
        for (int c = 0; c < 4; c++) {
          x["ACGT".indexOf(b.order.charAt(c))] = row.numbers[c];
        }
        b.draft.row(x, row.line);
      }
      return;
    }
    for (int i = 0; i < columns; i++) {
      double[] x = new double[4];
      for (int r = 0; r < 4; r++) {
        Row row = b.rows.get(r);
        x["ACGT".indexOf(row.label.isEmpty() ? "ACGT".charAt(r) : row.label.charAt(0))] =
            row.numbers[i];
      }
      b.draft.row(x, b.rows.get(0).line);
    }
  }

  /** 4 x 4 numbers: as the rest of the file; else whichever way the sums are alike. */
  private static boolean squareByBase(Block b, @Nullable Boolean bareByBase) {
    if (b.homer) {
      return false;
    }
    if (bareByBase != null) {
      return bareByBase;
    }
    double rows = 0;
    double columns = 0;
    double first = Arrays.stream(b.rows.get(0).numbers).sum();
    double firstColumn = b.rows.stream().mapToDouble(r -> r.numbers[0]).sum();
    for (int i = 0; i < 4; i++) {
      int at = i;
      rows += Math.abs(Arrays.stream(b.rows.get(i).numbers).sum() - first);
      columns += Math.abs(b.rows.stream().mapToDouble(r -> r.numbers[at]).sum() - firstColumn);
    }
    return columns < rows;
  }

  private void name(Block b) {
    Object gene = b.draft.notes.get("cisbp_gene");
    if (b.draft.id.isEmpty() && gene != null) {
      b.draft.id = gene.toString();
    }
    if (b.draft.id.isEmpty() && blocks.size() == 1) {
      b.draft.id = lines.stem();
    }
  }

  /** The same motif once more, in another notation, as format samples have it: read once. */
  private static boolean repeats(Block first, Block b) {
    return !first.notation.equals(b.notation)
        && Arrays.deepEquals(
            first.draft.rows.toArray(new double[0][]), b.draft.rows.toArray(new double[0][]));
  }

  private void add(Block b) {
    if (b.homer) {
      found.addProbabilities(b.draft);
    } else if (b.draft.rows.stream().anyMatch(r -> Arrays.stream(r).anyMatch(x -> x < 0))) {
      found.addLogOdds(b.draft);
    } else {
      found.addEither(b.draft);
    }
  }

  private MotifFormat format(boolean consensusLabels) {
    Block b = blocks.get(0);
    if (b.homer) {
      return MotifFormat.HOMER;
    }
    if (consensusLabels) {
      return MotifFormat.ENCODE;
    }
    if (b.cisbp || b.numbered) {
      return MotifFormat.CISBP;
    }
    if (!b.rows.get(0).label.isEmpty() || b.draft.rows.size() != b.rows.size()) {
      return b.notation.startsWith(":") ? MotifFormat.UNIPROBE : MotifFormat.JASPAR;
    }
    return MotifFormat.GIMME;
  }
}
