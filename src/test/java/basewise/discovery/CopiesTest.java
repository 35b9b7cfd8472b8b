package basewise.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.sequence.Dna;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CopiesTest {
  private static byte[] random(int n, Random random) {
    byte[] codes = new byte[n];
    for (int i = 0; i < n; i++) {
      codes[i] = (byte) random.nextInt(4);
    }
    return codes;
  }

  @Test
  void relatedFlanksAreOneFamilyAndUnrelatedOnesAreNot() {
    Random random = new Random(8);
    byte[] ancestor = random(50, random);
    List<byte[]> flanks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      byte[] copy = ancestor.clone();
      for (int j = 0; j < copy.length; j++) {
        if (random.nextInt(8) == 0) {
          copy[j] = (byte) random.nextInt(4);
        }
      }
      // half of the copies lie on the other strand
      flanks.add(
          i % 2 == 0
              ? Copies.flanks(copy, 20, 30, Strand.FORWARD)
              : Copies.flanks(Dna.reverseComplement(copy), 20, 30, Strand.REVERSE));
    }
    for (int i = 0; i < 60; i++) {
      flanks.add(Copies.flanks(random(50, random), 20, 30, Strand.FORWARD));
    }
    assertThat(Copies.count(flanks)).isBetween(37, 40);
  }

  @Test
  void whatLiesOutsideIsUnknown() {
    byte[] flanks = Copies.flanks(Dna.encode("ACGT"), 1, 3, Strand.REVERSE);
    assertThat(Dna.decode(flanks, 18, 22)).isEqualTo("NATN");
  }
}
