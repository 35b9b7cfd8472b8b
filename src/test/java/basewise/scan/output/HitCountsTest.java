package basewise.scan.output;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.motif.Background;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.Threshold;
import basewise.scan.WindowCounts;
import basewise.sequence.NamedSequence;
import basewise.sequence.Strand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HitCountsTest {
  /** By hand: 4 windows of ACG in NACGTTT, 1 word of 64 on either strand: 4 * 2 / 64 expected. */
  @Test
  void aTableByHand() {
    Scanner scanner =
        Scanner.open(
            List.of(Toys.word("W1", "one", "ACG"), Toys.word("W2", "", "AC")),
            ScanOptions.DEFAULTS.with(Background.UNIFORM).with(new Threshold.PValue(0.02)));
    HitCounts counts = new HitCounts(scanner.motifs(), true);
    WindowCounts windows = Toys.scan(scanner, List.of(Toys.sequence("c", "NACGTTT")), counts, 1);
    assertThat(new String(counts.table(windows), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            motif_id\tmotif_alt_id\twidth\tthreshold\tpvalue\twindows\thits_plus\thits_minus\texpected\tratio
            W1\tone\t3\t5.97\t0.0156\t4\t1\t1\t0.125\t16
            W2\t\t2\t\t0\t5\t0\t0\t0\t
            """);
    assertThat(counts.hits()).isEqualTo(2);
  }

  @Test
  void ofTwoStrandsTheBetterStays() {
    List<NamedSequence> sequences = Toys.sequences(9, 30, 3000);
    Scanner scanner = Scanner.open(Toys.motifs(5, 8), Toys.options());
    List<Toys.Found> expected = new ArrayList<>();
    int dropped = 0;
    for (Toys.Found h : Toys.found(scanner, sequences)) {
      if (!expected.isEmpty()) {
        Toys.Found last = expected.getLast();
        if (last.sequence() == h.sequence()
            && last.start() == h.start()
            && last.motif() == h.motif()) {
          dropped++;
          if (h.sum() > last.sum()) {
            expected.set(expected.size() - 1, h);
          }
          continue;
        }
      }
      expected.add(h);
    }
    Toys.Collector collector = new Toys.Collector();
    Toys.scan(scanner, sequences, HitFilter.maxStrand().into(collector), 2);
    assertThat(dropped).isPositive();
    assertThat(collector.all).isEqualTo(expected);
    assertThat(expected).anyMatch(h -> h.strand() == Strand.REVERSE);
  }
}
