package basewise.motif.format;

import basewise.motif.format.Gathering.Draft;
import java.util.Locale;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** XMS, the XML of NestedMICA and iMotifs: columns of weights by the name of the base. */
final class XmsText {
  private final Lines lines;
  private final Gathering found;
  private @Nullable Draft draft;
  private double[] column = new double[4];
  private int base;
  private String key = "";
  private final StringBuilder text = new StringBuilder();

  private XmsText(Lines lines) {
    this.lines = lines;
    this.found = new Gathering(lines);
  }

  static MotifCollection read(Lines lines, XMLStreamReader xml) throws XMLStreamException {
    XmsText reader = new XmsText(lines);
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
        return reader.found.finish(MotifFormat.XMS);
      }
    }
  }

  private void start(XMLStreamReader xml) {
    int line = xml.getLocation().getLineNumber();
    text.setLength(0);
    switch (xml.getLocalName()) {
      case "motif" -> draft = new Draft("", "", line);
      case "weightmatrix" -> {
        String alphabet = xml.getAttributeValue(null, "alphabet");
        if (alphabet != null && !alphabet.equalsIgnoreCase("dna")) {
          throw lines.wrong(line, "the alphabet is " + alphabet + ", not DNA", "");
        }
      }
      case "column" -> column = new double[4];
      case "weight" -> {
        String symbol = String.valueOf(xml.getAttributeValue(null, "symbol"));
        base =
            switch (symbol.toLowerCase(Locale.ROOT)) {
              case "adenine" -> 0;
              case "cytosine" -> 1;
              case "guanine" -> 2;
              case "thymine", "uracil" -> 3;
              default ->
                  throw lines.wrong(line, "a weight of '" + symbol + "', which is no base", "");
            };
      }
      default -> {
        // read at its end, or not about matrices
      }
    }
  }

  private void end(XMLStreamReader xml) {
    int line = xml.getLocation().getLineNumber();
    String value = text.toString().strip();
    Draft motif = draft;
    if (motif == null) {
      return;
    }
    switch (xml.getLocalName()) {
      case "name" -> motif.id = value;
      case "key" -> key = value;
      case "value" -> motif.note(key, value);
      case "weight" -> {
        if (!Lines.isNumber(value)) {
          throw lines.wrong(line, "not a number: '" + value + "'", "");
        }
        column[base] = Double.parseDouble(value);
      }
      case "column" -> motif.row(column, line);
      case "motif" -> {
        found.addProbabilities(motif);
        draft = null;
      }
      default -> {
        // nothing was begun
      }
    }
  }
}
