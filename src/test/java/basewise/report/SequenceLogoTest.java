package basewise.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.motif.Motif;
import basewise.motif.ProbabilityMatrix;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SequenceLogoTest {
  /** Column 1: A only, 2 bits. Column 2: entropy 1.5 bits, so 0.5 bits: A 0.25, C and G 0.125. */
  private static final Motif TOY =
      Motif.of(
          "toy",
          "Toy & co",
          new ProbabilityMatrix(new double[][] {{1, 0, 0, 0}, {.5, .25, .25, 0}}));

  @Test
  void lettersAreAsHighAsTheirShareOfTheInformation() {
    double[][] heights = SequenceLogo.of(TOY).heights();
    assertThat(heights[0]).containsExactly(new double[] {2, 0, 0, 0}, within(1e-12));
    assertThat(heights[1]).containsExactly(new double[] {.25, .125, .125, 0}, within(1e-12));
  }

  @Test
  void theOtherStrandIsReversedAndComplemented() {
    double[][] heights = SequenceLogo.of(TOY).reverseComplement().heights();
    assertThat(heights[0]).containsExactly(new double[] {0, .125, .125, .25}, within(1e-12));
    assertThat(heights[1]).containsExactly(new double[] {0, 0, 0, 2}, within(1e-12));
  }

  @Test
  void aBackgroundMakesItRelativeEntropy() {
    // p(A) = 1 where b(A) = 1/8: log2(8) = 3 bits, the most any column can have.
    LogoOptions options = new LogoOptions(Background.of("toy", 1, 3, 2, 2), false);
    assertThat(options.mostBits()).isCloseTo(3, within(1e-12));
    assertThat(SequenceLogo.of(TOY, options).heights()[0][0]).isCloseTo(3, within(1e-12));
  }

  @Test
  void fewSitesAreCorrectedAsSchneiderDoes() {
    // e(10) = 3 / (2 ln 2 * 10) = 0.2164042561 bits
    Motif ten = Motif.ofCounts("ten", "", new CountMatrix(new double[][] {{10, 0, 0, 0}}));
    SequenceLogo logo = SequenceLogo.of(ten, new LogoOptions(Background.UNIFORM, true));
    assertThat(logo.heights()[0][0]).isCloseTo(2 - 0.2164042561, within(1e-9));
    // Column 2 of TOY would fall below zero with 4 sites: e(4) = 0.541 > 0.5.
    Motif four = Motif.ofCounts("four", "", new CountMatrix(new double[][] {{2, 1, 1, 0}}));
    assertThat(SequenceLogo.of(four, new LogoOptions(Background.UNIFORM, true)).heights()[0])
        .containsOnly(0);
  }

  @Test
  void theSvgHasThoseHeightsAndTheTallestOnTop() throws Exception {
    Document svg = parse(SequenceLogo.of(TOY).toSvg());
    List<double[]> letters = letters(svg);
    // 2 bits are 96 units and a glyph is 100 high: scale = bits / 2 * 0.96.
    assertThat(letters).hasSize(4);
    assertThat(letters.get(0)[3]).isCloseTo(0.96, within(1e-4));
    assertThat(letters.get(1)[3]).isCloseTo(0.06, within(1e-4));
    assertThat(letters.get(2)[3]).isCloseTo(0.06, within(1e-4));
    assertThat(letters.get(3)[3]).isCloseTo(0.12, within(1e-4));
    // From the bottom (y 104): G, C, then A; no gaps.
    assertThat(letters.get(1)[1]).isCloseTo(104 - 6, within(0.011));
    assertThat(letters.get(2)[1]).isCloseTo(104 - 12, within(0.011));
    assertThat(letters.get(3)[1]).isCloseTo(104 - 24, within(0.011));
    assertThat(names(svg)).containsExactly("#base-A", "#base-G", "#base-C", "#base-A");
  }

  @Test
  void theSvgSaysWhatItIs() throws Exception {
    Document svg = parse(SequenceLogo.of(TOY).toSvg());
    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("Sequence logo of Toy & co (toy)");
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo("2 columns, 2.5 bits in all; consensus AA");
  }

  @Test
  void theSvgDoesNotDependOnTheLocale() {
    String before = SequenceLogo.of(TOY).toSvg();
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(SequenceLogo.of(TOY).toSvg()).isEqualTo(before);
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void thePngShowsTheSameLetters() throws Exception {
    byte[] png = SequenceLogo.of(TOY).toPng(2);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    // width 40 + 2 columns of 24 + 2, height 8 + 96 + 22
    assertThat(image.getWidth()).isEqualTo(180);
    assertThat(image.getHeight()).isEqualTo(252);
    int a = 0x1a7f5a;
    // The A of column 1 fills its box from 8 to 104: apex at the top, feet at the bottom corners.
    assertThat(image.getRGB(104, 18) & 0xffffff).isEqualTo(a);
    assertThat(image.getRGB(86, 204) & 0xffffff).isEqualTo(a);
    assertThat(image.getRGB(122, 204) & 0xffffff).isEqualTo(a);
    assertThat(image.getRGB(86, 30) & 0xffffff).isEqualTo(0xffffff);
    // Above the 24 units of column 2 there is nothing.
    assertThat(image.getRGB(152, 150) & 0xffffff).isEqualTo(0xffffff);
    assertThat(SequenceLogo.of(TOY).toPng(2)).isEqualTo(png);
  }

  @Test
  void theNameOfTheFileChooses(@TempDir Path folder) throws Exception {
    SequenceLogo.of(TOY).write(folder.resolve("a.PNG"));
    SequenceLogo.of(TOY).write(folder.resolve("a.svg"));
    assertThat(Files.readAllBytes(folder.resolve("a.PNG"))).startsWith(0x89, 'P', 'N', 'G');
    assertThat(Files.readString(folder.resolve("a.svg"))).startsWith("<?xml");
  }

  @Test
  void foundAndKnownColumnsAreInLine() throws Exception {
    MotifEntry entry = ToyDiscovery.report().motifs().getFirst();
    String forward = LogoFigure.pair(entry, false, "f", "");
    String reverse = LogoFigure.pair(entry, true, "r", "");
    // 15 columns from offset 3 on the 22 columns of the known motif: 3 empty ones before, 4 after.
    assertThat(axes(forward)).containsExactly(40 + 3 * 24 - 2.0, 38.0);
    assertThat(axes(reverse)).containsExactly(40 + 4 * 24 - 2.0, 38.0);
    assertThat(forward).contains("MA9001.1, reverse complement");
    assertThat(reverse).contains("MA9001.1, as in its collection");
    assertThat(forward)
        .contains("<rect class=\"overlap\" x=\"112\" y=\"0\" width=\"360\" height=\"104\"/>");
  }

  /** x of the axis of bits of each logo in a figure. */
  private static List<Double> axes(String html) {
    List<Double> out = new ArrayList<>();
    var matcher = java.util.regex.Pattern.compile("<path d=\"M([0-9.]+),8 V104").matcher(html);
    while (matcher.find()) {
      out.add(Double.parseDouble(matcher.group(1)));
    }
    return out;
  }

  private static List<double[]> letters(Document svg) {
    List<double[]> out = new ArrayList<>();
    NodeList uses = svg.getElementsByTagName("use");
    for (int i = 0; i < uses.getLength(); i++) {
      String[] numbers =
          ((Element) uses.item(i))
              .getAttribute("transform")
              .replaceAll("[^0-9. -]", " ")
              .strip()
              .split(" +");
      double[] row = new double[4];
      for (int k = 0; k < 4; k++) {
        row[k] = Double.parseDouble(numbers[k]);
      }
      out.add(row);
    }
    return out;
  }

  private static List<String> names(Document svg) {
    List<String> out = new ArrayList<>();
    NodeList uses = svg.getElementsByTagName("use");
    for (int i = 0; i < uses.getLength(); i++) {
      out.add(((Element) uses.item(i)).getAttribute("href"));
    }
    return out;
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
