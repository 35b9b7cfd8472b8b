package basewise.scan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.ShimLibrary;
import basewise.scan.kernel.EmulatedScan.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The kernels of the device's scan, emulated on the CPU, find what the definition finds: by an
 * index of any words, by sums, as planned, in any launch shape.
 */
class DeviceTablesTest {
  /** Of all words, what one matrix may be listed under: so that tests of broad ones stay small. */
  private static HitKernel index(List<OrientedMatrix> matrices, int k, Shape shape) {
    double limit = Math.min(1, Math.scalb(1.0, 14 - 2 * k));
    return new EmulatedScan(DeviceTables.plan(matrices, k, limit), shape);
  }

  /** As on a device. */
  @Nested
  class Planned extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return new EmulatedScan(DeviceTables.plan(matrices), Shape.USUAL);
    }
  }

  /** Sums of every window. */
  @Nested
  class Sums extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return new EmulatedScan(DeviceTables.plan(matrices, 8, -1), Shape.USUAL);
    }
  }

  /** K = 5, one warp, tiles that are looked at twice, too little room at first. */
  @Nested
  class Words5 extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return index(matrices, 5, new Shape(32, 1, 7, 10));
    }
  }

  /** K = 9, blocks as large as can be. */
  @Nested
  class Words9 extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return index(matrices, 9, new Shape(512, 2, 64, 1 << 12));
    }
  }

  /** K = 11, more blocks than tiles. */
  @Nested
  class Words11 extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return index(matrices, 11, new Shape(96, 70, 0, 0));
    }
  }

  @Test
  void histogramsCountWhatIsHit() {
    SplittableRandom random = new SplittableRandom(11);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      HitKernelContract.addBoth(matrices, HitKernelContract.random(random, 4 + i), random, 0.01);
    }
    int[][] flat = new int[3][4];
    matrices.add(new OrientedMatrix(matrices.size(), flat, 0));
    matrices.add(new OrientedMatrix(matrices.size(), flat, 0));
    byte[] codes = HitKernelContract.codes(random, 5000, 0.001);
    BlockCodes block = BlockCodes.of(HitKernelContract.padded(codes), codes.length, 4900);
    Map<List<Integer>, Long> bySum = new TreeMap<>(DeviceTablesTest::compare);
    Map<List<Integer>, Long> byMatrix = new TreeMap<>(DeviceTablesTest::compare);
    new ScalarHitKernel(matrices)
        .scan(
            block,
            (start, oriented, sum) -> {
              bySum.merge(List.of(oriented, sum), 1L, Long::sum);
              byMatrix.merge(List.of(oriented, matrices.get(oriented).cutoff()), 1L, Long::sum);
            });
    for (double limit : new double[] {1, 0.01, -1}) {
      EmulatedScan scan = new EmulatedScan(DeviceTables.plan(matrices, 6, limit), Shape.USUAL);
      Map<List<Integer>, Long> found = new TreeMap<>(DeviceTablesTest::compare);
      scan.histogram(block, true, (o, sum, n) -> found.put(List.of(o, sum), n));
      assertThat(found).isEqualTo(bySum);
      Map<List<Integer>, Long> counted = new TreeMap<>(DeviceTablesTest::compare);
      scan.histogram(block, false, (o, sum, n) -> counted.put(List.of(o, sum), n));
      assertThat(counted).isEqualTo(byMatrix);
    }
  }

  private static int compare(List<Integer> a, List<Integer> b) {
    return Arrays.compare(a.toArray(new Integer[0]), b.toArray(new Integer[0]));
  }

  @Test
  void theOrderOfThreadsDoesNotMatter() {
    SplittableRandom random = new SplittableRandom(12);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      HitKernelContract.addBoth(
          matrices, HitKernelContract.random(random, 6 + i % 20), random, 1e-3);
    }
    byte[] codes = HitKernelContract.codes(random, 3000, 0.001);
    for (double limit : new double[] {1, -1}) {
      HitKernel scan =
          new EmulatedScan(DeviceTables.plan(matrices, 6, limit), new Shape(128, 2, 16, 1 << 14));
      for (int seed = 2; seed < 8; seed++) {
        ShimLibrary.shared().seed(seed);
        HitKernelContract.same(scan, matrices, codes, codes.length);
      }
    }
    ShimLibrary.shared().seed(1);
  }

  @Test
  void anIndexThatWouldBeTooLargeIsSeveral() {
    SplittableRandom random = new SplittableRandom(13);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      HitKernelContract.addBoth(
          matrices, HitKernelContract.random(random, 5 + i % 9), random, 0.01);
    }
    List<DeviceTables> tables = DeviceTables.plan(LossMatrix.of(matrices), 5, 1, 0, 300);
    assertThat(tables).hasSizeGreaterThan(3);
    byte[] codes = HitKernelContract.codes(random, 2000, 0.001);
    HitKernelContract.same(new EmulatedScan(tables, Shape.USUAL), matrices, codes, codes.length);
  }
}
