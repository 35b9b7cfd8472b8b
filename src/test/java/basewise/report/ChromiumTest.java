package basewise.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.attribution.Method;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The report in a real browser. A page around it frames it at 360 and at 1,600 pixels, with and
 * without scripts, measures what was laid out and prints the measures; screenshots stay in {@code
 * target/report-test} for eyes. Skipped where there is no Chromium.
 */
class ChromiumTest {
  private static final Path FOLDER = Path.of("target/report-test").toAbsolutePath();

  private static final String PROBE =
      """
      <!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
      <iframe id="f" src="report.html" %s style="border:0;width:%dpx;height:3000px"></iframe>
      <pre id="out"></pre>
      <script>
      onload = () => {
        const d = f.contentDocument, w = f.contentWindow;
        const box = e => e.getBoundingClientRect();
        const found = d.querySelector('#motif-1 svg.logo'), known = d.querySelectorAll('#motif-1 svg.logo')[1];
        const letters = s => [...s.querySelectorAll('use')].map(u => ({x: box(u).left, h: box(u).height, base: u.getAttribute('href').slice(-1)}));
        const tall = s => { const l = letters(s); const top = Math.max(...l.map(u => u.h)); return l.filter(u => u.h > top * .4); };
        const axisText = parseFloat(w.getComputedStyle(found.querySelector('text')).fontSize) * box(found).width / found.viewBox.baseVal.width;
        const sorters = d.querySelectorAll('button.sort');
        const order = () => [...d.querySelectorAll('table.motifs tbody .rank')].map(c => c.dataset.sort).join('');
        const before = order();
        if (sorters.length) { sorters[8].click(); }
        out.textContent = JSON.stringify({
          overflow: d.documentElement.scrollWidth - d.documentElement.clientWidth,
          title: d.title, h1: d.querySelector('h1').innerText,
          heads: [...d.querySelectorAll('table.motifs thead th a')].map(a => a.innerText),
          rows: d.querySelectorAll('table.motifs tbody tr').length,
          evalue: d.querySelectorAll('table.motifs tbody tr')[sorters.length ? 2 : 0].cells[3].innerText,
          before: before, after: order(), sorters: sorters.length,
          sorted: [...d.querySelectorAll('table.motifs th[aria-sort]')].map(t => t.querySelector('a').innerText + ' ' + t.ariaSort).join(),
          found: tall(found), known: tall(known),
          overlap: box(found.querySelector('.overlap')).left - box(known.querySelector('.overlap')).left,
          thumb: box(d.querySelector('svg.thumb')).height, axisText: axisText,
          smallest: Math.min(...[...d.querySelectorAll('p,td,th,dd,dt,li,a,summary')].filter(e => box(e).width > 2 && !e.closest('.hidden') && e.innerText).map(e => parseFloat(w.getComputedStyle(e).fontSize))),
          looks: [...d.querySelectorAll('svg.look')].map(s => ({x: Math.round(box(s).left), y: Math.round(box(s).top), width: box(s).width,
            text: Math.min(...[...s.querySelectorAll('text')].filter(t => box(t).width > 0).map(t => parseFloat(w.getComputedStyle(t).fontSize) * box(s).width / s.viewBox.baseVal.width)),
            labels: [...s.querySelectorAll('.site text')].map(t => t.textContent).join(), boxes: s.querySelectorAll('.site rect').length,
            values: s.querySelectorAll('.values path title').length})),
          pointed: (() => { const p = d.querySelectorAll('svg.look .values path')[34]; p.scrollIntoView({block: 'center', behavior: 'instant'});
            const b = box(p), e = d.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2); return e ? e.textContent : 'nothing'; })(),
          charts: d.querySelectorAll('svg.chart').length, copies: d.querySelectorAll('button.copy').length
        });
      };
      </script>
      """;

  private static @Nullable String browser;

  @BeforeAll
  static void open() throws Exception {
    browser = find();
    if (browser == null) {
      System.out.println("SKIPPED: the report was not seen in a browser, no Chromium on the PATH");
    }
    Assumptions.assumeTrue(browser != null, "no Chromium on the PATH");
    HtmlReport.write(ToyDiscovery.report(), FOLDER.resolve("report.html"));
  }

