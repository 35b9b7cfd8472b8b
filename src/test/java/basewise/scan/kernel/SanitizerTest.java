package basewise.scan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.scan.kernel.EmulatedScan.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernels of the scan under gcc's sanitizers: no byte beside a buffer, no race. */
@Tag("long")
class SanitizerTest {
  private static List<OrientedMatrix> matrices() {
    SplittableRandom random = new SplittableRandom(21);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int w = 1; w <= 60; w += w < 20 ? 1 : 7) {
      HitKernelContract.addBoth(matrices, HitKernelContract.random(random, w), random, 0.01);
    }
    int[][] palindrome = {{9, 0, 0, 0}, {0, 0, 0, 9}};
    matrices.add(new OrientedMatrix(matrices.size(), palindrome, 18));
    matrices.add(new OrientedMatrix(matrices.size(), palindrome, 18));
    return matrices;
  }

  private static void scans(KernelLauncher launcher, Shape... shapes) {
    List<OrientedMatrix> matrices = matrices();
    SplittableRandom random = new SplittableRandom(22);
    byte[] codes = HitKernelContract.codes(random, 2100, 0.003);
    Arrays.fill(codes, 900, 1100, (byte) 4);
    for (double limit : new double[] {1, -1}) {
      List<DeviceTables> tables = DeviceTables.plan(matrices, 5, limit);
      for (Shape shape : shapes) {
        EmulatedScan scan = new EmulatedScan(tables, shape, launcher);
        HitKernelContract.same(scan, matrices, codes, codes.length);
        long[] counted = new long[1];
        BlockCodes block = BlockCodes.of(HitKernelContract.padded(codes), codes.length, 2000);
        scan.histogram(block, true, (oriented, sum, n) -> counted[0] += n);
        new ScalarHitKernel(matrices).scan(block, (start, oriented, sum) -> counted[0]--);
        assertThat(counted[0]).isZero();
      }
    }
  }

  @Test
  void memoryAndUndefinedBehaviour() {
    scans(
        SanitizedShim.memory(),
        new Shape(64, 3, 100, 1 << 14),
        new Shape(256, 2, 1 << 12, 1 << 14),
        new Shape(32, 1, 0, 10));
  }

  @Test
  void racesInAndBetweenBlocks() {
    scans(
        SanitizedShim.races(3), new Shape(64, 3, 1 << 10, 1 << 14), new Shape(96, 4, 16, 1 << 14));
  }
}
