package basewise.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TwoWordsTest {
  private static List<byte[]> noisy(String word, int n, Random random) {
    List<byte[]> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      byte[] codes = Dna.encode(word);
      for (int j = 0; j < codes.length; j++) {
        if (codes[j] == Dna.N || random.nextInt(10) == 0) {
          codes[j] = (byte) random.nextInt(4);
        }
      }
      out.add(codes);
    }
    return out;
  }

  @Test
  void twoWordsComeApart() {
    Random random = new Random(4);
    List<byte[]> windows = noisy("NTGACTCANNN", 300, random);
    windows.addAll(noisy("NNCACGTGNNN", 200, random));
    List<CountMatrix> words = TwoWords.of(windows, 11, Background.UNIFORM);
    assertThat(words)
        .extracting(c -> c.toProbabilities(1, Background.UNIFORM).consensus())
        .containsExactlyInAnyOrder("NTGACTCANNN", "NNCACGTGNNN");
  }

  @Test
  void oneWordStaysOne() {
    assertThat(TwoWords.of(noisy("NTGACTCANNN", 500, new Random(2)), 11, Background.UNIFORM))
        .isEmpty();
  }
}
