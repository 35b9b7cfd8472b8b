package basewise.scan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.KernelLauncher;
import basewise.cuda.SanitizedShim;
import basewise.scan.kernel.EmulatedScan.Shape;
import basewise.sequence.Dna;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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

  /** Codes, letters and packed bases with their unknown runs become one batch. */
  private static void encoders(KernelLauncher launcher, int grid, int block) {
    SplittableRandom random = new SplittableRandom(23);
    int n = 36_864;
    byte[] known = HitKernelContract.codes(random, n, 0);
    int[] runs = {0, 1, 31, 33, 64, 96, 100, 101, 777, 778, 778, 2048, 3000, 35_900, n - 7, n};
    byte[] codes = known.clone();
    byte[] letters = new byte[n];
    byte[] packed = new byte[n / 4];
    for (int i = 0; i < runs.length; i += 2) {
      Arrays.fill(codes, runs[i], runs[i + 1], Dna.N);
    }
    for (int i = 0; i < n; i++) {
      char letter = codes[i] == Dna.N ? "NRacgtn-".charAt(i % 8) : Dna.letter(codes[i]);
      letters[i] = (byte) letter;
      packed[i / 4] |= (byte) ("TCAG".indexOf("ACGT".charAt(known[i])) << (6 - 2 * (i % 4)));
    }
    try (Arena arena = Arena.ofConfined()) {
      List<int[]> all = new ArrayList<>();
      for (String kernel : List.of("encode_codes", "encode_ascii", "encode_2bit")) {
        byte[] from =
            switch (kernel) {
              case "encode_codes" -> codes;
              case "encode_ascii" -> letters;
              default -> packed;
            };
        MemorySegment in = arena.allocate(from.length, 16).copyFrom(MemorySegment.ofArray(from));
        MemorySegment bases = arena.allocate(4L * (n / 16 + 260), 16).fill((byte) 0x5a);
        MemorySegment unknown = arena.allocate(4L * (n / 32 + 130), 16).fill((byte) 0x5a);
        Object[] arguments =
            kernel.equals("encode_ascii")
                ? new Object[] {in, n, 1, bases, unknown}
                : new Object[] {in, n, bases, unknown};
        assertThat(launcher.launch(kernel, grid, block, 0, arguments)).as(kernel).isZero();
        if (kernel.equals("encode_2bit")) {
          MemorySegment list = arena.allocateFrom(ValueLayout.JAVA_INT, runs);
          assertThat(
                  launcher.launch(
                      "mark_unknown", grid, block, 0, list, runs.length / 2, bases, unknown))
              .isZero();
        }
        all.add(bases.toArray(ValueLayout.JAVA_INT));
        all.add(unknown.toArray(ValueLayout.JAVA_INT));
      }
      assertThat(Arrays.stream(all.get(1)).map(Integer::bitCount).sum())
          .isEqualTo(64 + 4096 + (int) IntStream.range(0, n).filter(i -> codes[i] == 4).count());
      for (int i = 2; i < all.size(); i++) {
        assertThat(all.get(i)).as("%d", i).isEqualTo(all.get(i % 2));
      }
    }
  }

  @Test
  void encodersTouchWhatIsTheirs() {
    for (int grid : new int[] {1, 3}) {
      encoders(SanitizedShim.memory(), grid, 96);
      encoders(SanitizedShim.races(grid), grid, 64);
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
