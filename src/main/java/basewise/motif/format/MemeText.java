package basewise.motif.format;

import basewise.io.Wording;
import basewise.motif.Background;
import basewise.motif.Motif;
import basewise.motif.format.Gathering.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * MEME text: the minimal format of motif collections (version 3 to 5), the full report of MEME, and
 * what DREME and STREME write. Several such files in a row are one collection.
 */
final class MemeText {
  private static final Pattern KEY = Pattern.compile("(\\w+)\\s*=\\s*([^\\s=]+)(?=\\s|$)");
  private static final Pattern FREQUENCY = Pattern.compile("([A-Za-z])\\s+([0-9.eE+-]+)");
  private static final Pattern CORE_SYMBOL = Pattern.compile("([A-Za-z0-9*.-])(\\s+\".*|\\s*~.*)?");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final int DIGITS = 9;

  private final Lines lines;
  private final Gathering found;
  private Background background = Background.UNIFORM;
  private int alphabetLine;

  private MemeText(Lines lines) {
    this.lines = lines;
    this.found = new Gathering(lines);
  }

  static boolean recognises(Lines head) {
    for (String line : head.all()) {
      if (line.startsWith("MEME version")) {
        return true;
      }
    }
    return false;
  }

  static MotifCollection read(Lines lines) {
    MemeText reader = new MemeText(lines);
    reader.readAll();
    return reader.found.finish(MotifFormat.MEME);
  }

  private void readAll() {
    Draft draft = null;
    boolean oddsOnly = false;
    for (String line = lines.take(); line != null; line = lines.take()) {
      if (line.startsWith("ALPHABET")) {
        readAlphabet(line);
      } else if (line.startsWith("Background letter frequencies")) {
        readBackground();
      } else if (line.startsWith("MOTIF")) {
        finish(draft, oddsOnly);
        draft = header(line);
        oddsOnly = false;
      } else if (line.startsWith("letter-probability matrix")) {
        Draft motif = matrixOf(draft);
        motif.rows.clear();
        motif.rowLines.clear();
        oddsOnly = false;
        readMatrix(motif, line);
      } else if (line.startsWith("log-odds matrix")) {
        Draft motif = matrixOf(draft);
        if (motif.rows.isEmpty()) {
          oddsOnly = true;
          readMatrix(motif, line);
        }
      } else if (line.startsWith("URL") && draft != null) {
        String url = line.substring(3).strip();
        if (!url.equals("BLANK")) {
          draft.note("url", url);
        }
      }
    }
    finish(draft, oddsOnly);
  }

  private Draft matrixOf(@Nullable Draft draft) {
    if (draft == null) {
      throw lines.wrong("a matrix before any MOTIF line", "each motif starts with MOTIF id name");
    }
    return draft;
  }

  private void finish(@Nullable Draft draft, boolean oddsOnly) {
    if (draft == null) {
      return;
    }
    if (oddsOnly) {
      draft.sites = OptionalDouble.empty();
      found.addLogOdds(draft, background);
    } else {
      found.addProbabilities(draft);
    }
  }

  /** "MOTIF id name", or the full report's "MOTIF id name width = 18 sites = 14 ...". */
  private Draft header(String line) {
    String text = line.substring(5);
    text = (text.contains("width") ? text.replaceFirst("\\s+width\\s*=.*", "") : text).strip();
    if (text.isEmpty()) {
      throw lines.wrong("a MOTIF line without an id", "write MOTIF id name");
    }
    String[] words = SPACE.split(text, 2);
    return new Draft(words[0], words.length > 1 ? words[1] : "", lines.number());
  }

  private void readMatrix(Draft draft, String header) {
    int width = -1;
    int at = lines.number();
    Matcher keys = KEY.matcher(header.substring(header.indexOf(':') + 1));
    while (keys.find()) {
      String value = keys.group(2);
      if (!Lines.isNumber(value)) {
        // STREME and DREME write E-values that underflow as "<1e-300" or "n/a": not known.
        continue;
      }
      double x = Double.parseDouble(value);
      switch (keys.group(1)) {
        case "alength" -> refuseUnless4((int) x);
        case "w" -> width = (int) x;
        case "nsites" -> draft.sites = x > 0 ? OptionalDouble.of(x) : OptionalDouble.empty();
        case "E" -> draft.evalue = OptionalDouble.of(x);
        case "P" -> draft.note("pvalue", value);
        case "S" -> draft.note("score", value);
        default -> {
          // n, bayes: how MEME scored, not part of the matrix
        }
      }
    }
    for (String line = lines.take(); line != null; line = lines.take()) {
      double[] row = Lines.decimals(line, 4);
      if (row != null) {
        draft.row(row, lines.number());
        continue;
      }
      String[] words = Lines.words(line);
      if (words.length == 0 && draft.rows.isEmpty()) {
        continue;
      }
      if (!Lines.areNumbers(words, 0)) {
        lines.back();
        break;
      }
      if (words.length != 4) {
        throw lines.wrong(
            "expected 4 columns (A C G T), found " + words.length,
            words.length == 20 ? "is this a protein motif?" : "one row per position");
      }
      draft.row(Lines.numbers(words, 0, 4), lines.number());
    }
    if (width >= 0 && draft.rows.size() != width) {
      throw lines.wrong(
          at,
          "motif "
              + draft.id
              + " says w= "
              + width
              + " but has "
              + Wording.count(draft.rows.size(), "row"),
          "is the file cut short?");
    }
  }

