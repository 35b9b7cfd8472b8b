package basewise.bench;

import basewise.genome.BlockSource;
import basewise.genome.SequenceBlock;
import basewise.io.GFormat;
import basewise.motif.format.MotifFile;
import basewise.scan.HitBlock;
import basewise.scan.HitSink;
import basewise.scan.ScanMotif;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.output.Bed;
import basewise.scan.output.BgzfOutput;
import basewise.scan.output.FimoTsv;
import basewise.scan.output.Gff3;
import basewise.scan.output.HitCounts;
import basewise.scan.output.HitHistogram;
import basewise.scan.output.HitOutput;
import basewise.scan.output.Places;
import basewise.scan.output.RowFormat;
import basewise.scan.output.RowOutput;
import basewise.sequence.Dna;
import basewise.sequence.NamedSequence;
import basewise.sequence.Strand;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Rows a second of each writer alone, on 1 and 2 threads: made-up hits of JASPAR's motifs, 0.16 a
 * base, their sums drawn as background windows above the threshold have them. First pass = texts of
 * sums are made; later passes find them. A slice is checked against {@link String#format} first.
 * Argument: a motif file (motifs/JASPAR2026_CORE.meme.gz).
 */
public final class WriterBench {
  private static final int BASES = 6_000_000;
  private static final double HITS_PER_BASE = 0.16;
  private static final int PASSES = 8;
  private static final int MOTIFS = Integer.getInteger("motifs", 1019);

  private WriterBench() {}

  /** Checks, then times. */
  public static void main(String[] args) throws Exception {
    Scanner scanner =
        Scanner.open(
            MotifFile.read(args.length > 0 ? args[0] : "motifs/JASPAR2026_CORE.meme.gz").stream()
                .limit(MOTIFS)
                .toList(),
            ScanOptions.DEFAULTS);
    List<HitBlock> blocks = blocks(scanner);
    long rows = blocks.stream().mapToLong(HitBlock::size).sum();
    System.out.printf(Locale.ROOT, "%d motifs, %d rows%n", scanner.motifs().size(), rows);
    check(scanner, blocks.getFirst());
    Path folder = Files.createTempDirectory("writers");
    List<ScanMotif> motifs = scanner.motifs();
    Path file = folder.resolve("hits");
    Path gz = folder.resolve("hits.bed.gz");
    for (int threads = 1; threads <= 2; threads++) {
      time("counts", blocks, threads, () -> new Plain<>(new HitCounts(motifs, true)));
      time("histogram", blocks, threads, () -> new Plain<>(new HitHistogram(motifs, true)));
      rows("bed", new Bed(motifs, null), file, blocks, threads);
      rows("fimo tsv", new FimoTsv(motifs, null), file, blocks, threads);
      rows("gff3", new Gff3(motifs, null), file, blocks, threads);
      RowFormat bed = new Bed(motifs, null);
      time("bed.gz", blocks, threads, () -> BgzfOutput.to(gz, bed, Places.AS_NAMED));
      System.out.printf(
          Locale.ROOT, "bed.gz is %.1f bytes a row%n", Files.size(gz) / (double) rows);
    }
  }

  private static void rows(
      String name, RowFormat format, Path file, List<HitBlock> blocks, int threads) {
    time(
        name + " to nowhere",
        blocks,
        threads,
        () -> RowOutput.to(OutputStream.nullOutputStream(), format, Places.AS_NAMED));
    time(name + " to a file", blocks, threads, () -> RowOutput.to(file, format, Places.AS_NAMED));
  }

  private static <T> void time(
      String name, List<HitBlock> blocks, int threads, Supplier<HitOutput<T>> sink) {
    long rows = blocks.stream().mapToLong(HitBlock::size).sum();
    double first = 0;
    double best = 0;
    double perCpu = 0;
    for (int i = 0; i < PASSES; i++) {
      long start = System.nanoTime();
      Duration cpu = cpu();
      try (HitOutput<T> out = sink.get()) {
        pass(blocks, out, threads);
        out.commit();
      }
      double rate = rows / ((System.nanoTime() - start) / 1e9);
      first = i == 0 ? rate : first;
      best = Math.max(best, rate);
      perCpu = Math.max(perCpu, rows / (cpu().minus(cpu).toNanos() / 1e9));
    }
    System.out.printf(
        Locale.ROOT,
        "%-20s\t%d threads\t%.1f million rows/s, %.1f a second of CPU (first pass %.1f)%n",
        name,
        threads,
        best / 1e6,
        perCpu / 1e6,
        first / 1e6);
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  /** As the scanner does it: prepared side by side, written in turn. */
  private static <T> void pass(List<HitBlock> blocks, HitSink<T> sink, int threads) {
    AtomicInteger next = new AtomicInteger();
    Object lock = new Object();
    int[] turn = new int[1];
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < blocks.size(); i = next.getAndIncrement()) {
            T ready = sink.prepare(blocks.get(i));
            synchronized (lock) {
              while (turn[0] != i) {
                try {
                  lock.wait();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
              sink.write(ready);
              turn[0]++;
              lock.notifyAll();
            }
          }
        };
    List<Thread> others = new ArrayList<>();
    for (int t = 1; t < threads; t++) {
      others.add(Thread.ofPlatform().start(work));
    }
    work.run();
    for (Thread t : others) {
      try {
        t.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<HitBlock> blocks(Scanner scanner) {
    SplittableRandom random = new SplittableRandom(1);
    byte[] codes = new byte[BASES];
    for (int i = 0; i < BASES; i++) {
      codes[i] = (byte) random.nextInt(4);
    }
    List<HitBlock> blocks = new ArrayList<>();
    try (BlockSource source =
        BlockSource.of(List.of(new NamedSequence("chr2L", "", codes)), scanner.overlap())) {
      while (true) {
        SequenceBlock block = new SequenceBlock(Scanner.BLOCK);
        if (!source.next(block)) {
          return blocks;
        }
        HitBlock hits = new HitBlock(block);
        for (int at = 0; at < block.startLimit(); at++) {
          if (random.nextDouble() < HITS_PER_BASE) {
            int oriented = random.nextInt(2 * scanner.motifs().size());
            ScanMotif motif = scanner.motifs().get(oriented / 2);
            Strand strand = Strand.values()[oriented & 1];
            if (motif.cutoff(strand) <= motif.matrix(strand).maximum()
                && at + motif.width() < block.end(0)) {
              var d = motif.distribution(strand);
              double p = d.pvalue(motif.cutoff(strand)) * random.nextDouble();
              int sum = Math.max(motif.cutoff(strand), d.cutoff(p) - 1);
              while (sum < d.maximum() && d.pvalue(sum) == d.pvalue(sum + 1)) {
                sum++;
              }
              hits.add(at, oriented, sum);
            }
          }
        }
        hits.sort();
        blocks.add(hits);
      }
    }
  }

  private static void check(Scanner scanner, HitBlock hits) {
    for (boolean bed : new boolean[] {true, false}) {
      StringBuilder slow = new StringBuilder();
      RowFormat format =
          bed ? new Bed(scanner.motifs(), null) : new FimoTsv(scanner.motifs(), null);
      slow.append(new String(format.header(), StandardCharsets.UTF_8));
      for (int i = 0; i < hits.size(); i++) {
        slow.append(row(scanner, hits, i, bed));
      }
      ByteArrayOutputStream fast = new ByteArrayOutputStream();
      try (RowOutput out = RowOutput.to(fast, format, Places.AS_NAMED)) {
        out.write(out.prepare(hits));
      }
      if (!fast.toString(StandardCharsets.UTF_8).contentEquals(slow)) {
        throw new AssertionError("rows differ from the plain formatter's");
      }
    }
  }

  private static String row(Scanner scanner, HitBlock hits, int i, boolean bed) {
    ScanMotif motif = scanner.motifs().get(hits.motif(i));
    Strand strand = hits.strand(i);
    int start = hits.start(i);
    int end = start + motif.width();
    double p = motif.distribution(strand).pvalue(hits.sum(i));
    String bits =
        GFormat.g(Double.parseDouble(GFormat.g(motif.matrix(strand).bits(hits.sum(i)), 10)));
    String id = motif.motif().id();
    String name = motif.motif().name();
    if (bed) {
      return String.format(
          Locale.ROOT,
          "chr2L\t%d\t%d\t%s\t%.2f\t%c\t%s\t%s\t%s\n",
          start,
          end,
          id,
          -10 * StrictMath.log10(p),
          strand.symbol(),
          name.isEmpty() ? "." : name,
          bits,
          GFormat.g(p, 3));
    }
    byte[] site = java.util.Arrays.copyOfRange(hits.block().codes(), start, end);
    return String.format(
        Locale.ROOT,
        "%s\t%s\tchr2L\t%d\t%d\t%c\t%s\t%s\t\t%s\n",
        id,
        name,
        start + 1,
        end,
        strand.symbol(),
        bits,
        GFormat.g(p, 3),
        Dna.decode(strand == Strand.FORWARD ? site : Dna.reverseComplement(site)));
  }

  /** A sink that ends in nothing. */
  private record Plain<T>(HitSink<T> sink) implements HitOutput<T> {
    @Override
    public T prepare(HitBlock hits) {
      return sink.prepare(hits);
    }

    @Override
    public void write(T prepared) {
      sink.write(prepared);
    }

    @Override
    public void commit() {}

    @Override
    public void close() {}
  }
}
