package basewise.scan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.motif.MotifLibrary;
import basewise.scan.ScanMotif;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.kernel.EmulatedScan.Shape;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The vertebrate motifs of JASPAR as a device scans them, emulated: as the definition has it. */
class DeviceJasparTest {
  private static List<OrientedMatrix> matrices() {
    Scanner scanner =
        Scanner.open(
            MotifLibrary.installed().resolve("jaspar", "vertebrates"), ScanOptions.DEFAULTS);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int m = 0; m < scanner.motifs().size(); m++) {
      ScanMotif motif = scanner.motifs().get(m);
      for (Strand s : Strand.values()) {
        int[][] cells = motif.matrix(s).toArray();
        matrices.add(new OrientedMatrix(2 * m + s.ordinal(), cells, motif.cutoff(s)));
      }
    }
    return matrices;
  }

  @Test
  void hitsOfAThousandMotifs() {
    List<OrientedMatrix> matrices = matrices();
    List<DeviceTables> tables = DeviceTables.plan(matrices);
    assertThat(tables.getFirst().describe()).contains("by an index of 10 bases");
    assertThat(tables.getLast().describe()).contains("by sums of every window");
    SplittableRandom random = new SplittableRandom(31);
    byte[] codes = HitKernelContract.codes(random, 2600, 0.001);
    Arrays.fill(codes, 700, 800, (byte) 4);
    // Where zinc fingers hit by the dozen.
    for (int i = 1000; i < 1100; i++) {
      codes[i] = (byte) (i % 7 == 0 ? 3 : 2);
    }
    HitKernelContract.same(
        new EmulatedScan(tables, Shape.USUAL), matrices, codes, codes.length - 30);
  }
}
