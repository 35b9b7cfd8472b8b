package basewise.scan.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs the kernels over made-up bases and matrices while the real ones are prepared, so that Java
 * has compiled their loops when the first block comes: until then vectors are slower than plain
 * sums. It changes nothing but the time; where all is compiled, it ends within some hundredths of a
 * second.
 */
public final class Rehearsal implements AutoCloseable {
  /** Motifs of each kind, each on two strands. */
  private static final int NARROW = 12;

  private static final int BROAD = 5;

  /** Codes of a block: few, as a loop is compiled once it has been entered often. */
  private static final int CODES = 1 << 10;

  /** The most blocks. */
  private static final int BLOCKS = 2000;

  /** As far above the mean, in standard deviations, as a cutoff of p = 1e-4 is. */
  private static final double DEVIATIONS = 3.7;

  private volatile boolean over;

  private Rehearsal() {}

  /** Starts it, on a thread of its own that ends by itself. */
  public static Rehearsal start() {
    Rehearsal rehearsal = new Rehearsal();
    Thread.ofPlatform().daemon().name("rehearsal").start(rehearsal::run);
    return rehearsal;
  }

  private void run() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] codes = new byte[CODES + 1024];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (i < CODES ? random.nextInt(4) : 4);
    }
    // The index first: vectors are so slow until they are compiled that they would hold it up.
    passes(HitKernels.index(matrices(random, true)), codes);
    passes(HitKernels.tables(matrices(random, false)), codes);
  }

  private void passes(HitKernel kernel, byte[] codes) {
    BlockCodes block = new BlockCodes();
    HitReceiver nobody = (start, id, sum) -> {};
    for (int i = 0; i < BLOCKS && !over; i++) {
      block.set(codes, CODES, CODES);
      kernel.scan(block, nobody);
    }
  }

  /** Narrow ones, as an index takes, or broad ones, as tables do. */
  private static List<OrientedMatrix> matrices(SplittableRandom random, boolean narrow) {
    List<OrientedMatrix> all = new ArrayList<>();
    for (int m = 0; m < (narrow ? NARROW : BROAD); m++) {
      int[][] cells = new int[narrow ? 8 + m : 10 + 4 * m][4];
      for (int[] column : cells) {
        for (int c = 0; c < 4; c++) {
          column[c] = random.nextInt(narrow ? 30 : 100);
        }
        if (narrow) {
          column[random.nextInt(4)] = 100;
        }
      }
      int cutoff = cutoff(cells);
      all.add(new OrientedMatrix(2 * m, cells, cutoff));
      all.add(new OrientedMatrix(2 * m + 1, reverseComplement(cells), cutoff));
    }
    return all;
  }

  private static int[][] reverseComplement(int[][] cells) {
    int[][] reverse = new int[cells.length][4];
    for (int i = 0; i < cells.length; i++) {
      for (int c = 0; c < 4; c++) {
        reverse[cells.length - 1 - i][3 - c] = cells[i][c];
      }
    }
    return reverse;
  }

  /** The sum that about one of 10,000 random windows reaches. */
  private static int cutoff(int[][] cells) {
    double mean = 0;
    double variance = 0;
    int best = 0;
    for (int[] column : cells) {
      double of = Arrays.stream(column).average().orElse(0);
      mean += of;
      variance += Arrays.stream(column).mapToDouble(x -> (x - of) * (x - of)).average().orElse(0);
      best += Arrays.stream(column).max().orElse(0);
    }
    return (int) Math.min(best, mean + DEVIATIONS * Math.sqrt(variance));
  }

  /** Lets it end, soon. */
  @Override
  public void close() {
    over = true;
  }
}
