package basewise.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vector kernel equals the plain loops bit for bit; the plain loops equal sums by hand. */
class MotifKernelTest {
  @ParameterizedTest
  @CsvSource({
    "1, 2, 2, true",
    "1, 3, 3, false",
    "7, 4, 63, true",
    "8, 5, 64, false",
    "16, 19, 65, true",
    "31, 8, 20, true",
    "32, 20, 101, false",
    "33, 19, 19, true",
    "64, 19, 101, true",
    "65, 1, 1, true",
    "130, 11, 200, true",
    "64, 19, 18, true",
    "3, 6, 0, false"
  })
  void vectorEqualsScalar(int filters, int width, int length, boolean both) {
    SplittableRandom random = new SplittableRandom(filters * 1000L + width);
    float[] weights = new float[filters * width * 4];
    for (int i = 0; i < weights.length; i++) {
      // Quarters make ties, where the first place has to win.
      weights[i] = random.nextBoolean() ? random.nextInt(-4, 5) / 4f : (float) random.nextDouble();
    }
    byte[] codes = new byte[length + 3];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) random.nextInt(5);
    }
    MotifKernel plain = MotifKernel.scalar(weights, filters, width, both);
    MotifKernel fast = MotifKernel.of(weights, filters, width, both);
    assertThat(run(fast, codes, 3, length, filters))
        .isEqualTo(run(plain, codes, 3, length, filters));
  }

  private record Answer(
      String values, String sites, String forward, String reverse, String begun) {}

  private static Answer run(MotifKernel k, byte[] codes, int offset, int length, int filters) {
    int[] rows = new int[length + 1];
    k.prepare(codes, offset, length, rows);
    int positions = k.positions(length);
    float[] value = new float[filters + 2];
    int[] site = new int[filters + 2];
    k.best(rows, 0, positions, value, site, 1);
    float[] inner = new float[filters];
    int[] innerSite = new int[filters];
    k.best(rows, positions / 3, positions - positions / 3, inner, innerSite, 0);
    float[] forward = new float[positions * filters];
    float[] reverse = new float[positions * filters];
    k.map(rows, positions, forward, reverse);
    float[] start = new float[filters];
    for (int f = 0; f < filters; f++) {
      start[f] = f / 4f - 1;
    }
    float[] begun = new float[positions * filters + 3];
    k.map(rows, positions, start, begun, 2);
    return new Answer(
        java.util.Arrays.toString(value) + java.util.Arrays.toString(inner),
        java.util.Arrays.toString(site) + java.util.Arrays.toString(innerSite),
        java.util.Arrays.toString(forward),
        java.util.Arrays.toString(reverse),
        java.util.Arrays.toString(begun));
  }

  @Test
  void scoresByHand() {
    // One filter of width 3: 1 for an A first, 2 for a C second, 4 for a T third.
    float[] weights = {1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 4};
    for (MotifKernel k :
        new MotifKernel[] {
          MotifKernel.of(weights, 1, 3, true), MotifKernel.scalar(weights, 1, 3, true)
        }) {
      byte[] codes = {0, 1, 4, 0, 2, 3}; // ACNAGT; its reverse complement is ACTNGT
      int[] rows = new int[7];
      k.prepare(codes, 0, 6, rows);
      float[] value = new float[1];
      int[] site = new int[1];
      k.best(rows, 0, 4, value, site, 0);
      // AGT read backwards is ACT: 7, window 3, reverse strand.
      assertThat(value[0]).isEqualTo(7);
      assertThat(site[0]).isEqualTo(2 * 3 + 1);
      float[] forward = new float[4];
      float[] reverse = new float[4];
      k.map(rows, 4, forward, reverse);
      assertThat(forward).containsExactly(3, 0, 0, 5); // AC.=1+2, CNA, NAG, A.T=1+4
      assertThat(reverse).containsExactly(4, 0, 0, 7); // read backwards: NGT, TNG, CTN, ACT
      float[] begun = new float[5];
      k.map(rows, 4, new float[] {10}, begun, 1);
      assertThat(begun).containsExactly(0, 13, 10, 10, 15);
    }
  }
}
