package basewise.scan;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.CudaAvailability;
import basewise.cuda.CudaMissingException;
import basewise.cuda.Emulation;
import basewise.genome.BlockSource;
import basewise.motif.Motif;
import basewise.scan.device.CudaDevices;
import basewise.scan.output.HitCounts;
import basewise.sequence.NamedSequence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scans over two emulated devices, in many small batches on two lanes each, one of which fails at
 * one place: what is found is all there is, or the scan ends as having no device.
 */
class CudaScanFaultsTest {
  private static final List<Motif> MOTIFS = ScannerTest.motifs(6);
  private static final List<NamedSequence> SEQUENCES =
      ScannerTest.sequences(new SplittableRandom(12));
  private static final DeviceSizes SMALL = new DeviceSizes(4, 5, 2, 40);

  private static List<String> rows(Scanner scanner, boolean devices) {
    ScannerTest.Rows rows = new ScannerTest.Rows();
    BlockSource source = BlockSource.of(SEQUENCES, scanner.overlap());
    if (devices) {
      scanner.scan(new CodeInput(ScanBlocks.of(source), 200), rows, 2, n -> {}, SMALL);
    } else {
      scanner.scan(source, rows, 2, n -> {});
    }
    return rows.all;
  }

  private static String counts(Scanner scanner, boolean devices) {
    HitCounts counts = new HitCounts(scanner.motifs(), true);
    BlockSource source = BlockSource.of(SEQUENCES, scanner.overlap());
    WindowCounts windows =
        devices
            ? scanner.scan(new CodeInput(ScanBlocks.of(source), 200), counts, 2, n -> {}, SMALL)
            : scanner.scan(source, counts, 2, n -> {});
    return new String(counts.table(windows), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("basewise.cuda.Emulation#everyFault")
  void allHitsOrNone(String fault) {
    Scanner cpu = Scanner.open(MOTIFS, ScannerTest.OPTIONS);
    List<String> expected = rows(cpu, false);
    String table = counts(cpu, false);
    int met = 0;
    int ended = 0;
    try (Emulation emulation = Emulation.ofKernels()) {
      for (int n : new int[] {1, 2, 5, 11, 17, 23, 31, 47, 71}) {
        for (boolean count : new boolean[] {false, true}) {
          String faults = "devices=2,on=1,slow=200,%s=%d".formatted(fault, n);
          emulation.reset(faults);
          CudaAvailability.Ready ready = emulation.availability().required();
          try (CudaDevices started = CudaDevices.start(ready.devices());
              Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, started)) {
            if (count) {
              assertThat(counts(scanner, true)).as(faults).isEqualTo(table);
            } else {
              assertThat(rows(scanner, true)).as(faults).isEqualTo(expected);
            }
          } catch (CudaMissingException e) {
            ended++;
          }
          met += emulation.count(fault.replaceFirst("_(at|from)$", "#")) >= n ? 1 : 0;
        }
      }
    }
    assertThat(met).isGreaterThan(3);
    // A lane that gets no memory of the host leaves its work to the others.
    assertThat(ended > 0).isEqualTo(!fault.equals("pinned_oom_at"));
  }
}