  @Test
  void atDeskWidthTheTableIsATableAndSorts() throws Exception {
    JsonObject page = measure(1600, "");
    assertThat(page.get("h1").getAsString().replace('\n', ' '))
        .isEqualTo("The strongest motif is CTCF (MA9001.1).");
    assertThat(page.get("overflow").getAsInt()).isZero();
    assertThat(page.getAsJsonArray("heads").toString())
        .isEqualTo(
            "[\"#\",\"Motif\",\"Best known match\",\"E-value\",\"In positives\",\"In negatives\","
                + "\"AUROC alone\",\"Influence\",\"Sites\",\"Bits\"]");
    assertThat(page.get("rows").getAsInt()).isEqualTo(3);
    assertThat(page.get("sorters").getAsInt()).isEqualTo(10);
    // A click on Sites (3412, 641, 97) puts the fewest first.
    assertThat(page.get("before").getAsString()).isEqualTo("123");
    assertThat(page.get("after").getAsString()).isEqualTo("321");
    assertThat(page.get("sorted").getAsString()).isEqualTo("Sites ascending");
    assertThat(page.get("evalue").getAsString().replaceAll("[\\s\\u2009]", ""))
        .isEqualTo("3.16×10−411");
    assertThat(page.get("charts").getAsInt()).isEqualTo(6);
    assertThat(page.get("copies").getAsInt()).isEqualTo(4);
    assertThat(page.get("thumb").getAsDouble()).isGreaterThan(30);
  }

  @Test
  void theLogosLieColumnUnderColumn() throws Exception {
    JsonObject page = measure(1600, "");
    assertThat(page.get("overlap").getAsDouble()).isCloseTo(0, within(0.5));
    List<Double> found = starts(page, "found");
    List<Double> known = starts(page, "known");
    assertThat(bases(page, "found")).isEqualTo("CAAGGGGGC");
    assertThat(bases(page, "known")).isEqualTo("CCAAGGGGGCG");
    // The same word sits one column further right in this known motif: C A n n A GGGGG C.
    double column = found.get(1) - found.get(0);
    assertThat(column).isGreaterThan(14);
    for (int i = 0; i < found.size(); i++) {
      double shift = (known.get(i + 1) - found.get(i)) / column;
      assertThat(shift).isCloseTo(Math.rint(shift), within(0.02));
    }
  }

  @Test
  void theGalleryIsInTwoColumnsOrOneAndSaysItsValues() throws Exception {
    for (int width : new int[] {360, 1600}) {
      JsonObject page = measure(width, "");
      List<JsonObject> looks =
          page.getAsJsonArray("looks").asList().stream().map(e -> e.getAsJsonObject()).toList();
      assertThat(looks).hasSize(6);
      assertThat(looks)
          .allSatisfy(l -> {
            assertThat(l.get("values").getAsInt()).isEqualTo(40);
            assertThat(l.get("text").getAsDouble()).isGreaterThan(11);
          });
      boolean beside = looks.get(0).get("y").getAsInt() == looks.get(1).get("y").getAsInt();
      assertThat(beside).isEqualTo(width > 700);
      assertThat(looks.get(2).get("x").getAsInt()).isEqualTo(looks.get(0).get("x").getAsInt());
      // Bases 33 to 47 are boxed in two lines and named in the one that has 8 of the 15.
      assertThat(looks.get(0).get("boxes").getAsInt()).isEqualTo(1);
      assertThat(looks.get(0).get("labels").getAsString()).isEmpty();
      assertThat(looks.get(1).get("labels").getAsString()).isEqualTo("\u2190 CTCF,ELK4 \u2192");
      // Base 34 is the C that scores 0.25 + 0.05; the window begins at 190037.
      assertThat(page.get("pointed").getAsString()).isEqualTo("190,072 C +0.3");
    }
  }

  /** The picture of {@code attribute --plot}, as wide as a phone and as a desk, light and dark. */
  @Test
  void picturesOfScoresShowTheirLetters() throws Exception {
    ScorePicture picture = new ScorePicture();
    GalleryExample example = ToyDiscovery.gallery().getFirst();
    picture.add(
        example.sequence(),
        List.of(Method.DEEPSHAP, Method.ISM),
        List.of(example.scores(), example.scores()),
        example.sites());
    Files.writeString(FOLDER.resolve("scores.svg"), picture.svg());
    Files.writeString(
        FOLDER.resolve("scores-phone.html"),
        "<!DOCTYPE html><body style=\"margin:0\"><iframe src=\"scores.svg\""
            + " style=\"border:0;width:360px;height:700px\"></iframe>");
    int[] light = {0x1a7f5a, 0x1d5fa8, 0xb97700, 0xc0392b};
    int[] dark = {0x4fc796, 0x74b3f4, 0xeeb346, 0xf27d70};
    shows(picture("scores.svg", "scores.png", 1600, 900), light, 0xfdfcf9, 100);
    shows(picture("scores-phone.html", "scores-phone.png", 500, 700), light, 0xfdfcf9, 10);
    shows(
        picture(
            "scores.svg", "scores-dark.png", 1600, 900, "--blink-settings=preferredColorScheme=0"),
        dark,
        0x14181b,
        100);
  }

