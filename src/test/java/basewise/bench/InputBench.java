package basewise.bench;

import basewise.genome.BlockOptions;
import basewise.genome.BlockSource;
import basewise.genome.Composition;
import basewise.genome.Contig;
import basewise.genome.Genome;
import basewise.genome.SequenceBlock;
import basewise.genome.TwoBitBytes;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import com.sun.management.OperatingSystemMXBean;
import htsjdk.samtools.util.BlockCompressedOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * How fast each way into the scanner is: a made genome is written as FASTA (whole, and cut into
 * regions of 500 bases), gzip, bgzip and 2bit; each is first checked to have the bases of the
 * others, then read by one thread and by two, best of three.
 *
 * <p>Run from the repository root after {@code mvn -q test-compile}: {@code java -cp
 * target/classes:target/test-classes:<htsjdk> basewise.bench.InputBench FOLDER [SCALE]}.
 */
public final class InputBench {
  private static final int OVERLAP = 30;
  private static final int LINE = 60;
  private static final int REGION = 500;

  /** Processor time tells how fast a way is on a machine that others use too. */
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private InputBench() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    double scale = args.length > 1 ? Double.parseDouble(args[1]) : 0.05;
    Map<String, byte[]> genome = letters(scale);
    Path fasta = folder.resolve("genome.fa");
    Path shortOnes = folder.resolve("regions.fa");
    Path gzip = folder.resolve("genome.fa.gz");
    Path bgzip = folder.resolve("genome.bgz");
    Path twoBit = folder.resolve("genome.2bit");
    write(Files.newOutputStream(fasta), genome, Integer.MAX_VALUE);
    write(Files.newOutputStream(shortOnes), genome, REGION);
    write(new GZIPOutputStream(Files.newOutputStream(gzip), 1 << 16), genome, Integer.MAX_VALUE);
    write(new BlockCompressedOutputStream(bgzip.toFile()), genome, Integer.MAX_VALUE);
    Files.write(twoBit, TwoBitBytes.of(genome, ByteOrder.LITTLE_ENDIAN, 0));

    long bases = genome.values().stream().mapToLong(b -> b.length).sum();
    System.out.printf(
        Locale.ROOT,
        "%,d bases, Java %s, %d processors%n",
        bases,
        Runtime.version(),
        Runtime.getRuntime().availableProcessors());
    BlockOptions options = BlockOptions.overlap(OVERLAP);
    Map<String, Supplier<BlockSource>> ways = new LinkedHashMap<>();
    ways.put("made", () -> new MarkovGenome(1, scale, OVERLAP));
    ways.put("FASTA", () -> BlockSource.open(fasta.toString(), options));
    ways.put("FASTA, mask", () -> BlockSource.open(fasta.toString(), options.withSkipMasked(true)));
    ways.put("regions of 500", () -> BlockSource.open(shortOnes.toString(), options));
    ways.put("gzip", () -> BlockSource.open(gzip.toString(), options));
    ways.put("bgzip", () -> BlockSource.open(bgzip.toString(), options));
    ways.put("2bit", () -> BlockSource.open(twoBit.toString(), options));
    try (Genome indexed = Genome.open(fasta.toString());
        Genome packed = Genome.open(twoBit.toString())) {
      List<Interval> regions = regions(packed.contigs());
      ways.put("BED on FASTA", () -> BlockSource.regions(indexed, regions, options));
      ways.put("BED on 2bit", () -> BlockSource.regions(packed, regions, options));
      Composition expected = null;
      for (Map.Entry<String, Supplier<BlockSource>> way : ways.entrySet()) {
        Composition found;
        try (BlockSource source = way.getValue().get()) {
          found = Composition.of(source, 2);
        }
        if (expected != null && !found.equals(expected)) {
          throw new IllegalStateException(way.getKey() + ": " + found + ", not " + expected);
        }
        expected = found;
        double[] alone = best(() -> read(way.getValue(), 1));
        double[] both = best(() -> read(way.getValue(), 2));
        double[] counting = best(() -> count(way.getValue()));
        System.out.printf(
            Locale.ROOT,
            "%-15s Mb/s: 1 thread %5.0f, 2 threads %5.0f, 2 counting %5.0f;"
                + " per second of processor: %5.0f, %5.0f, %5.0f%n",
            way.getKey(),
            bases / alone[0] / 1e6,
            bases / both[0] / 1e6,
            bases / counting[0] / 1e6,
            bases / alone[1] / 1e6,
            bases / both[1] / 1e6,
            bases / counting[1] / 1e6);
      }
    }
  }

  /** The least wall time and the least processor time of all threads, of three runs, in seconds. */
  private static double[] best(Runnable work) {
    double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      long used = PROCESS.getProcessCpuTime();
      work.run();
      best[0] = Math.min(best[0], (System.nanoTime() - start) / 1e9);
      best[1] = Math.min(best[1], (PROCESS.getProcessCpuTime() - used) / 1e9);
    }
    return best;
  }

  private static void count(Supplier<BlockSource> way) {
    try (BlockSource source = way.get()) {
      Composition.of(source, 2);
    }
  }

  private static void read(Supplier<BlockSource> way, int threads) {
    try (BlockSource source = way.get()) {
      List<Thread> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(
            Thread.ofPlatform()
                .start(() -> {
                  SequenceBlock block = new SequenceBlock(1 << 16);
                  while (source.next(block)) {
                    // Reading is all there is to do.
                  }
                }));
      }
      for (Thread t : all) {
        t.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Interval> regions(List<Contig> contigs) {
    List<Interval> regions = new ArrayList<>();
    for (Contig c : contigs) {
      for (int i = 0; i < c.length(); i += REGION) {
        regions.add(new Interval(c.name(), i, Math.min(c.length(), i + REGION)));
      }
    }
    return regions;
  }

  private static Map<String, byte[]> letters(double scale) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    SequenceBlock block = new SequenceBlock(1 << 16);
    try (MarkovGenome made = new MarkovGenome(1, scale, OVERLAP)) {
      made.contigs().orElseThrow().forEach(c -> all.put(c.name(), new byte[c.length()]));
      while (made.next(block)) {
        for (int p = 0; p < block.pieces(); p++) {
          byte[] to = Objects.requireNonNull(all.get(block.name(p)));
          for (int i = block.offset(p); i < block.end(p); i++) {
            to[(int) block.start(p) + i - block.offset(p)] = (byte) Dna.letter(block.codes()[i]);
          }
        }
      }
    }
    return all;
  }

  private static void write(OutputStream raw, Map<String, byte[]> genome, int most)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(raw, 1 << 16)) {
      for (Map.Entry<String, byte[]> c : genome.entrySet()) {
        byte[] bases = c.getValue();
        for (int from = 0; from < bases.length; from += Math.min(most, bases.length)) {
          int end = (int) Math.min(bases.length, (long) from + most);
          String name = most < bases.length ? ":" + from + "-" + end : "";
          out.write((">" + c.getKey() + name + "\n").getBytes(StandardCharsets.US_ASCII));
          for (int i = from; i < end; i += LINE) {
            out.write(bases, i, Math.min(LINE, end - i));
            out.write('\n');
          }
        }
      }
    }
  }
}
