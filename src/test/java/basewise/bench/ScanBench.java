package basewise.bench;

import basewise.genome.BlockSource;
import basewise.genome.FastaReader;
import basewise.genome.SequenceBlock;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.motif.format.MotifFile;
import basewise.motif.format.MotifFormat;
import basewise.scan.PreparedSequences;
import basewise.scan.ScanMotif;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.kernel.BlockCodes;
import basewise.scan.kernel.HitKernel;
import basewise.scan.kernel.HitKernels;
import basewise.scan.kernel.OrientedMatrix;
import basewise.scan.kernel.ScalarHitKernel;
import basewise.scan.output.HitCounts;
import basewise.sequence.Dna;
import basewise.sequence.NamedSequence;
import basewise.sequence.Strand;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How fast sites are found: one motif of 15 columns, and the vertebrate motifs of JASPAR, at p &lt;
 * 1e-4 on both strands, hits counted. The hits of a slice are first checked, one by one, against
 * the plain loop.
 *
 * <p>Run from the repository root after {@code mvn -q test-compile}: {@code java --add-modules
 * jdk.incubator.vector -cp target/classes:target/test-classes:<gson> basewise.bench.ScanBench FASTA
 * [RUNS [PYTHON]]} with a JDK 25; with a Python that {@code src/test/scripts/scan-peers.sh} made,
 * peers are timed in the same run and ratios printed.
 */
public final class ScanBench {
  private static final int SLICE = 100_000;
  private static final long FEW_BASES = 8_000_000;

  /** Runs of the small work for each of the large one: Java compiles as it goes. */
  private static final int WARM = 200;

  /** Its processor time tells how much of a run's time a busy machine took away. */
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Of the work with all motifs, peers get this many strand-motif-positions. */
  private static final double PEER_WORK = 4e9;

  private ScanBench() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException {
    List<Motif> motifs = MotifLibrary.installed().resolve("jaspar", "vertebrates");
    List<NamedSequence> all = FastaReader.readAll(args[0]);
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    List<NamedSequence> few = List.of(joined(first(all, FEW_BASES)));
    System.out.printf(
        Locale.ROOT,
        "Java %s, %d processors; %d bases, the first %d of them few%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        bases(all),
        bases(few));

    open(motifs);
    Scanner many = open(motifs);
    check(many, first(all, SLICE));
    Scanner one = open(motifs.stream().filter(m -> m.width() == 15).limit(1).toList());
    check(one, few);
    System.out.println("every hit of a slice is the plain loop's");

    double oneRate = scan("one motif, few bases", one, few, 1, WARM * runs);
    double preparedRate = prepared(one, few, WARM * runs);
    double manyRate = scan("all motifs", many, all, 1, runs);
    scan("all motifs", many, all, 2, runs);
    if (args.length > 2) {
      System.out.println("as files and memory bring them, encoded while they are scanned:");
      peers(args[2], one, few, oneRate, 0, runs);
      System.out.println("encoded beforehand, as lightmotif, MOODS and memelite have them:");
      peers(args[2], one, few, preparedRate, 0, runs);
      peers(args[2], many, all, manyRate, PEER_WORK, 1);
    }
    for (int k = 8; k <= 11; k++) {
      kernel(HitKernels.plan(matrices(many), k), many, few, runs);
    }
  }

  private static Scanner open(List<Motif> motifs) {
    long start = System.nanoTime();
    Scanner scanner = Scanner.open(motifs, ScanOptions.DEFAULTS);
    System.out.printf(
        Locale.ROOT,
        "%d motifs ready in %.3f s: %s%n",
        motifs.size(),
        (System.nanoTime() - start) / 1e9,
        scanner.describe());
    return scanner;
  }

  /** Peers on the same motifs and bases, and how many times their rate is ours. */
  private static void peers(
      String python,
      Scanner scanner,
      List<NamedSequence> sequences,
      double ours,
      double work,
      int repeats)
      throws IOException {
    Path folder = Files.createTempDirectory("scan-bench");
    Path meme = folder.resolve("motifs.meme");
    Path fasta = folder.resolve("bases.fa");
    List<Motif> motifs = scanner.motifs().stream().map(ScanMotif::motif).toList();
    MotifFile.write(meme, motifs, MotifFormat.MEME);
    try (BufferedWriter out = Files.newBufferedWriter(fasta)) {
      for (NamedSequence s : sequences) {
        out.write(">" + s.id() + "\n" + Dna.decode(s.codes()) + "\n");
      }
    }
    for (ScanPeers.Row row : ScanPeers.time(python, meme, fasta, 1e-4, work, repeats)) {
      System.out.printf(
          Locale.ROOT,
          "%s, %d motif(s) x %d bases: %.3f G; ours is %.1f times that%n",
          row.peer(),
          row.motifs(),
          row.bases(),
          row.rate() / 1e9,
          ours / row.rate());
    }
    Files.delete(meme);
    Files.delete(fasta);
    Files.delete(folder);
  }

  /** One sequence of many, end to end. */
  private static NamedSequence joined(List<NamedSequence> sequences) {
    byte[] codes = new byte[(int) bases(sequences)];
    int at = 0;
    for (NamedSequence s : sequences) {
      System.arraycopy(s.codes(), 0, codes, at, s.length());
      at += s.length();
    }
    return new NamedSequence("joined", "", codes);
  }

