package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each step of {@code discover} run alone gives the bytes it gives inside; on any number of
 * threads, and every time.
 */
class StepsTest {
  /** Of a network small enough for a test; few positives, so that motifs are cross-validated. */
  private static final List<String> NETWORK =
      List.of("--filters", "8", "--epochs", "3", "--hidden", "8", "--dropout", "0.25");

  @TempDir private static Path folder;
  private static String input = "";
  private static Path whole = Path.of("");

  @BeforeAll
  static void discover() throws IOException {
    Path fasta = Files.writeString(folder.resolve("toy.fa"), Planted.fasta(120, 60));
    input = fasta.toString();
    whole = folder.resolve("whole");
    done(NETWORK, "discover", input, "--out", whole.toString(), "--threads", "2", "--seed", "3");
  }

  @Test
  void findsThePlantedWord() throws IOException {
    List<String[]> rows = rows(whole.resolve("motifs.tsv"));
    assertThat(Arrays.copyOf(rows.getFirst(), 15))
        .as("the leading columns of the issue")
        .containsExactly(
            ("rank motif_id consensus width nsites information_content enrichment_pvalue evalue"
                    + " positives_with_site negatives_with_site match_id match_name match_pvalue"
                    + " match_evalue match_qvalue")
                .split(" "));
    // S is C or G: the site is its own reverse complement but for that letter.
    assertThat(rows.get(1)[2]).matches(".*TGA[CGS]TCA.*");
    int source = List.of(rows.getFirst()).indexOf("source");
    assertThat(rows.get(1)[source]).contains("filters").doesNotContain("attributions");
    assertThat(whole.resolve("patterns")).doesNotExist();
    assertThat(whole.resolve("report.html")).content().doesNotContain("id=\"patterns\"");
  }

  /** motifs.meme carries the run's background, so that motifs info measures what the run did. */
  @Test
  void motifsInfoSaysTheSameInformationContent() throws IOException {
    Path info = folder.resolve("info.tsv");
    String meme = whole.resolve("motifs.meme").toString();
    done(List.of(), "motifs", "info", meme, "--out", info.toString());
    List<String[]> table = rows(whole.resolve("motifs.tsv"));
    List<String[]> said = rows(info);
    assertThat(said).hasSameSizeAs(table).hasSizeGreaterThan(1);
    assertThat(said.getFirst()[4]).isEqualTo(table.getFirst()[5]);
    for (int i = 1; i < said.size(); i++) {
      assertThat(Double.parseDouble(said.get(i)[4]))
          .isCloseTo(Double.parseDouble(table.get(i)[5]), within(0.0051));
    }
  }

