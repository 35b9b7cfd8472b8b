package basewise.bench;

import basewise.genome.BlockOptions;
import basewise.genome.BlockSource;
import basewise.motif.Motif;
import basewise.motif.MotifLibrary;
import basewise.scan.HitBlock;
import basewise.scan.HitSink;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.WindowCounts;
import basewise.scan.device.HitBatch;
import basewise.scan.device.HitDevice;
import basewise.scan.device.HitLane;
import basewise.scan.device.HostBuffer;
import basewise.scan.device.KeptBatch;
import basewise.scan.device.LaneLog;
import basewise.scan.device.PlainBuffer;
import basewise.scan.device.SumTally;
import basewise.scan.output.HitCounts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the host can do at most in a scan by a device, before there is one: bases a second that are
 * read, put into batches and taken back from a device that takes no time and finds nothing.
 *
 * <p>Run from the repository root after {@code mvn -q test-compile}: {@code java ...
 * basewise.bench.HostPathBench GENOME THREADS [ROUNDS]}.
 */
public final class HostPathBench {
  private static final int ROUNDS = 5;

  private HostPathBench() {}

  /** Prints rates. */
  public static void main(String[] args) {
    List<Motif> motifs = MotifLibrary.installed().resolve("jaspar:vertebrates");
    int threads = Integer.parseInt(args[1]);
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : ROUNDS;
    HitDevice nothing = new Nothing();
    try (Scanner scanner = Scanner.open(motifs, ScanOptions.DEFAULTS, m -> List.of(nothing))) {
      for (int round = 0; round < rounds; round++) {
        HitCounts counts = new HitCounts(scanner.motifs(), true);
        time("counts", scanner, args[0], counts, threads);
        time("hits", scanner, args[0], new None(), threads);
      }
    }
  }

  private static void time(
      String what, Scanner scanner, String genome, HitSink<?> sink, int threads) {
    long begun = System.nanoTime();
    WindowCounts windows;
    try (BlockSource source =
        BlockSource.open(genome, BlockOptions.overlap(scanner.overlap()).withThreads(threads))) {
      windows = scanner.scan(source, sink, threads, n -> {});
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "%s: %.3f s, %.2f G bases/s (%d windows of 10)%n",
        what, seconds, windows.bases() / seconds / 1e9, windows.of(10));
  }

  /** Takes hits and does nothing. */
  private static final class None implements HitSink<Integer> {
    @Override
    public Integer prepare(HitBlock hits) {
      return hits.size();
    }

    @Override
    public void write(Integer prepared) {}
  }

  private static final class Nothing implements HitDevice, HitLane {
    @Override
    public HitLane lane(LaneLog log) {
      return this;
    }

    @Override
    public HostBuffer host(long bytes) {
      return new PlainBuffer(ByteBuffer.allocateDirect((int) bytes));
    }

    @Override
    public void beginTally(boolean bySum) {}

    @Override
    public void tallied(SumTally to) {}

    @Override
    public String describe() {
      return "nothing";
    }

    @Override
    public void reserve(long places, long hits) {}

    @Override
    public int passes() {
      return 1;
    }

    @Override
    public long room() {
      return 1;
    }

    @Override
    public long find(HitBatch batch, int from, int to) {
      return 0;
    }

    @Override
    public void fetch(HostBuffer hits, int[] first, int[] count) {
      Arrays.fill(count, 0);
    }

    @Override
    public @Nullable KeptBatch keep(HitBatch batch, long leave) {
      return null;
    }

    @Override
    public boolean giveUpKept() {
      return false;
    }

    @Override
    public void restartKeeping() {}

    @Override
    public void tally(HitBatch batch, int from, int to) {}

    @Override
    public void close() {}
  }
}
