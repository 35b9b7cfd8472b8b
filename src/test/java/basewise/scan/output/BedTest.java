package basewise.scan.output;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.motif.Background;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.Threshold;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BedTest {
  /**
   * By hand: uniform background, word ACG of 20 sites: a match has probability (20 + 0.025) / 20.1,
   * so 3 log2(4 * 0.996269) = 5.98382 bits in reals; scale floor(1000 / (1.9946 + 8)) = 100 gives
   * cells of 999 and 34, so (2997 / 100) - 24 = 5.97 bits. One word of 64: p = 1/64 = 0.0156, score
   * 18.06. CGT on the forward strand is ACG on the other.
   */
  @Test
  void aRowByHand() {
    Scanner scanner =
        Scanner.open(
            List.of(Toys.word("W1", "", "ACG"), Toys.word("W2", "two", "TTT")),
            ScanOptions.DEFAULTS.with(Background.UNIFORM).with(new Threshold.PValue(0.02)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RowOutput out = RowOutput.to(bytes, new Bed(scanner.motifs(), null), Places.GENOMIC)) {
      Toys.scan(
          scanner,
          List.of(Toys.sequence("c:11-17", "NACGTaa"), Toys.sequence("d", "tttN")),
          out,
          1);
      out.commit();
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            #chrom\tstart\tend\tmotif_id\tneg10log10p\tstrand\tmotif_alt_id\tbits\tpvalue
            c\t11\t14\tW1\t18.06\t+\t.\t5.97\t0.0156
            c\t12\t15\tW1\t18.06\t-\t.\t5.97\t0.0156
            d\t0\t3\tW2\t18.06\t+\ttwo\t5.97\t0.0156
            """);
  }
}
