package basewise.scan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.genome.SequenceBlock;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every kernel must do: report what the definition, the plain loop, reports. */
abstract class HitKernelContract {
  /** The kernel under test, for matrices that may be anything. */
  abstract HitKernel kernel(List<OrientedMatrix> matrices);

  @Test
  void lengthsThatStraddleLanesAndChunks() {
    SplittableRandom random = new SplittableRandom(1);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int w : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 20, 24, 31}) {
      addBoth(matrices, random(random, w), random, 0.02);
    }
    HitKernel kernel = kernel(matrices);
    for (int length : new int[] {0, 1, 2, 7, 8, 11, 12, 63, 64, 65, 127, 1023, 1024, 1025, 4097}) {
      byte[] codes = codes(random, length, 0);
      same(kernel, matrices, codes, length);
      same(kernel, matrices, codes, length / 2);
      same(kernel, matrices, codes, Math.max(0, length - 5));
    }
    byte[] codes = codes(random, 8192 + 70, 0);
    same(kernel, matrices, codes, codes.length);
  }

  @Test
  void everyWidthTo60AtManyCutoffs() {
    SplittableRandom random = new SplittableRandom(2);
    byte[] codes = codes(random, 3000, 0.002);
    List<OrientedMatrix> all = new ArrayList<>();
    for (int w = 1; w <= 60; w++) {
      for (double p : new double[] {1e-3, 0.01, 0.3}) {
        addBoth(all, random(random, w), random, p);
      }
    }
    same(kernel(all), all, codes, codes.length);
  }

  @Test
  void cutoffsAtTheEnds() {
    SplittableRandom random = new SplittableRandom(3);
    byte[] codes = codes(random, 700, 0.01);
    for (int w : new int[] {1, 2, 7, 10, 12, 33}) {
      int[][] cells = random(random, w);
      int maximum = new OrientedMatrix(0, cells, 0).maximum();
      int best = best(cells, codes);
      for (int cutoff : new int[] {0, 1, best, maximum - 1, maximum, maximum + 1, 60001}) {
        List<OrientedMatrix> one = List.of(new OrientedMatrix(5, cells, cutoff));
        same(kernel(one), one, codes, codes.length);
      }
    }
  }

  @Test
  void oneLetterFlatAndZeroColumns() {
    SplittableRandom random = new SplittableRandom(4);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int w : new int[] {1, 3, 8, 10, 11, 14, 19}) {
      int[][] letter = new int[w][4];
      int[][] flat = new int[w][4];
      int[][] holes = random(random, w);
      for (int i = 0; i < w; i++) {
        letter[i][0] = 1000;
        Arrays.fill(flat[i], 1000);
        if (i % 2 == 1) {
          holes[i] = new int[4];
        }
      }
      matrices.add(new OrientedMatrix(matrices.size(), letter, 1000 * w));
      matrices.add(new OrientedMatrix(matrices.size(), letter, 1000 * (w - 1)));
      matrices.add(new OrientedMatrix(matrices.size(), flat, 1000 * w));
      matrices.add(new OrientedMatrix(matrices.size(), new int[w][4], 0));
      addBoth(matrices, holes, random, 0.01);
    }
    byte[] codes = codes(random, 2500, 0.001);
    Arrays.fill(codes, 300, 400, Dna.A);
    same(kernel(matrices), matrices, codes, codes.length);
  }

  @Test
  void aPalindromeIsFoundOnBothStrands() {
    int[][] cells = new int[6][4];
    byte[] site = Dna.encode("GAATTC");
    for (int i = 0; i < 6; i++) {
      cells[i][site[i]] = 1000;
    }
    List<OrientedMatrix> both =
        List.of(new OrientedMatrix(8, cells, 6000), new OrientedMatrix(9, cells, 6000));
    byte[] codes = padded(Dna.encode("ACGTGAATTCGAATTCN"), 17);
    List<String> found = new ArrayList<>();
    kernel(both)
        .scan(BlockCodes.of(codes, 17, 17), (s, o, sum) -> found.add(s + " " + o + " " + sum));
    assertThat(found).containsExactlyInAnyOrder("4 8 6000", "4 9 6000", "10 8 6000", "10 9 6000");
  }

  @Test
  void runsOfNAndPiecesShorterThanTheMotif() {
    SplittableRandom random = new SplittableRandom(5);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int w : new int[] {1, 4, 8, 9, 10, 11, 12, 16, 22, 40}) {
      addBoth(matrices, random(random, w), random, 0.05);
    }
    HitKernel kernel = kernel(matrices);
    for (int gap : new int[] {1, 2, 5, 9, 13, 30, 70, 200}) {
      byte[] codes = codes(random, 6000, 0);
      for (int i = gap; i < codes.length; i += 1 + random.nextInt(2 * gap)) {
        int n = random.nextInt(4) == 0 ? 1 + random.nextInt(2 * gap) : 1;
        Arrays.fill(codes, i, Math.min(codes.length, i + n), Dna.N);
      }
      same(kernel, matrices, codes, codes.length);
    }
    byte[] codes = codes(random, 20000, 0);
    Arrays.fill(codes, 1000, 19000, Dna.N);
    same(kernel, matrices, codes, codes.length);
    Arrays.fill(codes, Dna.N);
    same(kernel, matrices, codes, codes.length);
  }

  @Test
  void manyMatricesWithOneIdEachAndEqualOnes() {
    SplittableRandom random = new SplittableRandom(6);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      addBoth(matrices, random(random, 5 + random.nextInt(16)), random, 1e-3);
      if (i % 10 == 0) {
        OrientedMatrix last = matrices.get(matrices.size() - 1);
        int[][] equal = Arrays.stream(last.cells()).map(int[]::clone).toArray(int[][]::new);
        matrices.add(new OrientedMatrix(matrices.size(), equal, last.cutoff()));
        matrices.add(new OrientedMatrix(matrices.size(), equal, last.cutoff() - 1));
      }
    }
    byte[] codes = codes(random, 9000, 0.0005);
    same(kernel(matrices), matrices, codes, codes.length);
    same(kernel(matrices), matrices, codes, 8990);
  }

  @Test
  void wordsThatFitManyMatrices() {
    SplittableRandom random = new SplittableRandom(7);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      int w = 8 + i % 9;
      int[][] cells = random(random, w);
      for (int[] column : cells) {
        column[0] = 1000;
      }
      matrices.add(new OrientedMatrix(i, cells, 1000 * w - 100));
    }
    byte[] codes = codes(random, 1200, 0.001);
    Arrays.fill(codes, 500, 560, Dna.A);
    same(kernel(matrices), matrices, codes, codes.length);
  }

  @Test
  void aKernelIsReusedAndSharedByThreads() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(8);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      addBoth(matrices, random(random, 6 + i % 12), random, 1e-3);
    }
    HitKernel kernel = kernel(matrices);
    List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      int seed = t;
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((thread, e) -> failures.add(e))
              .start(() -> {
                for (int i = 0; i < 4; i++) {
                  byte[] codes = codes(new SplittableRandom(seed + i), 500 << 2 * (i % 3), 0.01);
                  same(kernel, matrices, codes, codes.length);
                }
              }));
    }
    for (Thread t : threads) {
      t.join();
    }
    assertThat(failures).isEmpty();
  }

  /** Cells 0 to 1000, some columns telling and some not. */
  static int[][] random(SplittableRandom random, int width) {
    int[][] cells = new int[width][4];
    for (int[] column : cells) {
      int least = random.nextInt(900);
      for (int c = 0; c < 4; c++) {
        column[c] = least + random.nextInt(1001 - least);
      }
    }
    return cells;
  }

  /** A matrix and its reverse complement with a cutoff that about p of random windows reach. */
  static void addBoth(
      List<OrientedMatrix> matrices, int[][] cells, SplittableRandom random, double p) {
    int w = cells.length;
    byte[] codes = codes(random, 5000 + w, 0);
    int[] sums = new int[5000];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = ScalarHitKernel.sum(cells, codes, i);
    }
    Arrays.sort(sums);
    int cutoff = sums[(int) (sums.length * (1 - p)) - 1];
    int[][] reverse = new int[w][4];
    for (int i = 0; i < w; i++) {
      for (int c = 0; c < 4; c++) {
        reverse[w - 1 - i][3 - c] = cells[i][c];
      }
    }
    matrices.add(new OrientedMatrix(matrices.size(), cells, cutoff));
    matrices.add(new OrientedMatrix(matrices.size(), reverse, cutoff + 3));
  }

  /** Random codes with Ns at a rate; the array is just as long as they are. */
  static byte[] codes(SplittableRandom random, int length, double ns) {
    byte[] codes = new byte[length];
    for (int i = 0; i < length; i++) {
      codes[i] = random.nextDouble() < ns ? Dna.N : (byte) random.nextInt(4);
    }
    return codes;
  }

  /** With the Ns that kernels may read behind them. */
  static byte[] padded(byte[] codes) {
    return padded(codes, codes.length);
  }

  private static byte[] padded(byte[] codes, int length) {
    byte[] out = Arrays.copyOf(codes, length + SequenceBlock.PADDING);
    Arrays.fill(out, length, out.length, Dna.N);
    return out;
  }

  private static int best(int[][] cells, byte[] codes) {
    int best = 0;
    for (int i = 0; i + cells.length <= codes.length; i++) {
      best = Math.max(best, ScalarHitKernel.sum(cells, codes, i));
    }
    return best;
  }

  /** Compares with the plain loop, hit by hit. */
  static void same(HitKernel kernel, List<OrientedMatrix> matrices, byte[] codes, int startLimit) {
    byte[] padded = padded(codes);
    long[] found = hits(kernel, padded, codes.length, startLimit);
    long[] expected = hits(new ScalarHitKernel(matrices), padded, codes.length, startLimit);
    assertThat(found).isEqualTo(expected);
  }

  private static long[] hits(HitKernel kernel, byte[] padded, int length, int startLimit) {
    List<Long> hits = new ArrayList<>();
    kernel.scan(
        BlockCodes.of(padded, length, startLimit),
        (s, o, sum) -> hits.add((long) s << 42 | (long) o << 21 | sum));
    return hits.stream().mapToLong(h -> h).sorted().toArray();
  }
}
