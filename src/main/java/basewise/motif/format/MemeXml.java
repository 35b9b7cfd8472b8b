package basewise.motif.format;

import basewise.motif.Background;
import basewise.motif.format.Gathering.Draft;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The XML of MEME ({@code <probabilities>} of {@code <value>}s) and of DREME and STREME ({@code
 * <pos A= C= G= T=>}).
 */
final class MemeXml {
  private final Lines lines;
  private final Gathering found;
  private final Map<String, String> symbol = new HashMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private @Nullable Draft draft;
  private double @Nullable [] column;
  private int valueOf = -1;
  private final StringBuilder text = new StringBuilder();

  private MemeXml(Lines lines) {
    this.lines = lines;
    this.found = new Gathering(lines);
  }

  static MotifCollection read(Lines lines, XMLStreamReader xml) throws XMLStreamException {
    MemeXml reader = new MemeXml(lines);
    for (int event = xml.getEventType(); ; event = xml.next()) {
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> reader.start(xml);
        case XMLStreamConstants.CHARACTERS -> reader.text.append(xml.getText());
        case XMLStreamConstants.END_ELEMENT -> reader.end(xml);
        default -> {
          // comments and the like say nothing
        }
      }
      if (!xml.hasNext()) {
        return reader.found.finish(MotifFormat.MEME_XML);
      }
    }
  }

  private void start(XMLStreamReader xml) {
    String tag = xml.getLocalName();
    int line = xml.getLocation().getLineNumber();
    text.setLength(0);
    switch (tag) {
      case "alphabet" -> refuseOther(attribute(xml, "like", attribute(xml, "name", "dna")), line);
      case "letter" -> symbol.put(attribute(xml, "id", ""), attribute(xml, "symbol", ""));
      case "motif" -> draft = motif(xml, line);
      case "alphabet_array" -> column = inMatrix() || inBackground() ? new double[4] : null;
      case "value" -> valueOf = base(attribute(xml, "letter_id", ""), line);
      case "pos" -> {
        if (draft != null) {
          draft.row(frequencies(xml, line), line);
        }
      }
      case "background", "background_frequencies" -> {
        if (xml.getAttributeValue(null, "A") != null) {
          background(frequencies(xml, line), line);
        }
      }
      default -> {
        // not about matrices
      }
    }
    path.push(tag);
  }

  private void end(XMLStreamReader xml) {
    String tag = xml.getLocalName();
    int line = xml.getLocation().getLineNumber();
    path.pop();
    switch (tag) {
      case "value" -> {
        if (column != null && valueOf >= 0) {
          column[valueOf] = number(text.toString().strip(), line);
        }
      }
      case "alphabet_array" -> {
        if (column != null && inBackground()) {
          background(column, line);
        } else if (column != null && draft != null) {
          draft.row(column, line);
        }
        column = null;
      }
      case "motif" -> {
        if (draft != null) {
          found.addProbabilities(draft);
        }
        draft = null;
      }
      default -> {
        // nothing was begun
      }
    }
  }

  private boolean inMatrix() {
    return draft != null && path.contains("probabilities");
  }

  private boolean inBackground() {
    return "background_frequencies".equals(path.peek());
  }

  private void background(double[] f, int line) {
    try {
      found.background = Background.of("motif file", f);
    } catch (IllegalArgumentException e) {
      throw lines.wrong(line, "the background is not four frequencies", "");
    }
  }

  /** MEME: name and alt; STREME: id and alt; DREME: seq and alt. */
  private static Draft motif(XMLStreamReader xml, int line) {
    String id = attribute(xml, "id", "");
    String shown = attribute(xml, "name", attribute(xml, "seq", id));
    Draft d = new Draft(shown, attribute(xml, "alt", ""), line);
    String sites = attribute(xml, "sites", attribute(xml, "nsites", ""));
    String evalue =
        attribute(xml, "e_value", attribute(xml, "evalue", attribute(xml, "test_evalue", "")));
    if (Lines.isNumber(sites) && Double.parseDouble(sites) > 0) {
      d.sites = OptionalDouble.of(Double.parseDouble(sites));
    }
    if (Lines.isNumber(evalue)) {
      d.evalue = OptionalDouble.of(Double.parseDouble(evalue));
    }
    d.note(
        "pvalue",
        attribute(xml, "p_value", attribute(xml, "pvalue", attribute(xml, "test_pvalue", ""))));
    d.note("url", attribute(xml, "url", ""));
    return d;
  }

  private double[] frequencies(XMLStreamReader xml, int line) {
    double[] f = new double[4];
    for (int c = 0; c < 4; c++) {
      String letter = "ACGT".substring(c, c + 1);
      f[c] = number(attribute(xml, letter, c == 3 ? attribute(xml, "U", "") : ""), line);
    }
    return f;
  }

  private int base(String letter, int line) {
    String s = symbol.getOrDefault(letter, letter);
    int code = "ACGT".indexOf(s.equals("U") ? "T" : s);
    if (code < 0 || s.length() != 1) {
      throw lines.wrong(line, "a frequency of '" + s + "', which is no base", "a protein motif?");
    }
    return code;
  }

  private double number(String word, int line) {
    if (!Lines.isNumber(word)) {
      throw lines.wrong(line, "not a number: '" + word + "'", "");
    }
    return Double.parseDouble(word);
  }

  private void refuseOther(String like, int line) {
    if (!Arrays.asList("dna", "rna").contains(like.toLowerCase(java.util.Locale.ROOT))) {
      throw lines.wrong(
          line,
          "the alphabet is " + like + ", not DNA",
          like.equals("protein") ? "protein motifs cannot be read" : "only DNA motifs can be read");
    }
  }

  private static String attribute(XMLStreamReader xml, String name, String absent) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? absent : value;
  }
}