  private void refuseUnless4(int letters) {
    if (letters != 4) {
      throw lines.wrong(
          "expected 4 columns (A C G T), found " + letters,
          letters == 20 ? "is this a protein motif?" : "only DNA motifs can be read");
    }
  }

  /** "ALPHABET= ACGT", or a block of symbol definitions that ends at END ALPHABET or a rule. */
  private void readAlphabet(String line) {
    alphabetLine = lines.number();
    if (line.startsWith("ALPHABET=")) {
      checkAlphabet(line.substring("ALPHABET=".length()).strip());
      return;
    }
    StringBuilder core = new StringBuilder();
    for (String next = lines.take(); next != null; next = lines.take()) {
      if (next.startsWith("***") && core.isEmpty()) {
        // The full report frames the block with two rules.
        continue;
      }
      if (next.startsWith("END ALPHABET") || next.startsWith("***") || next.startsWith("strands")) {
        break;
      }
      String definition = next.strip();
      if (definition.isEmpty() || definition.startsWith("#") || definition.contains("=")) {
        continue;
      }
      Matcher pair =
          Pattern.compile("(\\S)(?:\\s+\"[^\"]*\")?(?:\\s+[0-9A-Fa-f]{6})?\\s*~\\s*(\\S).*")
              .matcher(definition);
      if (pair.matches()) {
        core.append(pair.group(1)).append(pair.group(2));
      } else if (CORE_SYMBOL.matcher(definition).matches()) {
        core.append(definition.charAt(0));
      }
    }
    checkAlphabet(core.toString());
  }

  private void checkAlphabet(String letters) {
    String sorted =
        letters
            .chars()
            .filter(c -> !Character.isWhitespace(c))
            .sorted()
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .replace('U', 'T');
    if (!sorted.equals("ACGT") && !letters.equals("DNA") && !letters.equals("RNA")) {
      throw lines.wrong(
          alphabetLine,
          "the alphabet is " + letters + ", not ACGT",
          letters.length() >= 20 ? "is this a protein motif?" : "only DNA motifs can be read");
    }
  }

  private void readBackground() {
    List<Double> f = new ArrayList<>();
    String letters = "";
    int at = lines.number();
    for (String line = lines.take(); line != null; line = lines.take()) {
      Matcher m = FREQUENCY.matcher(line);
      if (!m.lookingAt() && !line.isBlank()) {
        lines.back();
        break;
      }
      m.reset();
      while (m.find()) {
        if (!Lines.isNumber(m.group(2))) {
          throw lines.wrong("not a frequency: " + m.group(2), "write A 0.25 C 0.25 G 0.25 T 0.25");
        }
        letters += m.group(1);
        f.add(Double.valueOf(m.group(2)));
      }
      if (letters.length() >= 4 && (line.isBlank() || letters.length() == 4)) {
        break;
      }
    }
    if (!letters.replace('U', 'T').equals("ACGT")) {
      throw lines.wrong(
          at,
          "the background is not of A C G T but of '" + letters + "'",
          "write A 0.25 C 0.25 G 0.25 T 0.25 on the next line");
    }
    try {
      background = Background.of("motif file", f.get(0), f.get(1), f.get(2), f.get(3));
    } catch (IllegalArgumentException e) {
      throw lines.wrong("the background is not four frequencies", "they must sum to 1");
    }
    found.background = background;
  }

  /**
   * Minimal MEME text. Rows are rounded to 9 decimals that sum to exactly 1, so that what is read
   * back and written again gives the same bytes. Unknown sites are written as 20 and an unknown
   * E-value as 0, the defaults of the format.
   */
  static String write(List<Motif> motifs, Background background) {
    StringBuilder out = new StringBuilder();
    out.append("MEME version 5\n\nALPHABET= ACGT\n\nstrands: + -\n\n");
    out.append("Background letter frequencies\n");
    double[] b = Rounding.toOne(background.toArray(), DIGITS);
    for (int c = 0; c < 4; c++) {
      out.append(c == 0 ? "" : " ").append("ACGT".charAt(c)).append(' ');
      out.append(Rounding.plain(b[c], DIGITS));
    }
    out.append('\n');
    for (Motif motif : motifs) {
      out.append("\nMOTIF ").append(motif.id());
      if (!motif.name().isEmpty()) {
        out.append(' ').append(motif.name().strip().replaceAll("\\s+", "_"));
      }
      out.append("\nletter-probability matrix: alength= 4 w= ").append(motif.width());
      out.append(" nsites= ").append(Math.max(1, Math.round(motif.sites().orElse(20))));
      out.append(" E= ").append(Rounding.shortest(motif.evalue().orElse(0))).append('\n');
      for (double[] row : motif.probabilities().toArray()) {
        double[] rounded = Rounding.toOne(row, DIGITS);
        for (int c = 0; c < 4; c++) {
          out.append(' ').append(Rounding.fixed(rounded[c], DIGITS));
        }
        out.append('\n');
      }
      String url = motif.notes().get("url");
      if (url != null) {
        out.append("URL ").append(url).append('\n');
      }
    }
    return out.toString();
  }
}
