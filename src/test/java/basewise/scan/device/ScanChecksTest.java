package basewise.scan.device;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.Emulation;
import basewise.cuda.KernelCheck;
import basewise.scan.ScanOptions;
import basewise.scan.Scanner;
import basewise.scan.kernel.OrientedMatrix;
import basewise.motif.MotifLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the self-test holds the scan's kernels to, over the emulated driver. */
class ScanChecksTest {
  @Test
  void kernelsEqualTheirTwins() {
    List<OrientedMatrix> matrices = new ArrayList<>();
    Scanner.open(
            MotifLibrary.at(Path.of("motifs")).resolve("jaspar:insects"),
            ScanOptions.DEFAULTS,
            m -> {
              matrices.addAll(m);
              return List.of();
            })
        .close();
    try (Emulation emulation = Emulation.ofKernels()) {
      List<KernelCheck> checks = ScanChecks.run(emulation.device(), matrices);
      for (KernelCheck check : checks) {
        assertThat(check.first()).as(check.kernel()).isEmpty();
        assertThat(check.compared()).as(check.kernel()).isGreaterThan(100);
      }
      assertThat(checks)
          .extracting(KernelCheck::kernel)
          .contains("encode_codes", "encode_ascii", "encode_2bit, mark_unknown", "scan_hits", "scan_histogram", "index_hits");
    }
  }
}
