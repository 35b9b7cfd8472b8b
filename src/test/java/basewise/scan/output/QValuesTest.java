package basewise.scan.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.WindowCounts;
import basewise.sequence.NamedSequence;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class QValuesTest {
  private static final List<NamedSequence> SEQUENCES = Toys.sequences(11, 30, 4000);

  private static QValues qvalues(Scanner scanner, boolean both) {
    HitHistogram histogram = new HitHistogram(scanner.motifs(), both);
    WindowCounts windows = Toys.scan(scanner, SEQUENCES, histogram, 2);
    return histogram.qvalues(windows);
  }

  /** Against Benjamini and Hochberg as the paper states it, over a list of all p-values. */
  @Test
  void equalsTheListOfAllPValues() {
    for (boolean both : new boolean[] {true, false}) {
      ScanOptions options = Toys.options().withBothStrands(both);
      Scanner scanner = Scanner.open(Toys.motifs(5, 8), options);
      QValues qvalues = qvalues(scanner, both);
      List<Toys.Found> found =
          Toys.found(scanner, SEQUENCES).stream()
              .filter(h -> both || h.strand() == Strand.FORWARD)
              .toList();
      for (int m = 0; m < 8; m++) {
        int motif = m;
        List<Toys.Found> mine =
            new ArrayList<>(found.stream().filter(h -> h.motif() == motif).toList());
        assertThat(mine).hasSizeGreaterThan(20);
        mine.sort(Comparator.comparingDouble(h -> p(scanner, h)));
        long n = 0;
        for (NamedSequence s : SEQUENCES) {
          for (int at = 0; at + scanner.motifs().get(m).width() <= s.length(); at++) {
            if (scanner.motifs().get(m).matrix(Strand.FORWARD).sum(s.codes(), at) >= 0) {
              n += both ? 2 : 1;
            }
          }
        }
        double least = 1;
        for (int i = mine.size() - 1; i >= 0; i--) {
          Toys.Found h = mine.get(i);
          least = Math.min(least, p(scanner, h) * n / (i + 1));
          assertThat(qvalues.q(2 * m + h.strand().ordinal(), h.sum()))
              .isCloseTo(least, within(1e-12));
        }
      }
    }
  }

  private static double p(Scanner scanner, Toys.Found h) {
    return scanner.motifs().get(h.motif()).distribution(h.strand()).pvalue(h.sum());
  }

  @Test
  void aFilterKeepsWhatIsGoodEnough() {
    Scanner scanner = Scanner.open(Toys.motifs(5, 8), Toys.options());
    QValues qvalues = qvalues(scanner, true);
    for (double most : new double[] {0, 0.2, 0.7, 1}) {
      Toys.Collector collector = new Toys.Collector();
      Toys.scan(scanner, SEQUENCES, HitFilter.qvalue(qvalues, most).into(collector), 2);
      List<Toys.Found> expected =
          Toys.found(scanner, SEQUENCES).stream()
              .filter(h -> qvalues.q(2 * h.motif() + h.strand().ordinal(), h.sum()) <= most)
              .toList();
      assertThat(collector.all).isEqualTo(expected);
    }
  }
}
