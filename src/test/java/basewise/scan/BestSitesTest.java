package basewise.scan;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.motif.Background;
import basewise.motif.ScoreMatrix;
import basewise.sequence.Dna;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BestSitesTest {
  private static ScoreMatrix random(Random random, int width) {
    double[][] s = new double[width][4];
    for (double[] row : s) {
      for (int c = 0; c < 4; c++) {
        row[c] = random.nextInt(9) - 5; // whole numbers: every order of adding is exact
      }
    }
    return new ScoreMatrix(s, Background.UNIFORM);
  }

  @Test
  void equalsThePlainDefinition() {
    Random random = new Random(5);
    List<ScoreMatrix> motifs = new ArrayList<>();
    for (int w : new int[] {1, 2, 5, 8, 19, 31, 60}) {
      motifs.add(random(random, w));
    }
    List<byte[]> sequences = new ArrayList<>();
    for (int length : new int[] {0, 1, 4, 18, 19, 63, 64, 65, 200, 1000}) {
      byte[] codes = new byte[length];
      for (int i = 0; i < length; i++) {
        codes[i] = (byte) (random.nextInt(25) == 0 ? Dna.N : random.nextInt(4));
      }
      sequences.add(codes);
    }
    BestSites.Found found = BestSites.of(motifs, true).find(sequences, 1);
    BestSites.Found found2 = BestSites.of(motifs, true).find(sequences, 2);
    for (int i = 0; i < sequences.size(); i++) {
      for (int m = 0; m < motifs.size(); m++) {
        double best = Double.NEGATIVE_INFINITY;
        int start = 0;
        Strand strand = Strand.FORWARD;
        for (Strand s : Strand.values()) {
          ScoreMatrix matrix =
              s == Strand.FORWARD ? motifs.get(m) : motifs.get(m).reverseComplement();
          for (int p = 0; p + matrix.width() <= sequences.get(i).length; p++) {
            double score = matrix.score(sequences.get(i), p);
            if (score > best) {
              best = score;
              start = p;
              strand = s;
            }
          }
        }
        assertThat((double) found.score(i, m)).as("sequence %d motif %d", i, m).isEqualTo(best);
        assertThat(found.start(i, m)).isEqualTo(start);
        assertThat(found.strand(i, m)).isEqualTo(strand);
        assertThat(found2.score(i, m)).isEqualTo(found.score(i, m));
      }
    }
  }
}
