package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.io.NpyArray;
import basewise.io.NpzInput;
import basewise.io.NpzOutput;
import htsjdk.samtools.util.BlockCompressedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden files are Fi-NeMo 0.41's; COMMANDS.md beside them has the commands. */
class HitsCommandTest {
  private static final Path GOLDEN = Path.of("src/test/resources/basewise/patterns/hits");

  @TempDir Path folder;

  private Said hits(String... more) {
    return with(GOLDEN.resolve("patterns.h5"), GOLDEN.resolve("hyp.npz"), more);
  }

  private Said with(Path patterns, Path scores, String... more) {
    Stream<String> first =
        Stream.of(
            "hits",
            patterns.toString(),
            "--sequences",
            GOLDEN.resolve("ohe.npz").toString(),
            "--scores",
            scores.toString());
    return Said.by(Stream.concat(first, Arrays.stream(more)).toArray(String[]::new));
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  private static String regions() {
    return GOLDEN.resolve("regions.narrowPeak").toString();
  }

  /** Rows by what they are about, each a map from column to text. */
  private static Map<String, Map<String, String>> rows(Path file, String... keys)
      throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] names = lines.getFirst().split("\t");
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split("\t");
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], fields[i]);
      }
      rows.put(String.join(" ", Arrays.stream(keys).map(row::get).toList()), row);
    }
    return rows;
  }

  private static Map<String, Map<String, String>> hitRows(Path file) throws IOException {
    return rows(
        file,
        "chr",
        "start",
        "end",
        "start_untrimmed",
        "end_untrimmed",
        "motif_name",
        "strand",
        "peak_name",
        "peak_id");
  }

  @ParameterizedTest
  @CsvSource({"hits.tsv, --lambda=0.7", "hits_hypothetical.tsv, --hypothetical"})
  void hitsAreFiNemos(String golden, String option) throws IOException {
    Said said = hits("--regions", regions(), "--half", option, "--out", out("h.tsv"));
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    var ours = hitRows(folder.resolve("h.tsv"));
    var theirs = hitRows(GOLDEN.resolve(golden));
    assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(theirs.keySet());
    theirs.forEach((key, row) -> {
      for (String column : row.keySet()) {
        if (column.startsWith("hit_")) {
          double x = Double.parseDouble(row.get(column));
          double y = Double.parseDouble(ours.get(key).get(column));
          assertThat(y).as(key + " " + column).isCloseTo(x, within(1e-4 * Math.abs(x)));
        }
      }
    });
    List<String> header = Files.readAllLines(GOLDEN.resolve(golden)).subList(0, 1);
    assertThat(Files.readAllLines(folder.resolve("h.tsv"))).startsWith(header.getFirst());
  }

  @Test
  void tablesBesideThemAreFiNemos() throws IOException {
    hits("--regions", regions(), "--half", "--out", out("h.tsv"));
    var fits = rows(folder.resolve("h.qc.tsv"), "peak_name", "chr", "peak_region_start");
    var theirs = rows(GOLDEN.resolve("peaks_qc.tsv"), "peak_name", "chr", "peak_region_start");
    assertThat(fits.keySet()).containsExactlyInAnyOrderElementsOf(theirs.keySet());
    theirs.forEach((key, row) -> {
      assertThat(fits.get(key)).containsEntry("num_steps", row.get("num_steps"));
      assertThat(fits.get(key)).containsEntry("end", "converged");
      for (String column : List.of("nll", "global_scale")) {
        double x = Double.parseDouble(row.get(column));
        assertThat(Double.parseDouble(fits.get(key).get(column))).isCloseTo(x, within(1e-5 * x));
      }
    });
    var recall = rows(folder.resolve("h.patterns.tsv"), "motif_name");
    rows(GOLDEN.resolve("motif_report.tsv"), "motif_name")
        .forEach((name, row) -> {
          for (String column : row.keySet()) {
            if (column.startsWith("num_")) {
              assertThat(recall.get(name)).containsEntry(column, row.get(column));
            }
          }
          double similarity = Double.parseDouble(row.get("cwm_similarity"));
          // Theirs is rounded to half precision on the way.
          assertThat(Double.parseDouble(recall.get(name).get("cwm_similarity")))
              .isCloseTo(similarity, within(1e-3));
          assertThat(Double.parseDouble(recall.get(name).get("seqlet_recall")))
              .isCloseTo(Double.parseDouble(row.get("seqlet_recall")), within(1e-5));
        });
  }

  /** Where hits overlap, Fi-NeMo's 0 and 1 are the wrong way round; elsewhere both say 1. */
  @Test
  void ofOverlappingHitsTheMoreSimilarIsPrimary() throws IOException {
    hits("--regions", regions(), "--half", "--overlap", "0.2", "--out", out("h.tsv"));
    var ours = hitRows(folder.resolve("h.tsv"));
    var theirs = hitRows(GOLDEN.resolve("collapsed.tsv"));
    int both = 0;
    int zeros = 0;
    int turned = 0;
    for (var row : ours.entrySet()) {
      boolean we = row.getValue().get("is_primary").equals("1");
      boolean they = theirs.get(row.getKey()).get("is_primary").equals("1");
      both += we && they ? 1 : 0;
      zeros += they ? 0 : 1;
      turned += we != they ? 1 : 0;
    }
    assertThat(zeros).isEqualTo(9);
    // Eight pairs; one more hit lies between a better and a worse one, and is 0 either way.
    assertThat(turned).isEqualTo(16);
    assertThat(both).isEqualTo(ours.size() - 17);
    hits("--regions", regions(), "--half", "--overlap", "0.2", "--out", out("p.bed"));
    assertThat(Files.readAllLines(folder.resolve("p.bed"))).hasSize(ours.size() - 9);
  }

  @Test
  void bedIsCompressedIndexedAndInOrder() throws IOException {
    Said said = hits("--regions", regions(), "--out", out("h.bed.gz"), "--threads", "3");
    assertThat(said.code()).isZero();
    assertThat(folder.resolve("h.bed.gz.tbi")).exists();
    String text;
    try (var in = new BlockCompressedInputStream(folder.resolve("h.bed.gz").toFile())) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    hits("--regions", regions(), "--out", out("p.bed"), "--threads", "1");
    assertThat(text).isEqualTo(Files.readString(folder.resolve("p.bed")));
    List<String> contigs = text.lines().map(l -> l.split("\t")[0]).toList();
    assertThat(contigs.stream().distinct()).containsExactly("chr2", "chr10");
    assertThat(contigs).isSortedAccordingTo((a, b) -> Integer.compare(b.compareTo(a), 0));
    assertThat(text.lines()).allMatch(l -> l.split("\t").length == 6);
  }

  @Test
  void withoutRegionsPlacesCountWithinEachSequence() throws IOException {
    Said said = hits("--out", out("h.tsv"));
    assertThat(said.out()).matches("75 hits of 3 patterns in 32 sequences: .*\\s");
    for (var row : hitRows(folder.resolve("h.tsv")).values()) {
      assertThat(row).containsEntry("chr", "NA").containsEntry("peak_name", "NA");
      assertThat(Integer.parseInt(row.get("end"))).isLessThanOrEqualTo(120);
    }
    misused("BED needs places", hits("--out", out("h2.bed")));
  }

  /** The same hits, and seqlets found again, as where each row lies far from all others. */
  @Test
  void withoutRegionsRowsAreCountedApart() throws IOException {
    StringBuilder bed = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      bed.append("chr1\t%d\t%d\n".formatted(1000 * i + 1000, 1000 * i + 1120));
    }
    Path far = Files.writeString(folder.resolve("far.bed"), bed);
    hits("--regions", far.toString(), "--out", out("far.tsv"));
    hits("--out", out("h.tsv"));
    assertThat(folder.resolve("h.patterns.tsv"))
        .hasSameTextualContentAs(folder.resolve("far.patterns.tsv"));
    int total = 0;
    for (var row : rows(folder.resolve("h.patterns.tsv"), "motif_name").values()) {
      total += Integer.parseInt(row.get("num_hits_total"));
    }
    assertThat(total).isEqualTo(75);
  }

  /** Regions of which half lies before the contig's first base. */
  @Test
  void bedHasNothingBeforeTheFirstBase() throws IOException {
    Path near = Files.writeString(folder.resolve("near.bed"), "chr1\t0\t20\n".repeat(32));
    Said said = hits("--regions", near.toString(), "--out", out("h.bed.gz"));
    assertThat(said.err()).isEmpty();
    hits("--regions", near.toString(), "--out", out("p.bed"));
    hits("--regions", near.toString(), "--out", out("all.tsv"));
    List<String> lines = Files.readAllLines(folder.resolve("p.bed"));
    assertThat(lines).isNotEmpty().hasSizeLessThan(75);
    for (String line : lines) {
      String[] fields = line.split("\t");
      assertThat(Integer.parseInt(fields[1])).isNotNegative();
      assertThat(Integer.parseInt(fields[2])).isGreaterThan(Integer.parseInt(fields[1]));
    }
    assertThat(Files.readAllLines(folder.resolve("all.tsv"))).hasSize(76);
  }

  @Test
  void allThreeFilesAppearOrNone() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("h.patterns.tsv"));
    refused("is a folder", hits("--force", "--out", out("h.tsv")));
    assertThat(folder).isDirectoryNotContaining(p -> !p.equals(taken));
    Files.delete(taken);
    Files.createDirectories(folder.resolve("h.tsv"));
    refused("is a folder", hits("--force", "--out", out("h.tsv")));
    assertThat(folder).isDirectoryNotContaining(p -> !p.endsWith("h.tsv"));
  }

  @Test
  void halfPrecisionHasAnEnd() throws IOException {
    Path large = folder.resolve("large.npz");
    try (NpzInput in = NpzInput.open(GOLDEN.resolve("hyp.npz"));
        NpzOutput out = NpzOutput.to(large)) {
      NpyArray hyp = in.array("arr_0");
      float[] scores = hyp.floats();
      for (int i = 0; i < scores.length; i++) {
        scores[i] *= 1e7f;
      }
      out.array("arr_0", hyp.shape().stream().mapToInt(n -> n).toArray());
      out.write(scores);
      out.seal();
      out.commit();
    }
    Path patterns = GOLDEN.resolve("patterns.h5");
    refused("above 65504", with(patterns, large, "--half", "--out", out("h.tsv")));
    assertThat(with(patterns, large, "--out", out("h.tsv")).code()).isZero();
  }

  /** h5py wrote it, in chunks, half precision and gzip; so did numpy.save. */
  @Test
  void chromBpNetsFileAndNpyAreTheSameScores() throws IOException {
    hits("--half", "--out", out("npz.tsv"));
    Path h5 = GOLDEN.resolve("chrombpnet.h5");
    Said said =
        Said.by(
            "hits",
            GOLDEN.resolve("patterns.h5").toString(),
            "--scores",
            h5.toString(),
            "--half",
            "--out",
            out("h5.tsv"));
    assertThat(said.err()).isEmpty();
    assertThat(folder.resolve("h5.tsv")).hasSameTextualContentAs(folder.resolve("npz.tsv"));
    try (ZipFile zip = new ZipFile(GOLDEN.resolve("ohe.npz").toFile());
        InputStream in = zip.getInputStream(zip.getEntry("arr_0.npy"))) {
      Files.write(folder.resolve("ohe.npy"), in.readAllBytes());
    }
    Said npy =
        Said.by(
            "hits",
            GOLDEN.resolve("patterns.h5").toString(),
            "--sequences",
            folder.resolve("ohe.npy").toString(),
            "--scores",
            GOLDEN.resolve("hyp.npz").toString(),
            "--half",
            "--out",
            out("npy.tsv"));
    assertThat(npy.err()).isEmpty();
    assertThat(folder.resolve("npy.tsv")).hasSameTextualContentAs(folder.resolve("npz.tsv"));
  }

  @Test
  void oneStrandHasNoHitsOnTheOther() throws IOException {
    hits("--out", out("h.tsv"), "--single-strand");
    var strands = new TreeSet<String>();
    hitRows(folder.resolve("h.tsv")).values().forEach(r -> strands.add(r.get("strand")));
    assertThat(strands).containsExactly("+");
  }

  private Said noSequences(Path scores) {
    return Said.by(
        "hits",
        GOLDEN.resolve("patterns.h5").toString(),
        "--scores",
        scores.toString(),
        "--scores-array",
        "shap/seq",
        "--sequences-array",
        "pos_patterns/pattern_0/seqlets/start",
        "--out",
        out("h.tsv"));
  }

  private static void refused(String why, Said said) {
    refused(ExitCode.BAD_INPUT, why, said);
  }

  private static void misused(String why, Said said) {
    refused(ExitCode.USAGE, why, said);
  }

  private static void refused(int code, String why, Said said) {
    assertThat(said.err()).startsWith("basewise: ").contains(why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.code()).isEqualTo(code);
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    misused("does not end in", with(folder, folder, "--out", out("h.txt")));
    misused("must be above 0", hits("--lambda", "0", "--out", out("h.tsv")));
    refused("does not exist", with(folder, folder, "--out", out("h.tsv")));
    Path text = Files.writeString(folder.resolve("t.h5"), "no HDF5");
    refused("is no HDF5", with(text, text, "--out", out("h.tsv")));
    Path h5 = GOLDEN.resolve("patterns.h5");
    refused("has no dataset shap/seq", with(h5, h5, "--out", out("h.tsv")));
    refused("has the shape [21], not [sequences, 4, length]", noSequences(h5));
    misused("is needed with scores that are no HDF5", noSequences(GOLDEN.resolve("hyp.npz")));
    Path one = Files.writeString(folder.resolve("one.bed"), "chr1\t0\t120\n");
    refused(
        "has 1 row, and there are 32 sequences",
        hits("--regions", one.toString(), "--out", out("h.tsv")));
    Path other = folder.resolve("other.npz");
    try (NpzOutput npz = NpzOutput.to(other)) {
      npz.array("arr_0", 32, 4, 119);
      npz.write(new float[32 * 4 * 119]);
      npz.seal();
      npz.commit();
    }
    refused("has the shape", with(GOLDEN.resolve("patterns.h5"), other, "--out", out("h.tsv")));
    misused("fewer than a pattern needs", hits("--window", "20", "--out", out("h.tsv")));
    assertThat(folder.resolve("h.tsv")).doesNotExist();
    Files.writeString(folder.resolve("h.tsv"), "mine");
    refused("already exists", hits("--out", out("h.tsv")));
  }
}
