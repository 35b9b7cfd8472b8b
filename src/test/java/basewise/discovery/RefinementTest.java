package basewise.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefinementTest {
  private static final String SITE = "TGACCTTGCA";

  private static List<byte[]> sequences(int n, boolean planted, Random random) {
    List<byte[]> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      byte[] codes = new byte[60];
      for (int j = 0; j < codes.length; j++) {
        codes[j] = (byte) random.nextInt(4);
      }
      if (planted) {
        byte[] site = Dna.encode(SITE);
        byte[] read = i % 2 == 0 ? site : Dna.reverseComplement(site);
        System.arraycopy(read, 0, codes, 5 + random.nextInt(40), site.length);
      }
      out.add(codes);
    }
    return out;
  }

  @Test
  void growsAHalfSiteToTheWholeSiteOnBothStrands() {
    Random random = new Random(3);
    Refinement refinement =
        new Refinement(
            new Contrast(sequences(200, true, random), sequences(200, false, random)),
            Background.UNIFORM,
            true,
            Refinement.Options.DEFAULT,
            2);
    double[][] half = new double[5][4];
    for (int i = 0; i < 5; i++) {
      half[i][Dna.encode("GACCT")[i]] = 20;
    }
    Candidate start =
        new Candidate(
            Origin.filter(7),
            new CountMatrix(half),
            Presence.at(0, new float[0], new float[0], new basewise.stats.Hypergeometric(1)));
    Candidate found = refinement.refine(List.of(start)).getFirst();
    String consensus = found.counts().toProbabilities(1, Background.UNIFORM).consensus();
    assertThat(consensus).isEqualTo(SITE);
    assertThat(found.origin()).isEqualTo(Origin.filter(7));
    assertThat(found.training().positivesWith()).isGreaterThanOrEqualTo(195);
    assertThat(found.training().negativesWith()).isLessThanOrEqualTo(2);
  }

  @Test
  void randomColumnsAreNotInformation() {
    Random random = new Random(1);
    double[][] counts = new double[20][4];
    for (int site = 0; site < 8; site++) {
      for (double[] row : counts) {
        row[random.nextInt(4)]++;
      }
    }
    CountMatrix cut = Refinement.fitEnds(counts, Background.UNIFORM, Refinement.Options.DEFAULT);
    assertThat(cut == null ? 0 : cut.width()).isLessThan(12);
  }

  private static double[][] columns(String word, double sites, double agreeing) {
    double[][] counts = new double[word.length()][4];
    byte[] codes = Dna.encode(word);
    for (int i = 0; i < codes.length; i++) {
      for (int b = 0; b < 4; b++) {
        counts[i][b] =
            codes[i] == Dna.N
                ? sites / 4
                : codes[i] == b ? sites * agreeing : sites * (1 - agreeing) / 3;
      }
    }
    return counts;
  }

  private static int width(double[][] counts) {
    CountMatrix cut = Refinement.fitEnds(counts, Background.UNIFORM, Refinement.Options.DEFAULT);
    return cut == null ? 0 : cut.width();
  }

  @Test
  void bothHalvesOfADyadStayAndFaintColumnsFarAwayGo() {
    // CGG, eleven anything, CCG: each half carries nearly 6 bits.
    assertThat(width(columns("NNCGGNNNNNNNNNNNCCGNN", 1000, 0.98))).isEqualTo(17);
    double[][] faint = columns("NTGACTCANCNNNNNGNANNN", 1000, 0.98);
    double[][] weak = columns("NNNNNNNNNNNNNNNGNANNN", 1000, 0.6);
    for (int i = 11; i < 21; i++) {
      faint[i] = weak[i]; // two columns of 0.4 bits, five columns away
    }
    assertThat(width(faint)).isEqualTo(9);
  }
}
