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

class Gff3Test {
  /** By hand, with the numbers of {@link BedTest}. */
  @Test
  void rowsByHand() {
    Scanner scanner =
        Scanner.open(
            List.of(Toys.word("W;1", "", "ACG"), Toys.word("W2", "a=b", "TTT")),
            ScanOptions.DEFAULTS.with(Background.UNIFORM).with(new Threshold.PValue(0.02)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RowOutput out = RowOutput.to(bytes, new Gff3(scanner.motifs(), null), Places.AS_NAMED)) {
      Toys.scan(
          scanner, List.of(Toys.sequence("c", "NACGTaa"), Toys.sequence("d>1", "tttN")), out, 1);
      out.commit();
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            ##gff-version 3
            c\tbasewise\tnucleotide_motif\t2\t4\t18.1\t+\t.\tName=W%3B1_c+;ID=W%3B1-c-2+;pvalue=0.0156;sequence=ACG
            c\tbasewise\tnucleotide_motif\t3\t5\t18.1\t-\t.\tName=W%3B1_c-;ID=W%3B1-c-3-;pvalue=0.0156;sequence=ACG
            d%3E1\tbasewise\tnucleotide_motif\t1\t3\t18.1\t+\t.\tName=W2_d%3E1+;Alias=a%3Db;ID=W2-a%3Db-d%3E1-1+;pvalue=0.0156;sequence=TTT
            """);
  }
}
