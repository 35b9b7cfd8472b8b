package basewise.scan;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.CudaAvailability;
import basewise.cuda.CudaMissingException;
import basewise.cuda.Emulation;
import basewise.genome.BlockOptions;
import basewise.genome.BlockSource;
import basewise.genome.TwoBitBytes;
import basewise.motif.Motif;
import basewise.scan.device.CudaDevices;
import basewise.scan.output.HitCounts;
import basewise.scan.output.HitHistogram;
import basewise.scan.output.QValues;
import basewise.sequence.Dna;
import basewise.sequence.NamedSequence;
import basewise.sequence.Strand;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole host path of a scan on CUDA over the emulated driver: what it finds is the processor's.
 */
class CudaScanTest {
  private static final List<Motif> MOTIFS = ScannerTest.motifs(20);
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

  private static List<String> found(Scanner scanner, int block, DeviceSizes sizes) {
    ScannerTest.Rows rows = new ScannerTest.Rows();
    BlockSource source = BlockSource.of(SEQUENCES, scanner.overlap());
    scanner.scan(new CodeInput(ScanBlocks.of(source), block), rows, 2, n -> {}, sizes);
    return rows.all;
  }

  @Test
  void hitsAreThoseOfTheDefinition() {
    List<String> expected = expected();
    assertThat(expected).hasSizeGreaterThan(200);
    try (Scanner scanner = scanner()) {
      assertThat(scanner.describe()).contains("emulation").contains("index").contains("sums");
      for (int block : new int[] {60, Scanner.BLOCK}) {
        for (DeviceSizes sizes :
            List.of(new DeviceSizes(3, 4, 2, 100), new DeviceSizes(50, 3, 1, 1))) {
          assertThat(found(scanner, block, sizes))
              .as("blocks of %d, %s", block, sizes)
              .isEqualTo(expected);
        }
      }
      assertThat(scanner.work()).contains("done again for want of room");
    }
  }

  @Test
  void severalDevicesAndSlowCopiesChangeNothing() {
    emulation.reset("devices=3,slow=2000");
    try (Scanner scanner = scanner()) {
      assertThat(scanner.describe()).contains("cuda:2");
      assertThat(found(scanner, 200, new DeviceSizes(4, 5, 2, 40))).isEqualTo(expected());
      // 15 batches for six lanes that are slow.
      assertThat(IntStream.range(0, 3).filter(d -> emulation.count("launch:" + d) > 0).count())
          .isGreaterThan(1);
      assertThat(table(scanner)).isEqualTo(table(Scanner.open(MOTIFS, ScannerTest.OPTIONS)));
    }
  }

  private static String table(Scanner scanner) {
    HitCounts counts = new HitCounts(scanner.motifs(), true);
    BlockSource source = BlockSource.of(SEQUENCES, scanner.overlap());
    WindowCounts windows = scanner.scan(source, counts, 2, b -> {});
    return new String(counts.table(windows), StandardCharsets.UTF_8);
  }

  @Test
  void sumsAreCountedOnTheDevice() {
    Scanner plain = Scanner.open(MOTIFS, ScannerTest.OPTIONS);
    try (Scanner scanner = scanner()) {
      List<List<Double>> q = new ArrayList<>();
      for (Scanner s : List.of(plain, scanner, scanner)) {
        HitHistogram sums = new HitHistogram(s.motifs(), true);
        BlockSource source = BlockSource.of(SEQUENCES, s.overlap());
        QValues values = sums.qvalues(s.scan(source, sums, 2, b -> {}));
        List<Double> all = new ArrayList<>();
        for (int o = 0; o < 2 * MOTIFS.size(); o++) {
          ScanMotif motif = s.motifs().get(o / 2);
          Strand strand = Strand.values()[o % 2];
          for (int t = motif.cutoff(strand); t <= motif.matrix(strand).maximum(); t++) {
            all.add(values.q(o, t));
          }
        }
        q.add(all);
      }
      assertThat(q.get(1)).anyMatch(x -> x < 1).isEqualTo(q.get(0));
      assertThat(q.get(2)).as("again").isEqualTo(q.get(0));
      assertThat(table(scanner)).isEqualTo(table(plain));
    }
  }

