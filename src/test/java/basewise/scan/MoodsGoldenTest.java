package basewise.scan;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.genome.BlockOptions;
import basewise.genome.BlockSource;
import basewise.motif.MotifLibrary;
import basewise.sequence.Strand;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * MOODS-python 1.9.4.1 on E. coli with all vertebrate motifs of JASPAR 2026 at p &lt; 1e-4, given
 * FIMO's whole-number matrices: every one of its hits and no other, with the same sums. The file
 * says how it was made.
 */
class MoodsGoldenTest {
  private static final Path ECOLI =
      Path.of("../shared/data/genomes/ecoli_K12_MG1655_GCF_000005845.2.fna.gz");

  /** Hits of a motif on a strand, and the checksum of their starts and sums. */
  private static final class Found {
    final CRC32 crc = new CRC32();
    long hits;

    void add(long start, int sum) {
      crc.update((start + " " + sum + "\n").getBytes(StandardCharsets.US_ASCII));
      hits++;
    }

    String text() {
      return hits + "\t%08x".formatted(crc.getValue());
    }
  }

  @Test
  void theHitsAreThoseOfMoods() throws Exception {
    if (!Files.exists(ECOLI)) {
      Assumptions.abort("skipped: E. coli is not here (../shared)");
    }
    Map<String, String> expected = new TreeMap<>();
    try (InputStream in = MoodsGoldenTest.class.getResourceAsStream("ecoli_moods.tsv");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.US_ASCII))) {
      for (String line : lines.lines().filter(l -> !l.startsWith("#")).toList()) {
        String[] f = line.split("\t");
        expected.put(f[0] + f[1], f[2] + "\t" + f[3]);
      }
    }
    Scanner scanner =
        Scanner.open(
            MotifLibrary.installed().resolve("jaspar", "vertebrates"), ScanOptions.DEFAULTS);
    Map<String, Found> found = new TreeMap<>();
    try (BlockSource genome =
        BlockSource.open(ECOLI.toString(), BlockOptions.overlap(scanner.overlap()))) {
      scanner.scan(genome, new Sums(scanner, found), 2, n -> {});
    }
    Map<String, String> ours = new TreeMap<>();
    found.forEach((key, f) -> ours.put(key, f.text()));
    assertThat(ours).isEqualTo(expected).hasSizeGreaterThan(1700);
  }

  /** Adds the hits of blocks up, in order. */
  private record Sums(Scanner scanner, Map<String, Found> to) implements HitSink<List<long[]>> {
    @Override
    public List<long[]> prepare(HitBlock hits) {
      List<long[]> mine = new java.util.ArrayList<>();
      for (int i = 0; i < hits.size(); i++) {
        long start = hits.block().start(0) + hits.start(i) - hits.block().offset(0);
        mine.add(new long[] {start, hits.oriented(i), hits.sum(i)});
      }
      return mine;
    }

    @Override
    public void write(List<long[]> prepared) {
      for (long[] h : prepared) {
        String id = scanner.motifs().get((int) h[1] / 2).motif().id();
        char strand = Strand.values()[(int) h[1] & 1].symbol();
        to.computeIfAbsent(id + strand, k -> new Found()).add(h[0], (int) h[2]);
      }
    }
  }
}
