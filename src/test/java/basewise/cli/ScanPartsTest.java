package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.sequence.Dna;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of a scan, gathered: the bytes of the scan in one piece, or a refusal that names why. */
class ScanPartsTest {
  @TempDir Path folder;
  private String genome = "";

  /** Contigs of very different lengths, runs of N, one contig shorter than any motif. */
  @BeforeEach
  void genome() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    StringBuilder text = new StringBuilder();
    int[] lengths = {90_000, 7, 3_000, 1, 70_001, 400};
    for (int c = 0; c < lengths.length; c++) {
      byte[] codes = new byte[lengths[c]];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = (byte) (i % 9000 > 8900 ? Dna.N : random.nextInt(4));
      }
      text.append(">c").append(c).append('\n').append(Dna.decode(codes)).append('\n');
    }
    genome = Files.writeString(folder.resolve("g.fa"), text.toString()).toString();
  }

  private static List<String> with(List<String> start, String... more) {
    List<String> all = new ArrayList<>(start);
    all.addAll(List.of(more));
    return all;
  }

  private List<String> scan(String options) {
    List<String> line =
        new ArrayList<>(List.of("scan", "--motifs", "jaspar:vertebrates", "--only", "^MA00[0-4]"));
    line.addAll(List.of("--genome", genome, "--quiet", "--threads", "2", "--pvalue", "1e-3"));
    if (!options.isEmpty()) {
      line.addAll(List.of(options.split(" ")));
    }
    return line;
  }

  private static Said run(List<String> line) {
    return Said.by(line.toArray(String[]::new));
  }

  private static void done(List<String> line) {
    Said said = run(line);
    assertThat(said.code()).as(line + said.err()).isZero();
  }

  /** All parts of a scan, as folders. */
  private List<String> parts(String options, int bases, int motifs) {
    List<String> folders = new ArrayList<>();
    for (int b = 1; b <= bases; b++) {
      for (int m = 1; m <= motifs; m++) {
        String out = folder.resolve("part-" + b + "-" + m).toString();
        done(
            with(
                with(scan(options), "--part", b + "/" + bases),
                "--motif-part",
                m + "/" + motifs,
                "--force",
                "--out",
                out));
        folders.addFirst(out); // any order will do
      }
    }
    return folders;
  }

  private String gather(List<String> parts, String name) {
    String out = folder.resolve(name).toString();
    done(with(with(List.of("gather"), parts.toArray(String[]::new)), "--quiet", "--out", out));
    return out;
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, whole.tsv, 3, 2",
        "--format fimo --qvalue 0.5, whole.tsv, 2, 1",
        "--format fimo --max-strand --norc, whole.tsv, 1, 3",
        "--format bed, whole.bed, 7, 2",
        "--format bed --qvalues, whole.bed, 2, 2",
        "--format gff --qvalues, whole.gff, 2, 2",
        "--format bed --background sequences --skip-masked, whole.bed, 2, 1",
        "--count, whole.txt, 4, 3"
      })
  void gatheredIsTheScanInOnePiece(String options, String name, int bases, int motifs)
      throws IOException {
    String given = options == null ? "" : options;
    Path one = folder.resolve("one-" + name);
    done(with(scan(given), "--out", one.toString()));
    String gathered = gather(parts(given, bases, motifs), name);
    assertThat(Files.size(one)).isGreaterThan(1000);
    assertThat(Path.of(gathered)).hasSameBinaryContentAs(one);
  }

  @Test
  void ofRegionsAndCompressedWithAnIndex() throws IOException {
    Path bed = folder.resolve("r.bed");
    Files.writeString(
        bed, "c4\t100\t30000\nc0\t10\t2000\nc0\t1000\t50000\nc5\t0\t400\nc2\t7\t2999\n");
    String options = "--format bed --regions " + bed;
    Path one = folder.resolve("one.bed");
    done(with(scan(options), "--out", one.toString()));
    String gathered = gather(parts(options, 5, 2), "whole.bed.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(gathered)))) {
      assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(one));
    }
    assertThat(Path.of(gathered + ".tbi")).isNotEmptyFile();
  }

  private String refused(List<String> parts) {
    Path out = folder.resolve("refused.bed");
    Said said =
        run(with(with(List.of("gather"), parts.toArray(String[]::new)), "--out", out.toString()));
    assertThat(said.code()).as(said.err()).isEqualTo(3);
    assertThat(said.err().strip().lines()).hasSize(1);
    assertThat(out).doesNotExist();
    return said.err();
  }

  @Test
  void partsThatAreMissingOrThereTwiceAreNamed() throws IOException {
    List<String> parts = parts("--format bed", 3, 1);
    assertThat(refused(parts.subList(0, 2))).contains("1 part", "missing: part 1/3");
    String twin = folder.resolve("twin").toString();
    try (Stream<Path> files = Files.list(Path.of(parts.getFirst()))) {
      Files.createDirectory(Path.of(twin));
      for (Path file : files.toList()) {
        Files.copy(file, Path.of(twin).resolve(file.getFileName()));
      }
    }
    assertThat(refused(with(parts, twin))).contains(twin, "part 3/3", parts.getFirst());
  }

  @Test
  void partsOfAnotherScanAreNamedWithWhatDiffers() throws IOException {
    List<String> parts = parts("--format bed", 3, 1);
    String foreign = folder.resolve("foreign").toString();
    List<String> others = with(parts.subList(1, 3), foreign);
    done(with(scan("--format bed --skip-masked"), "--part", "3/3", "--out", foreign));
    assertThat(refused(others)).contains(foreign, "--skip-masked is true");

    Files.writeString(
        Path.of(genome),
        Files.readString(Path.of(genome)).toLowerCase(java.util.Locale.ROOT).replace(">C", ">c"));
    done(with(scan("--format bed"), "--part", "3/3", "--force", "--out", foreign));
    assertThat(refused(others)).contains(foreign, "its genome is");

    done(with(scan("--format bed"), "--part", "3/4", "--force", "--out", foreign));
    assertThat(refused(others)).contains(foreign);
  }

  @Test
  void aDamagedPartIsNamed() throws IOException {
    List<String> parts = parts("--format bed", 2, 1);
    Path rows = Path.of(parts.getFirst()).resolve("rows.gz");
    byte[] bytes = Files.readAllBytes(rows);
    bytes[bytes.length / 2] ^= 1;
    Files.write(rows, bytes);
    assertThat(refused(parts)).contains(rows.toString(), "not as it was written");
    Files.delete(rows);
    assertThat(refused(parts)).contains(rows.toString(), "missing");
    assertThat(refused(List.of(folder.toString()))).contains("is no part: it has no part.json");
  }

  @Test
  void partsThatMakeNoSenseAreMistakesOfTheCommandLine() {
    for (String wrong : List.of("0/3", "4/3", "x", "1/0", "-1/2", "1")) {
      Said said = run(with(scan("--format bed"), "--part", wrong, "--out", folder + "/p"));
      assertThat(said.code()).as(wrong).isEqualTo(2);
    }
    for (String wrong : List.of("--best", "--resume", "--format bigwig")) {
      Said said = run(with(scan(wrong), "--part", "1/2", "--out", folder + "/p"));
      assertThat(said.code()).as(wrong).isEqualTo(2);
    }
    assertThat(run(with(scan(""), "--part", "1/2")).code()).isEqualTo(2);
    assertThat(run(with(scan(""), "--motif-part", "1/900", "--out", folder + "/p")).code())
        .isEqualTo(2);
  }
}
