package basewise.scan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestSiteKernelTest {
  @ParameterizedTest
  @CsvSource({"0,1,1", "1,1,1", "15,3,1", "63,5,2", "64,5,3", "65,8,1", "4097,10,1"})
  void vectorsEqualTheDefinition(int positions, int pairs, int blocks) {
    int motifs = blocks * BestSiteKernel.LANES;
    Random random = new Random(positions * 31L + pairs);
    float[] table = new float[pairs * 25 * motifs];
    for (int i = 0; i < table.length; i++) {
      // Few distinct values, so that ties occur and the first position must win.
      table[i] = random.nextInt(5) - 2 + (random.nextInt(20) == 0 ? BestSiteKernel.IMPOSSIBLE : 0);
    }
    byte[] codes = new byte[positions + 2 * pairs + 1];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) random.nextInt(25);
    }
    float[] v = new float[motifs];
    float[] p = new float[motifs];
    float[] v2 = new float[motifs];
    float[] p2 = new float[motifs];
    int[] each = new int[blocks];
    for (int b = 0; b < blocks; b++) {
      each[b] = Math.max(1, pairs - b);
    }
    BestSiteKernel.best(codes, positions, table, each, motifs, v, p);
    BestSiteKernel.bestScalar(codes, positions, table, each, motifs, v2, p2);
    assertThat(v).isEqualTo(v2);
    assertThat(p).isEqualTo(p2);
  }
}