  @Test
  void theSameOnOneThread() throws IOException {
    Path again = folder.resolve("again");
    // The same file, called by another path: results, the model's too, do not hold it.
    String other = folder.resolve("./././toy.fa").toString();
    assertThat(other).isNotEqualTo(input);
    done(NETWORK, "discover", other, "--out", again.toString(), "--threads", "1", "--seed", "3");
    Map<String, Path> files = files(whole);
    assertThat(files(again).keySet()).isEqualTo(files.keySet());
    for (String name : files.keySet()) {
      // run.json holds times; report.html the command line, which names another folder.
      if (!name.equals("run.json") && !name.equals("report.html")) {
        assertThat(again.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
      }
    }
    assertThat(folder.resolve("whole.checkpoint")).doesNotExist();
    assertThat(gallery(again)).isEqualTo(gallery(whole));
  }

  private static String gallery(Path results) throws IOException {
    String html = Files.readString(results.resolve("report.html"));
    int start = html.indexOf("<section id=\"gallery\"");
    assertThat(start).isPositive();
    return html.substring(start, html.indexOf("</section>", start));
  }

  /** Eight positives, their bases in order, each once and with its value. */
  @Test
  void theReportShowsWhatTheNetworkLookedAt() throws IOException {
    String gallery = gallery(whole);
    List<String> lines = Files.readAllLines(Path.of(input));
    String[] figures = gallery.split("<figure class=\"look\">");
    assertThat(figures).hasSize(1 + 8);
    Set<String> ids = new TreeSet<>();
    for (int i = 1; i < figures.length; i++) {
      String id = figures[i].replaceAll("(?s).*?<b>(.*?)</b>.*", "$1");
      ids.add(id);
      Matcher m = Pattern.compile("<title>(\\d+) ([ACGT]) [+\u2212]?\\d").matcher(figures[i]);
      StringBuilder bases = new StringBuilder();
      while (m.find()) {
        bases.append(m.group(2));
        assertThat(m.group(1)).isEqualTo("" + bases.length());
      }
      assertThat(bases).hasToString(lines.get(lines.indexOf(">" + id) + 1));
    }
    assertThat(ids).hasSize(8);
  }

  @Test
  void datasetMakesItsWindows() throws IOException {
    Path made = folder.resolve("windows");
    done(List.of(), "dataset", "make", input, "--out", made.toString(), "--seed", "3");
    List<String[]> windows = rows(made.resolve("windows.tsv"));
    List<String[]> predictions = rows(whole.resolve("predictions.tsv"));
    assertThat(windows).hasSameSizeAs(predictions);
    for (int i = 1; i < windows.size(); i++) {
      String[] w = windows.get(i);
      String[] p = predictions.get(i);
      assertThat(List.of(p[0], p[3], p[4])).isEqualTo(List.of(w[0], w[3], w[4]));
    }
  }

  @Test
  void trainMakesItsModelAndPredictItsPredictions() throws IOException {
    Path model = folder.resolve("toy.model");
    done(NETWORK, "train", input, "--out", model.toString(), "--threads", "1", "--seed", "3");
    assertThat(model).hasSameBinaryContentAs(whole.resolve("model/model.zip"));
    Path table = folder.resolve("predicted.tsv");
    done(List.of(), "predict", model.toString(), input, "--out", table.toString());
    Map<String, List<String>> inside = new LinkedHashMap<>();
    for (String[] row : rows(whole.resolve("predictions.tsv"))) {
      inside.put(row[0], Arrays.asList(row).subList(0, 3));
    }
    List<String[]> alone = rows(table);
    assertThat(alone).hasSize(121);
    for (String[] row : alone) {
      assertThat(Arrays.asList(row)).isEqualTo(inside.get(row[0]));
    }
  }

  @Test
  void calibrationChoosesTheSameShapeInBoth() throws IOException {
    List<String> calibrated = List.of("--filters", "6", "--epochs", "2", "--restarts", "3");
    Path model = folder.resolve("calibrated.model");
    done(calibrated, "train", input, "--out", model.toString(), "--threads", "2");
    Path found = folder.resolve("calibrated");
    done(calibrated, "discover", input, "--out", found.toString(), "--threads", "1");
    assertThat(found.resolve("model/model.zip")).hasSameBinaryContentAs(model);
  }

  /** With 500 positives or more, motifs are judged on the test part, and no fold is trained. */
  @Test
  void filtersOfALargerSet() throws IOException {
    Path fasta = Files.writeString(folder.resolve("large.fa"), Planted.fasta(600, 30));
    Path found = folder.resolve("large");
    List<String> network = List.of("--filters", "4", "--epochs", "2", "--rule", "relmax");
    done(network, "discover", fasta.toString(), "--out", found.toString(), "--threads", "2");
    Path motifs = folder.resolve("large-motifs");
    done(
        List.of("--rule", "relmax"),
        "filters",
        found.resolve("model/model.zip").toString(),
        fasta.toString(),
        "--out",
        motifs.toString(),
        "--threads",
        "1");
    Map<String, Path> files = files(motifs);
    assertThat(files).containsKey("logos/motif_1.svg");
    files.forEach((name, file) -> assertThat(file).hasSameBinaryContentAs(found.resolve(name)));
  }

  @Test
  void filtersMakeItsMotifsAndCompareItsMatches() throws IOException {
    Path motifs = folder.resolve("motifs");
    String model = whole.resolve("model/model.zip").toString();
    done(List.of(), "filters", model, input, "--out", motifs.toString());
    Map<String, Path> files = files(motifs);
    assertThat(files.keySet())
        .contains("motifs.meme", "motifs.tsv", "matches.tsv", "sites.tsv", "logos/motif_1.svg");
    files.forEach((name, file) -> assertThat(file).hasSameBinaryContentAs(whole.resolve(name)));

    Path table = folder.resolve("compared.tsv");
    done(
        List.of(),
        "compare",
        whole.resolve("motifs.meme").toString(),
        "--against",
        "jaspar",
        "--out",
        table.toString());
    List<String> inside = new ArrayList<>();
    for (String[] row : rows(whole.resolve("matches.tsv"))) {
      inside.add(String.join("\t", Arrays.copyOf(row, row.length - 1)));
    }
    List<String> alone =
        Files.readAllLines(table).stream().filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
    assertThat(alone).hasSizeGreaterThan(1).isEqualTo(inside);
  }

  @Test
  void filtersSayWhatDoesNotFit() throws IOException {
    String model = whole.resolve("model/model.zip").toString();
    Path out = folder.resolve("never");
    Said said = Said.by("filters", model, input, "--width", "50", "--out", out.toString());
    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err())
        .isEqualTo(
            "basewise: --width: is 50, and the windows of %s are 60 bases (leave it out)\n"
                .formatted(model));
    said = Said.by("filters", input, input, "--out", out.toString());
    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void theRunRecordHasItsKeys() throws IOException {
    JsonObject run =
        JsonParser.parseString(Files.readString(whole.resolve("run.json"))).getAsJsonObject();
    for (String key :
        List.of(
            "version",
            "command",
            "seed",
            "inputs",
            "counts.read",
            "counts.dropped",
            "counts.windows",
            "architecture.filters",
            "epochs",
            "test.auroc",
            "test.auprc",
            "baseline.auroc",
            "seconds.total",
            "memory.peak_bytes")) {
      JsonObject at = run;
      String[] parts = key.split("\\.", -1);
      for (int i = 0; i < parts.length - 1; i++) {
        at = at.getAsJsonObject(parts[i]);
      }
      assertThat(at.has(parts[parts.length - 1])).as(key).isTrue();
    }
    assertThat(run.get("inputs").toString()).matches(".*\"sha256\":\"[0-9a-f]{64}\".*");
    assertThat(run.get("seed").getAsInt()).isEqualTo(3);
  }

  private static void done(List<String> network, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(network);
    all.add("--quiet");
    Said said = Said.by(all.toArray(String[]::new));
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out()).isEmpty();
  }

  private static List<String[]> rows(Path table) throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(table)) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        rows.add(line.split("\t", -1));
      }
    }
    return rows;
  }

  private static Map<String, Path> files(Path root) throws IOException {
    Map<String, Path> out = new LinkedHashMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      walk.filter(Files::isRegularFile)
          .sorted()
          .forEach(f -> out.put(root.relativize(f).toString(), f));
    }
    return out;
  }
}
