package basewise.motif.format;

import basewise.motif.Motif;
import basewise.motif.format.Gathering.Draft;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * TRANSFAC records in the dialects of TRANSFAC itself, JASPAR, RSAT and PRODORIC: two-letter keys,
 * {@code P0} (or {@code PO}) with the letters of the columns, numbered rows, {@code //}.
 */
final class TransfacText {
  private static final Pattern ROW = Pattern.compile("(\\d+)\\s+(.*)");

  /** Keys of JASPAR's comments and the note each becomes. */
  private static final Map<String, String> COMMENTS =
      Map.of(
          "tax_group", "taxon",
          "tf_family", "family",
          "tf_class", "class",
          "uniprot_ids", "uniprot",
          "pubmed_ids", "pubmed",
          "data_type", "type");

  private static final List<String> COMMENT_ORDER =
      List.of("tax_group", "tf_family", "tf_class", "pubmed_ids", "uniprot_ids", "data_type");

  private final Lines lines;
  private final Gathering found;
  private String accession = "";
  private String identifier = "";
  private String name = "";
  private Draft draft;
  private @Nullable String order;

  private TransfacText(Lines lines) {
    this.lines = lines;
    this.found = new Gathering(lines);
    this.draft = new Draft("", "", 1);
  }

  static boolean recognises(Lines head) {
    boolean key = false;
    for (String line : head.all()) {
      if (line.matches("(AC|ID|VV|NA|XX)(\\s.*)?")) {
        key = true;
      } else if (key && line.matches("P[0O]\\s+[A-Za-z]\\s.*")) {
        return true;
      }
    }
    return false;
  }

  static MotifCollection read(Lines lines) {
    TransfacText reader = new TransfacText(lines);
    for (String line = lines.take(); line != null; line = lines.take()) {
      reader.take(line);
    }
    reader.finish();
    return reader.found.finish(MotifFormat.TRANSFAC);
  }

  private void take(String line) {
    if (line.startsWith("//")) {
      finish();
      return;
    }
    String key = line.length() < 2 ? line : line.substring(0, 2);
    String value = line.length() < 2 ? "" : line.substring(2).strip();
    switch (key) {
      case "AC" -> accession = value;
      case "ID" -> identifier = value;
      case "NA" -> name = value;
      case "DE" -> draft.note("description", value);
      case "BF" -> draft.notes.putIfAbsent("factor", value);
      case "CC" -> comment(value);
      case "P0", "PO" -> columns(value);
      default -> {
        Matcher row = ROW.matcher(line.strip());
        if (row.matches() && order != null) {
          row(order, row.group(2));
        }
      }
    }
  }

  private void comment(String text) {
    for (String part : text.split(";")) {
      int colon = part.indexOf(':');
      String note = colon < 0 ? null : COMMENTS.get(part.substring(0, colon).strip());
      if (note != null) {
        draft.note(note, part.substring(colon + 1));
      }
    }
  }

  private void columns(String value) {
    String letters = String.join("", Lines.words(value)).toUpperCase(Locale.ROOT).replace('U', 'T');
    char[] sorted = letters.toCharArray();
    Arrays.sort(sorted);
    if (!new String(sorted).equals("ACGT")) {
      throw lines.wrong(
          "the columns are " + letters + ", not A C G T",
          letters.length() >= 20 ? "is this a protein motif?" : "only DNA motifs can be read");
    }
    if (order != null) {
      throw lines.wrong("a second matrix before the record's end", "end each record with //");
    }
    order = letters;
  }

  private void row(String columns, String text) {
    // RSAT turns every dot into an underscore (MA0004_1), that of a decimal number too.
    String[] words = Lines.words(text.replaceAll("(?<=\\d)_(?=\\d)", "."));
    int n = words.length;
    if (n < 4 || n > 5 || !Lines.areNumbers(Arrays.copyOf(words, 4), 0)) {
      throw lines.wrong(
          "expected 4 columns (" + columns + ") and at most a letter, found " + n, "");
    }
    double[] x = new double[4];
    for (int c = 0; c < 4; c++) {
      x["ACGT".indexOf(columns.charAt(c))] = Double.parseDouble(words[c]);
    }
    draft.row(x, lines.number());
  }

  /** Ends a record; one without a matrix (VV, factors) is no motif. */
  private void finish() {
    if (order != null) {
      String id = accession.isEmpty() ? identifier : accession;
      draft.id = id.isEmpty() ? name : id;
      if (name.isEmpty()) {
        draft.name = identifier.equals(draft.id) ? "" : identifier;
      } else {
        draft.name = name;
        if (!identifier.equals(draft.id)) {
          draft.note("identifier", identifier);
        }
      }
      found.addEither(draft);
    }
    accession = "";
    identifier = "";
    name = "";
    order = null;
    draft = new Draft("", "", lines.number() + 1);
  }

  /** JASPAR's dialect, with the two spaces after each key that some readers insist on. */
  static String write(List<Motif> motifs) {
    StringBuilder out = new StringBuilder();
    for (Motif motif : motifs) {
      String name = motif.name().isEmpty() ? motif.id() : motif.name();
      out.append("AC  ").append(motif.id()).append("\nXX\nID  ").append(name);
      out.append("\nXX\nDE  ").append(motif.id()).append(' ').append(name);
      out.append("\nP0  ").append(padded(new String[] {"A", "C", "G", "T"})).append('\n');
      String[][] cells = Cells.counts(motif);
      String consensus = motif.probabilities().consensus();
      for (int i = 0; i < cells.length; i++) {
        out.append(i + 1 < 10 ? "0" : "").append(i + 1).append("  ").append(padded(cells[i]));
        out.append("      ").append(consensus.charAt(i)).append('\n');
      }
      out.append("XX\n");
      boolean any = false;
      for (String key : COMMENT_ORDER) {
        String value = motif.notes().get(String.valueOf(COMMENTS.get(key)));
        if (value != null) {
          // A semicolon ends a comment in one dialect: lists use commas.
          String list = value.replace("; ", ",").replace(';', ',');
          out.append("CC  ").append(key).append(':').append(list).append('\n');
          any = true;
        }
      }
      out.append(any ? "XX\n//\n" : "//\n");
    }
    return out.toString();
  }

  private static String padded(String[] cells) {
    StringBuilder out = new StringBuilder();
    for (String cell : cells) {
      out.append(" ".repeat(Math.max(1, 7 - cell.length()))).append(cell);
    }
    return out.toString();
  }
}
