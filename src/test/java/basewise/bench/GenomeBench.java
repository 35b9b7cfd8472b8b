package basewise.bench;

import basewise.genome.BlockSource;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.WindowCounts;
import basewise.scan.output.HitCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A genome of hg38's size, made while it is read ({@link MarkovGenome}): the vertebrate motifs of
 * JASPAR counted on both strands, for genomes of growing size, so that the cost of a base can be
 * compared; then for fewer motifs, so that the cost of a motif can.
 *
 * <p>Run from the repository root after {@code mvn -q test-compile}: {@code java ...
 * basewise.bench.GenomeBench THREADS [SCALE ...]}; a scale of 1 is the whole genome.
 */
public final class GenomeBench {
  private static final int SOME = 100;

  private GenomeBench() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException {
    int threads = Integer.parseInt(args[0]);
    List<Motif> motifs = MotifLibrary.installed().resolve("jaspar", "vertebrates");
    Scanner all = Scanner.open(motifs, ScanOptions.DEFAULTS);
    count(all, 0.02, threads); // warms up
    for (String scale : args.length > 1 ? List.of(args).subList(1, args.length) : List.of("1")) {
      count(all, Double.parseDouble(scale), threads);
    }
    count(Scanner.open(motifs.subList(0, SOME), ScanOptions.DEFAULTS), 0.02, threads);
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      Files.readAllLines(status).stream()
          .filter(l -> l.startsWith("VmHWM"))
          .forEach(System.out::println);
    }
  }

  private static void count(Scanner scanner, double scale, int threads) throws IOException {
    HitCounts counts = new HitCounts(scanner.motifs(), true);
    try (BlockSource genome = new MarkovGenome(1, scale, scanner.overlap())) {
      long start = System.nanoTime();
      WindowCounts windows = scanner.scan(genome, counts, threads, n -> {});
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%d motifs x %,d bases on %d thread(s): %.2f s, %.2f ns a base, %.3f ns a base and motif,"
              + " %.1f G strand-motif-positions/s, %,d hits%n",
          scanner.motifs().size(),
          windows.bases(),
          threads,
          seconds,
          1e9 * seconds / windows.bases(),
          1e9 * seconds / windows.bases() / scanner.motifs().size(),
          2.0 * scanner.motifs().size() * windows.bases() / seconds / 1e9,
          counts.hits());
    }
  }
}
