package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Pictures of scores, read as the XML they are. */
class AttributePlotTest extends Refusals {
  private static final int WIDTH = 40;

  private static void done(Said said) {
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
  }

  @Test
  void aPictureHasATrackPerMethodAndBoxesWhatIsKnown() throws Exception {
    Path known =
        write(
            "known.meme",
            """
            MEME version 4

            ALPHABET= ACGT

            MOTIF AP1 JUN
            letter-probability matrix: alength= 4 w= 7 nsites= 100
            0 0 0 1
            0 0 1 0
            1 0 0 0
            0 1 0 0
            0 0 0 1
            0 1 0 0
            1 0 0 0
            """);
    Path svg = folder.resolve("p.svg");
    String many = write("many.fa", Planted.fasta(400, WIDTH)).toString();
    String better = folder.resolve("better.model").toString();
    assertThat(Said.by("train", many, "--out", better, "--epochs", "20").code()).isZero();
    done(
        Said.by(
            "attribute",
            better,
            many,
            "--out",
            folder.resolve("p.npz").toString(),
            "--method",
            "deepshap,ism",
            "--plot",
            svg.toString(),
            "--plot-sequences",
            "2",
            "--known",
            known.toString()));
    Document d = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    assertThat(texts(d, "name")).containsExactly("s0", "s1");
    // A path for each base of each sequence says its values.
    NodeList titles = d.getElementsByTagName("title");
    List<String> values = new ArrayList<>();
    for (int i = 0; i < titles.getLength(); i++) {
      if (titles.item(i).getTextContent().contains("deepshap ")) {
        values.add(titles.item(i).getTextContent());
      }
    }
    assertThat(values).hasSize(2 * WIDTH);
    assertThat(values.get(4))
        .matches("5 [ACGT] deepshap [+\u2212]?[\\d.e\u2212]+ ism .*, [ACGT] .*");
    // TGACTCA of the word lies where it was planted.
    List<String> boxed = new ArrayList<>();
    for (int i = 0; i < titles.getLength(); i++) {
      if (titles.item(i).getTextContent().contains("JUN")) {
        boxed.add(titles.item(i).getTextContent());
      }
    }
    List<String> lines = Files.readAllLines(Path.of(many));
    for (int n = 0; n < 2; n++) {
      int forward = lines.get(2 * n + 1).indexOf("TGACTCA");
      int at = n == 0 ? forward : lines.get(2 * n + 1).indexOf("TGAGTCA");
      String label = n == 0 ? "JUN \u2192" : "\u2190 JUN";
      String place = "bases %d to %d".formatted(at + 1, at + 7);
      assertThat(boxed).anyMatch(t -> t.contains(label) && t.endsWith(place));
    }
    Path each = folder.resolve("each");
    done(
        Said.by(
            "attribute",
            better,
            many,
            "--out",
            folder.resolve("q.npz").toString(),
            "--plot",
            each.toString(),
            "--known",
            known.toString()));
    try (Stream<Path> files = Files.list(each)) {
      assertThat(files.map(f -> f.getFileName().toString()).sorted())
          .hasSize(11)
          .startsWith("001_s0.svg", "002_s1.svg")
          .endsWith("index.html");
    }
  }

  private static List<String> texts(Document d, String style) {
    List<String> out = new ArrayList<>();
    NodeList all = d.getElementsByTagName("text");
    for (int i = 0; i < all.getLength(); i++) {
      Element e = (Element) all.item(i);
      if (e.getAttribute("class").equals(style)) {
        out.add(e.getTextContent());
      }
    }
    return out;
  }
}