  /** Sequences encoded beforehand, as peers have them; the rate of the best run, on one thread. */
  private static double prepared(Scanner scanner, List<NamedSequence> sequences, int runs) {
    PreparedSequences prepared = PreparedSequences.of(sequences, scanner.overlap() + 1);
    double best = Double.POSITIVE_INFINITY;
    long hits = 0;
    for (int run = 0; run < runs; run++) {
      HitCounts counts = new HitCounts(scanner.motifs(), true);
      long start = System.nanoTime();
      scanner.scan(prepared, counts, 1);
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
      hits = counts.hits();
    }
    double rate = 2.0 * scanner.motifs().size() * bases(sequences) / best;
    System.out.printf(
        Locale.ROOT,
        "one motif, few bases encoded beforehand, 1 thread: best of %d %.5f s, %.2f G, %d hits%n",
        runs,
        best,
        rate / 1e9,
        hits);
    return rate;
  }

  /** The whole way: blocks, threads, hits counted; the rate of the best run. */
  private static double scan(
      String name, Scanner scanner, List<NamedSequence> sequences, int threads, int runs) {
    double best = Double.POSITIVE_INFINITY;
    double work = Double.POSITIVE_INFINITY;
    long hits = 0;
    for (int run = 0; run < runs; run++) {
      HitCounts counts = new HitCounts(scanner.motifs(), true);
      long before = PROCESS.getProcessCpuTime();
      long start = System.nanoTime();
      scanner.scan(BlockSource.of(sequences, scanner.overlap()), counts, threads, n -> {});
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
      work = Math.min(work, (PROCESS.getProcessCpuTime() - before) / 1e9);
      hits = counts.hits();
    }
    double rate = 2.0 * scanner.motifs().size() * bases(sequences) / best / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s, %d thread(s): best of %d %.4f s (%.3f s of processor time), %.2f G"
            + " strand-motif-positions/s, %d hits%n",
        name,
        threads,
        runs,
        best,
        work,
        rate,
        hits);
    return rate * 1e9;
  }

  /** The kernel alone, on one thread: a block at a time, for the median and the best tenth. */
  private static void kernel(
      HitKernel kernel, Scanner scanner, List<NamedSequence> sequences, int runs) {
    double median = Double.POSITIVE_INFINITY;
    double tenth = Double.POSITIVE_INFINITY;
    for (int run = 0; run < runs; run++) {
      List<Double> blocks = new ArrayList<>();
      BlockSource source = BlockSource.of(sequences, scanner.overlap());
      SequenceBlock block = new SequenceBlock(Scanner.BLOCK);
      long[] hits = {0};
      while (source.next(block)) {
        long start = System.nanoTime();
        kernel.scan(codes(block), (s, oriented, sum) -> hits[0]++);
        blocks.add((System.nanoTime() - start) / (double) block.fresh());
      }
      blocks.sort(Double::compare);
      median = Math.min(median, blocks.get(blocks.size() / 2));
      tenth = Math.min(tenth, blocks.get(blocks.size() / 10));
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %.2f ns a base (median of blocks; best tenth %.2f), %.2f G strand-motif-positions/s%n",
        kernel.describe(),
        median,
        tenth,
        2.0 * scanner.motifs().size() / median);
  }

  private static void check(Scanner scanner, List<NamedSequence> sequences) {
    List<OrientedMatrix> matrices = matrices(scanner);
    HitKernel fast = HitKernels.plan(matrices);
    HitKernel plain = new ScalarHitKernel(matrices);
    BlockSource source = BlockSource.of(sequences, scanner.overlap());
    SequenceBlock block = new SequenceBlock(Scanner.BLOCK);
    while (source.next(block)) {
      if (!Arrays.equals(hits(fast, block), hits(plain, block))) {
        throw new AssertionError("hits differ from the plain loop's");
      }
    }
  }

  private static BlockCodes codes(SequenceBlock block) {
    return BlockCodes.of(block.codes(), block.length(), block.startLimit());
  }

  private static long[] hits(HitKernel kernel, SequenceBlock block) {
    List<Long> hits = new ArrayList<>();
    kernel.scan(
        codes(block),
        (start, oriented, sum) -> hits.add((long) start << 42 | (long) oriented << 21 | sum));
    return hits.stream().mapToLong(h -> h).sorted().toArray();
  }

  private static List<OrientedMatrix> matrices(Scanner scanner) {
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int m = 0; m < scanner.motifs().size(); m++) {
      ScanMotif motif = scanner.motifs().get(m);
      for (Strand s : Strand.values()) {
        matrices.add(
            new OrientedMatrix(2 * m + s.ordinal(), motif.matrix(s).toArray(), motif.cutoff(s)));
      }
    }
    return matrices;
  }

  private static List<NamedSequence> first(List<NamedSequence> all, long bases) {
    List<NamedSequence> some = new ArrayList<>();
    long sum = 0;
    for (NamedSequence s : all) {
      if (sum >= bases) {
        break;
      }
      int n = (int) Math.min(s.length(), bases - sum);
      some.add(new NamedSequence(s.id(), s.description(), Arrays.copyOf(s.codes(), n)));
      sum += n;
    }
    return some;
  }

  private static long bases(List<NamedSequence> sequences) {
    return sequences.stream().mapToLong(NamedSequence::length).sum();
  }
}
