package basewise.scan.output;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.io.Rows;
import basewise.scan.Scanner;
import basewise.sequence.NamedSequence;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BestHitsTest {
  /** Some longer than a block, some of a few bases. */
  private static final List<NamedSequence> SEQUENCES = sequences();

  @TempDir Path folder;

  private static List<NamedSequence> sequences() {
    List<NamedSequence> all = new ArrayList<>(Toys.sequences(3, 40, 60));
    all.addAll(Toys.sequences(4, 3, 300_000));
    all.addAll(Toys.sequences(5, 40, 3000));
    return all;
  }

  /** The highest sum, then the first place, then the forward strand. */
  private static List<Toys.Found> best(Scanner scanner) {
    TreeMap<Integer, TreeMap<Integer, Toys.Found>> best = new TreeMap<>();
    for (Toys.Found h : Toys.found(scanner, SEQUENCES)) {
      best.computeIfAbsent(h.sequence(), s -> new TreeMap<>())
          .merge(h.motif(), h, (a, b) -> b.sum() > a.sum() ? b : a);
    }
    List<Toys.Found> all = new ArrayList<>();
    best.values()
        .forEach(m ->
            m.values().stream()
                .sorted(
                    Comparator.comparingInt(Toys.Found::start).thenComparingInt(Toys.Found::motif))
                .forEach(all::add));
    return all;
  }

  @Test
  void theBestOfEachSequenceWhereverBlocksEnd() {
    Scanner scanner = Scanner.open(Toys.motifs(5, 8), Toys.options());
    List<Toys.Found> expected = best(scanner);
    assertThat(expected).hasSizeGreaterThan(200);
    for (int threads = 1; threads <= 3; threads++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      RowOutput rows = RowOutput.to(bytes, new Bed(scanner.motifs(), null), Places.AS_NAMED);
      try (BestHits<Rows> out = new BestHits<>(rows, 8)) {
        Toys.scan(scanner, SEQUENCES, out, threads);
        out.commit();
      }
      List<String> found =
          bytes.toString(StandardCharsets.UTF_8).lines().skip(1).map(BestHitsTest::short4).toList();
      assertThat(found)
          .isEqualTo(
              expected.stream()
                  .map(h ->
                      SEQUENCES.get(h.sequence()).id()
                          + " "
                          + h.start()
                          + " M"
                          + h.motif()
                          + " "
                          + h.strand().symbol())
                  .toList());
    }
  }

  private static String short4(String row) {
    String[] f = row.split("\t");
    return f[0] + " " + f[1] + " " + f[3] + " " + f[5];
  }

  @Test
  void regionCountsInBothForms() throws Exception {
    Scanner scanner = Scanner.open(Toys.motifs(5, 8), Toys.options());
    int[][] counts = new int[SEQUENCES.size()][8];
    Toys.found(scanner, SEQUENCES).forEach(h -> counts[h.sequence()][h.motif()]++);
    Path table = folder.resolve("counts.tsv");
    Path matrix = folder.resolve("counts.mtx");
    try (RegionCounts out = RegionCounts.table(table, scanner.motifs(), false)) {
      Toys.scan(scanner, SEQUENCES, out, 2);
      out.commit();
    }
    try (RegionCounts out = RegionCounts.matrixMarket(matrix, scanner.motifs(), true)) {
      Toys.scan(scanner, SEQUENCES, out, 2);
      out.commit();
    }
    StringBuilder dense = new StringBuilder("sequence_name\tM0\tM1\tM2\tM3\tM4\tM5\tM6\tM7\n");
    List<String> sparse = new ArrayList<>();
    StringBuilder names = new StringBuilder();
    for (int s = 0; s < counts.length; s++) {
      NamedSequence sequence = SEQUENCES.get(s);
      dense.append(sequence.id());
      names.append(sequence.id()).append(":0-").append(sequence.length()).append('\n');
      for (int m = 0; m < 8; m++) {
        dense.append('\t').append(counts[s][m]);
        if (counts[s][m] > 0) {
          sparse.add((s + 1) + " " + (m + 1) + " " + counts[s][m]);
        }
      }
      dense.append('\n');
    }
    assertThat(Files.readString(table)).isEqualTo(dense.toString());
    List<String> lines = Files.readAllLines(matrix);
    assertThat(lines.get(0)).isEqualTo("%%MatrixMarket matrix coordinate integer general");
    assertThat(lines.get(1)).isEqualTo(counts.length + " 8 " + sparse.size());
    assertThat(lines.subList(2, lines.size())).isEqualTo(sparse);
    assertThat(Files.readString(folder.resolve("counts.regions.tsv"))).isEqualTo(names.toString());
    assertThat(Files.readAllLines(folder.resolve("counts.motifs.tsv")))
        .hasSize(8)
        .startsWith("M0\t", "M1\tname1");
    assertThat(folder.toFile().list()).hasSize(4);
  }
}
