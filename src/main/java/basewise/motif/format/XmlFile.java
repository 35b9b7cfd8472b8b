package basewise.motif.format;

import java.io.StringReader;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Looks at the root element of an XML file and hands it to the reader that knows it. */
final class XmlFile {
  private XmlFile() {}

  static boolean recognises(Lines head) {
    for (String line : head.all()) {
      if (!line.isBlank()) {
        return line.strip().startsWith("<");
      }
    }
    return false;
  }

  static MotifCollection read(Lines lines) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // MEME's files carry their own DTD; nothing outside the file is ever fetched.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml =
          factory.createXMLStreamReader(new StringReader(String.join("\n", lines.all())));
      while (!xml.isStartElement()) {
        xml.next();
      }
      String root = xml.getLocalName();
      int line = xml.getLocation().getLineNumber();
      return switch (root.toLowerCase(Locale.ROOT)) {
        case "meme", "dreme", "streme" -> MemeXml.read(lines, xml);
        case "motif", "motifset" -> XmsText.read(lines, xml);
        case "mast" ->
            throw lines.wrong(
                line, "MAST output: it lists hits of motifs, no matrix", "name the motif file");
        default ->
            throw lines.wrong(line, "XML of <" + root + ">, which holds no motif we can read", "");
      };
    } catch (XMLStreamException e) {
      String reason = String.valueOf(e.getMessage()).lines().reduce((a, b) -> b).orElse("");
      throw lines.wrong(
          e.getLocation() == null ? 0 : e.getLocation().getLineNumber(),
          "broken XML: " + reason.replaceFirst("^Message: ", ""),
          "is the file cut short?");
    }
  }
}