  @Test
  void onAPhoneItFitsAndCanBeRead() throws Exception {
    JsonObject page = measure(360, "");
    assertThat(page.get("overflow").getAsInt()).isZero();
    assertThat(page.get("smallest").getAsDouble()).isGreaterThanOrEqualTo(12);
    assertThat(page.get("axisText").getAsDouble()).isGreaterThan(9);
  }

  @Test
  void withoutScriptsAllIsThere() throws Exception {
    for (int width : new int[] {360, 1600}) {
      JsonObject page = measure(width, "sandbox=\"allow-same-origin\"");
      assertThat(page.get("sorters").getAsInt()).isZero();
      assertThat(page.get("copies").getAsInt()).isZero();
      assertThat(page.get("rows").getAsInt()).isEqualTo(3);
      assertThat(page.get("overflow").getAsInt()).isZero();
      assertThat(page.get("evalue").getAsString()).contains("3.16");
    }
  }

  @Test
  void screenshotsShowTheLettersInTheirColours() throws Exception {
    Files.writeString(
        FOLDER.resolve("phone.html"),
        "<!DOCTYPE html><body style=\"margin:0\"><iframe src=\"report.html\""
            + " style=\"border:0;width:360px;height:2400px\"></iframe>");
    int[] light = {0x1a7f5a, 0x1d5fa8, 0xb97700, 0xc0392b};
    int[] dark = {0x4fc796, 0x74b3f4, 0xeeb346, 0xf27d70};
    shows(picture("report.html", "desk.png", 1600, 2400), light, 0xfdfcf9);
    shows(picture("phone.html", "phone.png", 500, 2400), light, 0xfdfcf9);
    shows(
        picture("report.html", "dark.png", 1200, 2400, "--blink-settings=preferredColorScheme=0"),
        dark,
        0x14181b);
  }

  private static void shows(BufferedImage image, int[] colours, int paper) {
    shows(image, colours, paper, 300);
  }

  private static void shows(BufferedImage image, int[] colours, int paper, int least) {
    assertThat(image.getRGB(2, 2) & 0xffffff).isEqualTo(paper);
    for (int colour : colours) {
      int seen = 0;
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          seen += (image.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
        }
      }
      assertThat(seen).as("pixels of %06x", colour).isGreaterThan(least);
    }
  }

  private static BufferedImage picture(
      String page, String file, int width, int height, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--hide-scrollbars");
    arguments.add("--window-size=" + width + "," + height);
    arguments.add("--screenshot=" + FOLDER.resolve(file));
    run(page, arguments);
    return ImageIO.read(FOLDER.resolve(file).toFile());
  }

  private static JsonObject measure(int width, String attributes) throws Exception {
    String name = "probe-" + width + (attributes.isEmpty() ? "" : "-plain") + ".html";
    Files.writeString(FOLDER.resolve(name), PROBE.formatted(attributes, width));
    String dom =
        run(
            name,
            List.of("--allow-file-access-from-files", "--window-size=1700,1000", "--dump-dom"));
    int from = dom.indexOf("<pre id=\"out\">") + 14;
    String json = dom.substring(from, dom.indexOf("</pre>", from));
    assertThat(json).as("measures of %s", name).startsWith("{");
    return JsonParser.parseString(
            json.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        .getAsJsonObject();
  }

  private static List<Double> starts(JsonObject page, String logo) {
    return page.getAsJsonArray(logo).asList().stream()
        .map(e -> e.getAsJsonObject().get("x").getAsDouble())
        .toList();
  }

  private static String bases(JsonObject page, String logo) {
    StringBuilder text = new StringBuilder();
    page.getAsJsonArray(logo)
        .forEach(e -> text.append(e.getAsJsonObject().get("base").getAsString()));
    return text.toString();
  }

  private static String run(String page, List<String> arguments) throws Exception {
    Path profile = Files.createTempDirectory(FOLDER, "profile");
    List<String> command =
        new ArrayList<>(
            List.of(
                java.util.Objects.requireNonNull(browser),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile));
    command.addAll(arguments);
    command.add(FOLDER.resolve(page).toUri().toString());
    Path output = Files.createTempFile(FOLDER, "out", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the browser ends").isTrue();
      return Files.readString(output, StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
      try (Stream<Path> files = Files.walk(profile)) {
        files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  private static @Nullable String find() {
    String path = System.getenv("PATH");
    for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
      for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
        Path file = Path.of(folder).resolve(name);
        if (!folder.isEmpty() && Files.isExecutable(file)) {
          return file.toString();
        }
      }
    }
    return null;
  }
}
