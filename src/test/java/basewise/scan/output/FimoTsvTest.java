package basewise.scan.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.genome.BlockSource;
import basewise.genome.FastaReader;
import basewise.motif.format.MotifFile;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.WindowCounts;
import basewise.sequence.NamedSequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * FIMO 5.4.0's own example: {@code fimo --parse-genomic-coord some_vertebrates.meme
 * mm9_tss_500bp_sampled_1000.fna}, 1,494 hits.
 */
class FimoTsvTest {
  private static final Path FOLDER = Path.of("../shared/data/golden/meme_suite/fimo");

  @TempDir Path folder;

  private static List<String> withoutQ(List<String> lines) {
    return lines.stream()
        .filter(l -> l.split("\t", -1).length == 10)
        .map(l -> {
          String[] f = l.split("\t", -1);
          f[8] = "";
          return f[0].equals("motif_id") ? "" : String.join("\t", f);
        })
        .filter(l -> !l.isEmpty())
        .sorted()
        .toList();
  }

  @Test
  void rowsAreFimosButForTheirOrderAndQIsFimosWithoutPi0() throws Exception {
    if (!Files.isDirectory(FOLDER)) {
      Assumptions.abort("skipped: FIMO's example is not here (../shared)");
    }
    List<String> golden = Files.readAllLines(FOLDER.resolve("fimo.tsv"));
    Scanner scanner =
        Scanner.open(
            MotifFile.read(FOLDER.resolve("some_vertebrates.meme").toString()),
            ScanOptions.DEFAULTS);
    List<NamedSequence> sequences =
        FastaReader.readAll(FOLDER.resolve("mm9_tss_500bp_sampled_1000.fna").toString());
    HitHistogram histogram = new HitHistogram(scanner.motifs(), true);
    WindowCounts windows =
        scanner.scan(BlockSource.of(sequences, scanner.overlap()), histogram, 2, n -> {});
    QValues qvalues = histogram.qvalues(windows);
    Path plain = folder.resolve("plain.tsv");
    Path withQ = folder.resolve("q.tsv");
    for (Path path : List.of(plain, withQ)) {
      FimoTsv format = new FimoTsv(scanner.motifs(), path.equals(withQ) ? qvalues : null);
      try (RowOutput out = RowOutput.to(path, format, Places.GENOMIC)) {
        scanner.scan(BlockSource.of(sequences, scanner.overlap()), out, 2, n -> {});
        assertThat(path).doesNotExist();
        out.commit();
      }
    }
    List<String> lines = Files.readAllLines(plain);
    assertThat(lines.getFirst()).isEqualTo(golden.getFirst());
    List<String> expected = withoutQ(golden);
    assertThat(expected).hasSize(1494);
    assertThat(withoutQ(lines)).isEqualTo(expected);
    assertThat(lines.subList(1, lines.size())).allMatch(l -> l.split("\t", -1)[8].isEmpty());
    assertThat(withoutQ(Files.readAllLines(withQ))).isEqualTo(expected);
    onlyPi0Differs(golden, Files.readAllLines(withQ));
  }

  /** FIMO's q is ours times one factor per motif, its estimate of the share of true nulls. */
  private static void onlyPi0Differs(List<String> golden, List<String> ours) {
    Map<String, Double> fimo = new HashMap<>();
    for (String line : golden.subList(1, golden.size() - 4)) {
      String[] f = line.split("\t", -1);
      fimo.put(f[0] + " " + f[7], Double.parseDouble(f[8]));
    }
    Map<String, List<Double>> ratios = new HashMap<>();
    for (String line : ours.subList(1, ours.size())) {
      String[] f = line.split("\t", -1);
      double q = Double.parseDouble(f[8]);
      double theirs = Objects.requireNonNull(fimo.get(f[0] + " " + f[7]));
      assertThat(q).isBetween(0.0, 1.0);
      if (q < 0.99 && theirs < 0.99) {
        ratios.computeIfAbsent(f[0], m -> new ArrayList<>()).add(theirs / q);
      }
    }
    assertThat(ratios).hasSizeGreaterThan(1);
    ratios.forEach((motif, all) -> {
      double pi0 = all.getFirst();
      assertThat(pi0).as(motif).isBetween(0.3, 1.01);
      assertThat(all).as(motif).allSatisfy(r -> assertThat(r).isCloseTo(pi0, within(0.01)));
    });
  }

  @Test
  void threadsDoNotChangeTheBytes() throws Exception {
    List<NamedSequence> sequences = Toys.sequences(7, 40, 9000);
    Scanner scanner = Scanner.open(Toys.motifs(7, 12), Toys.options());
    byte[][] files = new byte[3][];
    for (int i = 0; i < 3; i++) {
      Path path = folder.resolve("threads" + i);
      try (RowOutput out =
          RowOutput.to(path, new FimoTsv(scanner.motifs(), null), Places.AS_NAMED)) {
        scanner.scan(BlockSource.of(sequences, scanner.overlap()), out, i + 1, n -> {});
        out.commit();
      }
      files[i] = Files.readAllBytes(path);
    }
    assertThat(files[0]).hasSizeGreaterThan(10_000);
    assertThat(Arrays.equals(files[0], files[1])).isTrue();
    assertThat(Arrays.equals(files[0], files[2])).isTrue();
  }
}
