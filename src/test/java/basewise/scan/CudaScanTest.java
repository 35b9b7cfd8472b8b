package basewise.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.cuda.CudaAvailability;
import basewise.cuda.CudaMissingException;
import basewise.cuda.Emulation;
import basewise.genome.BlockOptions;
import basewise.genome.BlockSource;
import basewise.motif.Motif;
import basewise.scan.device.CudaDevices;
import basewise.scan.output.HitCounts;
import basewise.sequence.NamedSequence;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole host path of a scan on CUDA over the emulated driver: what it finds is the processor's. */
class CudaScanTest {
  private static final List<Motif> MOTIFS = ScannerTest.motifs(40);
  private static final List<NamedSequence> SEQUENCES =
      ScannerTest.sequences(new SplittableRandom(11));

  private static Emulation emulation;

  @BeforeAll
  static void start() {
    emulation = Emulation.ofKernels();
  }

  @AfterAll
  static void stop() {
    emulation.close();
  }

  @BeforeEach
  void fresh() {
    emulation.reset("");
  }

  private static Scanner scanner() {
    CudaAvailability.Ready ready = emulation.availability().required();
    try (CudaDevices devices = CudaDevices.start(ready.devices())) {
      return Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices);
    }
  }

  private static List<String> expected() {
    return ScannerTest.definition(Scanner.open(MOTIFS, ScannerTest.OPTIONS), SEQUENCES);
  }

  private static List<String> found(
      Scanner scanner, int threads, int block, DeviceWorkers.Sizes sizes) {
    ScannerTest.Rows rows = new ScannerTest.Rows();
    BlockSource source = BlockSource.of(SEQUENCES, scanner.overlap());
    scanner.scan(new CodeInput(ScanBlocks.of(source), block), rows, threads, n -> {}, sizes);
    return rows.all;
  }

  @Test
  void hitsAreThoseOfTheDefinition() {
    try (Scanner scanner = scanner()) {
      for (int block : new int[] {60, 1000, Scanner.BLOCK}) {
        for (DeviceWorkers.Sizes sizes :
            List.of(
                new DeviceWorkers.Sizes(1, 2, 1, 1),
                new DeviceWorkers.Sizes(3, 4, 2, 100),
                new DeviceWorkers.Sizes(50, 3, 2, 10000))) {
          assertThat(found(scanner, 3, block, sizes))
              .as("blocks of %d, %s", block, sizes)
              .isEqualTo(expected());
        }
      }
      System.err.println(scanner.describe() + "\n" + scanner.work());
    }
  }
}
