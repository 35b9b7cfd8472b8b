package basewise.scan.device;

import basewise.cuda.CudaDevice;
import basewise.cuda.Measured;
import basewise.scan.Scanner;
import basewise.scan.kernel.DeviceTables;
import basewise.scan.kernel.OrientedMatrix;
import basewise.sequence.Dna;
import basewise.stats.Seeds;
import java.util.List;
import java.util.SplittableRandom;

/** How fast a device finds the hits of some matrices in random bases. */
public final class ScanRates {
  private static final long SEED = 41;
  private static final int BLOCKS = 1024;
  private static final int REPEATS = 5;
  private static final long ROOM = 1 << 24;

  private ScanRates() {}

  /**
   * Measures one set of matrices: kernels alone by the device's clock, and with the copies of codes
   * and hits, of one batch after another without any overlap.
   *
   * @param device one that has nothing else to do
   * @param name of the matrices
   */
  public static List<Measured> run(CudaDevice device, String name, List<OrientedMatrix> matrices) {
    boolean emulation = device.emulation();
    int blocks = emulation ? 1 : BLOCKS;
    int length = emulation ? 2000 : Scanner.BLOCK;
    int repeats = emulation ? 1 : REPEATS;
    double positions = (double) blocks * length * matrices.size() * repeats;
    double bases = (double) blocks * length * repeats;
    LaneLog log = new LaneLog();
    try (HitDevice hits = CudaHitDevice.open(device, DeviceTables.plan(matrices));
        CodeBatch batch = new CodeBatch(hits, blocks, length);
        LaneWork work = new LaneWork(hits.lane(log), log, emulation ? 1024 : ROOM);
        FoundHits found = new FoundHits(hits)) {
      fill(batch, blocks, length);
      hits.beginTally(false);
      Times counted =
          time(
              log,
              repeats,
              () -> {
                batch.size(blocks);
                work.tally(batch);
              });
      Times fetched =
          time(
              log,
              repeats,
              () -> {
                batch.size(blocks);
                work.find(batch, found);
              });
      return List.of(
          measured("count, " + name + ", kernels", positions, counted.kernels()),
          measured("count, " + name + ", with copies", positions, counted.all()),
          measured("hits, " + name + ", kernels", positions, fetched.kernels()),
          measured("hits, " + name + ", with copies", positions, fetched.all()),
          new Measured(
              "count, " + name + ", kernels", bases / counted.kernels() / 1e9, "G bases/s"));
    }
  }

  private static Measured measured(String what, double positions, double seconds) {
    return new Measured(what, positions / seconds / 1e9, "G strand-motif-positions/s");
  }

  private record Times(double kernels, double all) {}

  private static Times time(LaneLog log, int repeats, Runnable work) {
    work.run(); // makes room, and may do things again
    double kernels = log.kernelSeconds();
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      work.run();
    }
    double all = (System.nanoTime() - start) * 1e-9;
    return new Times(Math.max(1e-9, log.kernelSeconds() - kernels), all);
  }

  private static void fill(CodeBatch batch, int blocks, int length) {
    byte[] codes = new byte[length];
    for (int b = 0; b < blocks; b++) {
      SplittableRandom random = Seeds.generator(SEED, b);
      for (int i = 0; i < length; i += 32) {
        long bits = random.nextLong();
        for (int j = i; j < Math.min(i + 32, length); j++) {
          codes[j] = (byte) (bits & 3);
          bits >>>= 2;
        }
      }
      codes[length - 1] = Dna.N;
      batch.put(b, codes, length, length);
    }
  }
}