  @Test
  void packedBasesGoToTheDeviceAsTheyAre(@TempDir Path folder) throws IOException {
    Map<String, byte[]> contigs = new LinkedHashMap<>();
    for (NamedSequence s : SEQUENCES) {
      byte[] letters = new byte[s.length()];
      for (int i = 0; i < letters.length; i++) {
        letters[i] = (byte) (Dna.letter(s.codes()[i]) | (i / 90 % 4 == 1 ? 32 : 0));
      }
      contigs.put(s.id(), letters);
    }
    Path file =
        Files.write(folder.resolve("s.2bit"), TwoBitBytes.of(contigs, ByteOrder.BIG_ENDIAN, 0));
    Scanner plain = Scanner.open(MOTIFS, ScannerTest.OPTIONS);
    try (Scanner scanner = scanner()) {
      for (boolean skip : new boolean[] {false, true}) {
        BlockOptions options = BlockOptions.overlap(plain.overlap()).withSkipMasked(skip);
        HitCounts expected = new HitCounts(plain.motifs(), true);
        HitCounts counts = new HitCounts(plain.motifs(), true);
        try (BlockSource codes = BlockSource.open(file.toString(), options);
            BlockSource packed = BlockSource.open(file.toString(), options)) {
          WindowCounts windows = plain.scan(codes, expected, 1, b -> {});
          WindowCounts same =
              scanner.scan(
                  new PackedInput(packed.packed().orElseThrow(), 2048),
                  counts,
                  2,
                  b -> {},
                  new DeviceSizes(3, 3, 2, 0));
          assertThat(counts.table(same)).isEqualTo(expected.table(windows));
        }
      }
    }
  }

  /** Every way in which the driver can fail, as early and as late as it can. */
  @Test
  void aFaultIsGotOverOrEndsTheScan() {
    List<String> expected = expected();
    String table = table(Scanner.open(MOTIFS, ScannerTest.OPTIONS));
    int good = 0;
    int ended = 0;
    for (String fault :
        List.of(
            "oom_at=",
            "oom_from=",
            "pinned_oom_at=",
            "launch_at=",
            "copy_at=",
            "lost_at=",
            "launch_refused_at=")) {
      for (int n : new int[] {1, 2, 3, 5, 8, 11, 14, 17, 23, 40}) {
        emulation.reset(fault + n);
        try (Scanner scanner = scanner()) {
          assertThat(found(scanner, 400, new DeviceSizes(8, 3, 2, 500)))
              .as("%s%d", fault, n)
              .isEqualTo(expected);
          assertThat(table(scanner)).as("%s%d", fault, n).isEqualTo(table);
          good++;
        } catch (CudaMissingException e) {
          assertThat(e).as("%s%d", fault, n).hasMessageContaining("cuda:0");
          ended++;
        }
      }
    }
    assertThat(good).isGreaterThan(10);
    assertThat(ended).isGreaterThan(20);
  }

  @Test
  void littleMemoryOnTheDeviceMeansSmallerBatches() {
    List<String> expected = expected();
    long tables;
    try (Scanner scanner = scanner()) {
      assertThat(scanner.motifs()).isNotEmpty();
      tables = emulation.count("bytes");
    }
    List<String> said = new ArrayList<>();
    // A batch of 32 blocks and 2,000 hits is about 62 kB.
    for (int more : new int[] {-1000, 1000, 5000, 15_000, 30_000, 60_000, 90_000, 140_000}) {
      emulation.reset("memory=" + (tables + more));
      try (Scanner scanner = scanner()) {
        assertThat(found(scanner, 400, new DeviceSizes(32, 3, 2, 2000))).isEqualTo(expected);
        said.add(scanner.work());
      } catch (CudaMissingException e) {
        said.add(String.valueOf(e.getMessage()));
      }
    }
    assertThat(said.getFirst()).contains("has not enough memory for the tables");
    assertThat(said).anyMatch(s -> s.contains("not even for one block"));
    assertThat(said).filteredOn(s -> s.contains("halved for want of memory")).hasSizeGreaterThan(1);
    assertThat(said.getLast()).doesNotContain("halved");
  }
}
