package basewise.scan.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import basewise.scan.Scanner;
import basewise.sequence.NamedSequence;
import htsjdk.tribble.readers.TabixReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BgzfOutputTest {
  private static final int CONTIGS = 5;
  private static final List<NamedSequence> SEQUENCES = Toys.sequences(21, CONTIGS, 600_000);

  @TempDir Path folder;

  private static Scanner scanner() {
    return Scanner.open(Toys.motifs(21, 6), Toys.options());
  }

  private Path written(Places places, List<NamedSequence> sequences) {
    Scanner scanner = scanner();
    Path path = folder.resolve("hits.bed.gz");
    try (BgzfOutput out = BgzfOutput.to(path, new Bed(scanner.motifs(), null), places)) {
      Toys.scan(scanner, sequences, out, 2);
      assertThat(path).doesNotExist();
      out.commit();
    }
    return path;
  }

  private static List<String> lines(Path gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(gzip))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Rows of [start, end) of a contig, by reading all. */
  private static List<String> overlapping(List<String> rows, String contig, int start, int end) {
    List<String> found = new ArrayList<>();
    for (String row : rows) {
      String[] f = row.split("\t", 4);
      if (f[0].equals(contig) && Integer.parseInt(f[1]) < end && Integer.parseInt(f[2]) > start) {
        found.add(row);
      }
    }
    return found;
  }

  private record Region(String contig, int start, int end) {}

  private static List<Region> regions() {
    SplittableRandom random = new SplittableRandom(5);
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int contig = random.nextInt(CONTIGS);
      int length = SEQUENCES.get(contig).length();
      int start = i % 3 == 0 ? (1 << 14) * random.nextInt(1, 9) - 2 : random.nextInt(length);
      int size = i % 2 == 0 ? random.nextInt(1, 50) : random.nextInt(1, 60_000);
      regions.add(new Region("s" + contig, start, start + size));
    }
    regions.add(new Region("s0", 0, 1));
    regions.add(new Region("s1", 0, 1 << 29));
    return regions;
  }

  @Test
  void theRowsAreThoseOfPlainBedAndHtsjdkFindsEveryRegion() throws Exception {
    Path path = written(Places.AS_NAMED, SEQUENCES);
    Path plain = folder.resolve("hits.bed");
    Scanner scanner = scanner();
    try (RowOutput out = RowOutput.to(plain, new Bed(scanner.motifs(), null), Places.AS_NAMED)) {
      Toys.scan(scanner, SEQUENCES, out, 1);
      out.commit();
    }
    List<String> rows = Files.readAllLines(plain);
    assertThat(lines(path)).isEqualTo(rows);
    rows = rows.subList(1, rows.size());
    assertThat(rows).hasSizeGreaterThan(20_000);
    int found = 0;
    try (TabixReader reader = new TabixReader(path.toString())) {
      for (Region r : regions()) {
        List<String> mine = new ArrayList<>();
        TabixReader.Iterator it = reader.query(r.contig, r.start, r.end);
        for (String row = it.next(); row != null; row = it.next()) {
          mine.add(row);
        }
        assertThat(mine).as("%s", r).isEqualTo(overlapping(rows, r.contig, r.start, r.end));
        found += mine.size();
      }
    }
    assertThat(found).isGreaterThan(1000);
  }

  private static List<String> run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader out = process.inputReader()) {
      return out.lines().toList();
    }
  }

  private static void needsTabix() {
    try {
      run("tabix", "--version");
    } catch (IOException e) {
      Assumptions.abort("skipped: no tabix on the PATH");
    }
  }

  /** htslib's own tabix; a place far out in a long contig needs the other kind of index. */
  @Test
  void theRealTabixFindsEveryRegion() throws Exception {
    needsTabix();
    Path path = written(Places.AS_NAMED, SEQUENCES);
    assertThat(folder.resolve("hits.bed.gz.tbi")).exists();
    List<String> rows = lines(path).subList(1, lines(path).size());
    for (Region r : regions()) {
      List<String> mine =
          run("tabix", path.toString(), r.contig + ":" + (r.start + 1) + "-" + r.end);
      assertThat(mine).as("%s", r).isEqualTo(overlapping(rows, r.contig, r.start, r.end));
    }
    assertThat(run("tabix", "-H", path.toString())).hasSize(1);
    assertThat(run("tabix", "-l", path.toString())).containsExactly("s0", "s1", "s2", "s3", "s4");

    NamedSequence first = SEQUENCES.getFirst();
    int far = 1_500_000_000;
    Files.delete(path);
    path =
        written(
            Places.GENOMIC,
            List.of(
                new NamedSequence("c:101-9", "", first.codes()),
                new NamedSequence("c:" + (far + 1) + "-9", "", first.codes())));
    assertThat(folder.resolve("hits.bed.gz.csi")).exists();
    assertThat(folder.resolve("hits.bed.gz.tbi")).doesNotExist();
    rows = lines(path).subList(1, lines(path).size());
    for (int shift : new int[] {100, far}) {
      for (Region r : regions()) {
        int start = shift + r.start % first.length();
        int end = start + Math.min(r.end - r.start, 1_000_000);
        List<String> mine = run("tabix", path.toString(), "c:" + (start + 1) + "-" + end);
        assertThat(mine).as("%d %d", start, end).isEqualTo(overlapping(rows, "c", start, end));
      }
    }
  }

  @Test
  void whatIsNotSortedHasNoIndex() {
    byte[] codes = SEQUENCES.getFirst().codes();
    for (List<String> names : List.of(List.of("c:501-9", "c:101-9"), List.of("a", "b", "a"))) {
      List<NamedSequence> sequences =
          names.stream().map(n -> new NamedSequence(n, "", codes)).toList();
      assertThatThrownBy(() -> written(Places.GENOMIC, sequences))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("cannot be indexed: the sequences are not sorted by place");
      assertThat(folder.toFile().list()).isEmpty();
    }
  }

  @Test
  void noHitsAtAll() throws Exception {
    Path path = written(Places.AS_NAMED, List.of(Toys.sequence("n", "NNNN")));
    assertThat(lines(path)).hasSize(1);
    try (TabixReader reader = new TabixReader(path.toString())) {
      assertThat(reader.getChromosomes()).isEmpty();
    }
  }
}
