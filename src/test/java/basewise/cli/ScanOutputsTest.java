package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.scan.output.ResumableRows;
import htsjdk.samtools.util.BlockCompressedInputStream;
import htsjdk.tribble.readers.TabixReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scan} writes beside rows of hits, told from the rows; and going on after a kill. */
class ScanOutputsTest {
  private static final String LAMBDA = "genomes/examples/lambda_virus.fa.gz";
  @TempDir Path folder;

  private Path scan(String name, String... more) {
    return scan(Path.of(LAMBDA), name, more);
  }

  private Path scan(Path genome, String name, String... more) {
    Path out = folder.resolve(name);
    String[] base = {
      "scan",
      "--motifs",
      "jaspar:fungi",
      "--genome",
      genome.toString(),
      "--out",
      out.toString(),
      "--quiet"
    };
    String[] all = Stream.concat(Arrays.stream(base), Arrays.stream(more)).toArray(String[]::new);
    Said said = Said.by(all);
    assertThat(said.code()).as(said.err()).isZero();
    return out;
  }

  private List<String[]> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(l -> !l.startsWith("#"))
        .map(l -> l.split("\t", -1))
        .toList();
  }

  @Test
  void occupancyIsTheNumberOfRowsOverABase() throws IOException {
    int[] over = new int[48_502];
    for (String[] f : rows(scan("x.bed"))) {
      for (int i = Integer.parseInt(f[1]); i < Integer.parseInt(f[2]); i++) {
        over[i]++;
      }
    }
    int[] told = new int[over.length];
    for (String[] f : rows(scan("x.bedgraph", "--per-base", "occupancy"))) {
      for (int i = Integer.parseInt(f[1]); i < Integer.parseInt(f[2]); i++) {
        told[i] = Integer.parseInt(f[3]);
      }
    }
    assertThat(told).isEqualTo(over);
    assertThat(scan("x.bw")).isNotEmptyFile();
  }

  @Test
  void countsPerRegionAreThoseOfTheRows() throws IOException {
    String bed = Files.writeString(folder.resolve("r.bed"), regions()).toString();
    Map<String, Integer> expected = new HashMap<>();
    for (String[] f : rows(scan("all.bed"))) {
      for (int[] r : new int[][] {{0, 5000}, {4000, 9000}}) {
        if (Integer.parseInt(f[1]) >= r[0] && Integer.parseInt(f[2]) <= r[1]) {
          expected.merge(r[0] + " " + f[3], 1, Integer::sum);
        }
      }
    }
    Files.write(folder.resolve("l.fa"), lambda());
    Path table = folder.resolve("c.matrix.tsv");
    Said said =
        Said.by(
            "scan",
            "--motifs",
            "jaspar:fungi",
            "--genome",
            folder.resolve("l.fa").toString(),
            "--regions",
            bed,
            "--out",
            table.toString(),
            "--quiet");
    assertThat(said.code()).as(said.err()).isZero();
    List<String> lines = Files.readAllLines(table);
    String[] motifs = lines.getFirst().split("\t");
    int sum = 0;
    for (int i = 1; i < lines.size(); i++) {
      String[] f = lines.get(i).split("\t");
      for (int m = 1; m < f.length; m++) {
        int n = expected.getOrDefault((i == 1 ? 0 : 4000) + " " + motifs[m], 0);
        assertThat(Integer.parseInt(f[m])).as(motifs[m]).isEqualTo(n);
        sum += n;
      }
    }
    assertThat(sum).isGreaterThan(50);
  }

  private String regions() {
    String contig = "gi|9626243|ref|NC_001416.1|";
    return contig + "\t0\t5000\n" + contig + "\t4000\t9000\n";
  }

  private static byte[] lambda() throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(Path.of(LAMBDA)))) {
      return in.readAllBytes();
    }
  }

  @Test
  void theBestHitOfEachMotif() throws IOException {
    Map<String, Double> best = new HashMap<>();
    for (String[] f : rows(scan("x.bed"))) {
      best.merge(f[3], Double.parseDouble(f[7]), Math::max);
    }
    List<String[]> rows = rows(scan("b.bed", "--best"));
    assertThat(rows).hasSameSizeAs(best.keySet());
    for (String[] f : rows) {
      assertThat(Double.parseDouble(f[7])).isEqualTo(best.get(f[3]));
    }
  }

  /**
   * Regions that overlap, in no order: rows are sorted, and their q-values are those of all hits.
   */
  @Test
  void theBestHitsOfRegionsAreInOrderAndKeepTheirQValues() throws IOException {
    String contig = "gi|9626243|ref|NC_001416.1|";
    int[][] regions = {
      {4000, 9000}, {0, 5000}, {2500, 5000}, {20000, 48502}, {2000, 30000}, {7, 99}
    };
    StringBuilder bed = new StringBuilder();
    for (int[] r : regions) {
      bed.append("%s\t%d\t%d\n".formatted(contig, r[0], r[1]));
    }
    String places = Files.writeString(folder.resolve("r.bed"), bed).toString();
    Path genome = Files.write(folder.resolve("l.fa"), lambda());
    Map<String, String[]> hits = new HashMap<>();
    List<String> expected = new ArrayList<>();
    List<String[]> all =
        rows(scan(genome, "all.bed", "--regions", places, "--qvalues", "--pvalue", "1e-3"));
    for (int[] r : regions) {
      hits.clear();
      for (String[] f : all) {
        if (Integer.parseInt(f[1]) >= r[0] && Integer.parseInt(f[2]) <= r[1]) {
          hits.merge(
              f[3], f, (a, b) -> Double.parseDouble(b[7]) > Double.parseDouble(a[7]) ? b : a);
        }
      }
      hits.values().forEach(f -> expected.add(String.join("\t", f)));
    }
    Path best =
        scan(genome, "b.bed", "--regions", places, "--best", "--qvalues", "--pvalue", "1e-3");
    List<String> found = rows(best).stream().map(f -> String.join("\t", f)).toList();
    assertThat(found).hasSizeGreaterThan(500).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(rows(best))
        .isSortedAccordingTo(Comparator.comparingInt(f -> Integer.parseInt(f[1])));
    Path packed =
        scan(genome, "b.bed.gz", "--regions", places, "--best", "--qvalues", "--pvalue", "1e-3");
    assertThat(unpacked(packed)).isEqualTo(Files.readString(best));
    assertThat(folder.resolve("b.bed.gz.tbi")).isNotEmptyFile();
    List<String[]> few =
        rows(
            scan(
                genome,
                "q.bed",
                "--regions",
                places,
                "--best",
                "--qvalue",
                "0.2505",
                "--pvalue",
                "1e-3"));
    assertThat(few)
        .isNotEmpty()
        .allMatch(f -> Double.parseDouble(f[9]) <= 0.2505)
        .hasSize((int) rows(best).stream().filter(f -> Double.parseDouble(f[9]) <= 0.2505).count());
  }

  /** The same text, compressed as bgzip does. */
  @Test
  void everyTextCanBeCompressed() throws IOException {
    for (String name : List.of("x.tsv", "x.bed", "x.gff", "x.bedgraph", "x.matrix.tsv", "x.mtx")) {
      String plain = Files.readString(scan("plain-" + name));
      Path packed = scan(name + ".gz");
      assertThat(unpacked(packed)).as(name).isEqualTo(plain);
      assertThat(
              BlockCompressedInputStream.isValidFile(
                  new BufferedInputStream(Files.newInputStream(packed))))
          .isTrue();
      boolean places = List.of("x.bed", "x.gff", "x.bedgraph").contains(name);
      assertThat(Files.exists(folder.resolve(name + ".gz.tbi"))).as(name).isEqualTo(places);
      if (places) {
        int start = name.equals("x.gff") ? 3 : 1;
        List<String> expected =
            plain
                .lines()
                .filter(l -> !l.startsWith("#"))
                .filter(l -> Integer.parseInt(l.split("\t")[start]) - start / 3 < 31_000)
                .filter(l -> Integer.parseInt(l.split("\t")[start + 1]) > 30_000)
                .toList();
        List<String> found = new ArrayList<>();
        try (TabixReader reader = new TabixReader(packed.toString())) {
          TabixReader.Iterator it = reader.query("gi|9626243|ref|NC_001416.1|", 30_000, 31_000);
          for (String row = it.next(); row != null; row = it.next()) {
            found.add(row);
          }
        }
        assertThat(found).as(name).isNotEmpty().isEqualTo(expected);
      }
    }
    assertThat(folder.resolve("x.motifs.tsv")).exists();
    String counts = Files.readString(scan("c.tsv", "--count"));
    assertThat(unpacked(scan("c.tsv.gz", "--count"))).isEqualTo(counts);
  }

  private static String unpacked(Path gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(gzip))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A scan that died after some blocks goes on to the bytes of one that did not. */
  @Test
  void anInterruptedScanGoesOn() throws IOException {
    byte[] whole = Files.readAllBytes(scan("whole.bed"));
    Path out = folder.resolve("part.bed");
    assertThat(Files.readAllBytes(scan("part.bed", "--resume"))).isEqualTo(whole);
    assertThat(ResumableRows.folder(out)).doesNotExist();
    Files.delete(out);
    // What a run killed after its first block leaves: rows with a torn end, and a torn note.
    Path left = ResumableRows.folder(out);
    Files.createDirectories(left);
    scan("again.bed", "--resume");
    String text = new String(whole, StandardCharsets.UTF_8);
    Files.writeString(left.resolve("rows"), text + "half a ro");
    Files.writeString(left.resolve("done"), "1\t" + whole.length + "\n1\t9");
    Files.writeString(left.resolve("run"), "of something else\n");
    Said other =
        Said.by(
            "scan",
            "--motifs",
            "jaspar:fungi",
            "--genome",
            LAMBDA,
            "--out",
            out.toString(),
            "--resume",
            "--quiet");
    assertThat(other.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(other.err()).contains("is left of another scan");
    Files.delete(left.resolve("run"));
    assertThat(Files.readAllBytes(scan("part.bed", "--resume"))).isEqualTo(whole);
  }

  @Test
  void optionsThatCannotGoTogether() {
    for (String[] wrong :
        new String[][] {
          {"--count", "--best"},
          {"--count", "--format", "bed"},
          {"--format", "bigwig"},
          {"--format", "mtx", "--parse-genomic-coord", "--out", "x.mtx"},
          {"--resume"},
          {"--resume", "--out", "x.bed.gz"},
          {"--out", "x.bw.gz"}
        }) {
      String[] base = {"scan", "--motifs", "jaspar:fungi", "--genome", LAMBDA};
      Said said =
          Said.by(Stream.concat(Arrays.stream(base), Arrays.stream(wrong)).toArray(String[]::new));
      assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.USAGE);
      assertThat(said.err().lines()).hasSize(1);
    }
  }
}
