package basewise.nn;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.sequence.Dna;
import basewise.stats.Ranking;
import java.util.List;
import org.junit.jupiter.api.Test;

class KmerTest {
  @Test
  void baselineLearnsWords() {
    Dataset data = Toys.planted(600, 60, 9);
    KmerBaseline model = KmerBaseline.train(data, 0, 1);
    List<Example> test = data.part(Part.TEST);
    boolean[] positive = new boolean[test.size()];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = test.get(i).positive();
    }
    double[] z = model.logits(Toys.codes(test));
    // The planted ten letters are five 6-mers, each of which random sequence rarely has.
    assertThat(Ranking.auroc(z, positive)).isGreaterThan(0.9);
    assertThat(KmerBaseline.train(data, 0, 1).logits(Toys.codes(test))).containsExactly(z);
  }

  @Test
  void strandsScoreAlike() {
    Dataset data = Toys.planted(100, 60, 9);
    KmerBaseline model = KmerBaseline.train(data, 0, 1);
    byte[] codes = data.examples().getFirst().codes();
    double[] z = model.logits(List.of(codes, Dna.reverseComplement(codes)));
    assertThat(z[0]).isEqualTo(z[1]);
  }
}
