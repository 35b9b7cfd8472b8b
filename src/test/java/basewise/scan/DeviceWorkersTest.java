package basewise.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.cuda.CudaMissingException;
import basewise.genome.BlockSource;
import basewise.motif.Motif;
import basewise.scan.device.HitDevice;
import basewise.scan.device.HitDevices;
import basewise.scan.device.PlainDevice;
import basewise.scan.device.PlainDevice.Limits;
import basewise.scan.device.SumTally;
import basewise.scan.output.HitCounts;
import basewise.scan.output.HitHistogram;
import basewise.sequence.NamedSequence;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A scan by devices finds what a scan by the processor finds, whatever the devices have room for.
 */
class DeviceWorkersTest {
  private static final List<Motif> MOTIFS = ScannerTest.motifs(40);
  private static final List<NamedSequence> SEQUENCES =
      ScannerTest.sequences(new SplittableRandom(11));

  private final List<PlainDevice> opened = new ArrayList<>();

  private HitDevices devices(int n, int passes, Limits limits) {
    return matrices -> {
      List<HitDevice> all = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        PlainDevice device = new PlainDevice(matrices, passes, limits);
        opened.add(device);
        all.add(device);
      }
      return all;
    };
  }

  private static List<String> found(Scanner scanner, int threads, int block, DeviceSizes sizes) {
    ScannerTest.Rows rows = new ScannerTest.Rows();
    BlockSource source = BlockSource.of(SEQUENCES, scanner.overlap());
    scanner.scan(new CodeInput(ScanBlocks.of(source), block), rows, threads, n -> {}, sizes);
    return rows.all;
  }

  private static List<String> expected() {
    return ScannerTest.definition(Scanner.open(MOTIFS, ScannerTest.OPTIONS), SEQUENCES);
  }

  @Test
  void neitherDevicesNorBatchesNorThreadsChangeWhatIsFound() {
    List<String> expected = expected();
    assertThat(expected).hasSizeGreaterThan(400);
    for (int n : new int[] {1, 3}) {
      try (Scanner scanner =
          Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(n, n, Limits.NONE))) {
        for (int threads : new int[] {1, 2, 8}) {
          for (int block : new int[] {60, 1000, Scanner.BLOCK}) {
            for (int batch : new int[] {1, 3, 100}) {
              DeviceSizes sizes = new DeviceSizes(batch, 1 + batch % 4, 1 + threads % 2, 1);
              assertThat(found(scanner, threads, block, sizes))
                  .as("%d devices, %d threads, blocks of %d, %s", n, threads, block, sizes)
                  .isEqualTo(expected);
            }
          }
        }
      }
    }
    assertThat(opened).allSatisfy(d -> assertThat(d.open()).isZero());
  }

  @Test
  void theSizesItChoosesWillDo() {
    try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(1, 1, Limits.NONE))) {
      ScannerTest.Rows rows = new ScannerTest.Rows();
      scanner.scan(BlockSource.of(SEQUENCES, scanner.overlap()), rows, 2, n -> {});
      assertThat(rows.all).isEqualTo(expected());
      assertThat(scanner.describe()).isEqualTo("plain loops");
      assertThat(scanner.work()).contains("launches");
    }
  }

  @Test
  void whereEveryWindowIsAHitBlocksAreShorter() {
    List<Motif> motifs = ScannerTest.motifs(60);
    ScanOptions all = ScannerTest.OPTIONS.with(new Threshold.PValue(1));
    byte[] codes = ScannerTest.codes(new SplittableRandom(6), 60_000);
    List<NamedSequence> one = List.of(new NamedSequence("a", "", codes));
    AtomicInteger blocks = new AtomicInteger();
    AtomicLong hits = new AtomicLong();
    HitSink<Integer> sink =
        new HitSink<>() {
          @Override
          public Integer prepare(HitBlock block) {
            blocks.incrementAndGet();
            hits.addAndGet(block.size());
            return 0;
          }

          @Override
          public void write(Integer prepared) {}
        };
    try (Scanner scanner = Scanner.open(motifs, all, devices(1, 1, Limits.NONE))) {
      scanner.scan(BlockSource.of(one, scanner.overlap()), sink, 2, n -> {});
    }
    // 120 strands a base, and about 4 million hits a block.
    assertThat(blocks.get()).isEqualTo(2);
    assertThat(hits.get())
        .isEqualTo(2 * motifs.stream().mapToLong(m -> codes.length - m.width() + 1).sum());
  }

  @Test
  void whatDevicesKeepIsNotSentAgain() {
    for (int n : new int[] {1, 3}) {
      for (long memory : new long[] {Long.MAX_VALUE, 12_000}) {
        DeviceSizes sizes = new DeviceSizes(2, 5, 2, 1);
        Limits limits = new Limits(memory, Integer.MAX_VALUE);
        try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(n, 1, limits));
            KeptSequences kept = scanner.keeping(false)) {
          HitHistogram sums = new HitHistogram(scanner.motifs(), true);
          scanner.scan(input(scanner), sums, 3, b -> {}, sizes, kept);
          ScannerTest.Rows rows = new ScannerTest.Rows();
          scanner.scan(input(scanner), rows, 3, b -> {}, sizes, kept);
          assertThat(rows.all).isEqualTo(expected());
          if (memory == Long.MAX_VALUE) {
            assertThat(kept.size()).isGreaterThan(15);
            assertThat(scanner.work()).contains("on what the device had kept");
          }
        }
      }
    }
  }

  private static CodeInput input(Scanner scanner) {
    return new CodeInput(ScanBlocks.of(BlockSource.of(SEQUENCES, scanner.overlap())), 200);
  }

  @Test
  void preparedSequencesAreNeverOverwritten() {
    PreparedSequences prepared = PreparedSequences.of(SEQUENCES, 30);
    try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(1, 1, Limits.NONE))) {
      for (int i = 0; i < 3; i++) {
        ScannerTest.Rows rows = new ScannerTest.Rows();
        scanner.scan(prepared, rows, 3);
        assertThat(rows.all).isEqualTo(expected());
      }
    }
  }

  @Test
  void hitsWithoutRoomAreFoundAgain() {
    try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(1, 2, Limits.NONE))) {
      assertThat(found(scanner, 2, 100, new DeviceSizes(16, 3, 1, 1))).isEqualTo(expected());
      assertThat(scanner.work()).contains("done again for want of room");
    }
  }

  @Test
  void littleMemoryMeansSmallerBatchesAndFewerLanes() {
    // Blocks of 1,024 codes: 16 at once do not fit, a few do; then hits need memory too.
    for (long memory : new long[] {9000, 5000, 2 * 1024 + 8 * 120}) {
      Limits limits = new Limits(memory, Integer.MAX_VALUE);
      try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(1, 1, limits))) {
        assertThat(found(scanner, 2, 1000, new DeviceSizes(16, 3, 2, 1)))
            .as("%d bytes", memory)
            .isEqualTo(expected());
        assertThat(scanner.work()).contains("halved for want of memory");
        assertThat(counts(scanner)).isEqualTo(counts(expected()));
      }
    }
  }

  @Test
  void withoutMemoryForOneBlockItEnds() {
    Limits limits = new Limits(1000, Integer.MAX_VALUE);
    try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(2, 1, limits))) {
      assertThatThrownBy(() -> found(scanner, 2, 1000, new DeviceSizes(16, 3, 2, 1)))
          .isInstanceOf(CudaMissingException.class)
          .hasMessageContaining("not even for one block");
    }
    assertThat(opened).allSatisfy(d -> assertThat(d.open()).isZero());
  }

  @Test
  void aDeviceThatIsLostEndsTheScan() {
    for (int after : new int[] {0, 1, 5}) {
      Limits limits = new Limits(Long.MAX_VALUE, after);
      try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(2, 1, limits))) {
        assertThatThrownBy(() -> found(scanner, 3, 60, new DeviceSizes(2, 4, 2, 1)))
            .hasMessage("the device is lost");
      }
    }
  }

  @Test
  void aSinkThatFailsEndsTheScan() {
    try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(1, 1, Limits.NONE))) {
      HitSink<String> full =
          new HitSink<>() {
            @Override
            public String prepare(HitBlock hits) {
              return "";
            }

            @Override
            public void write(String prepared) {
              throw new IllegalStateException("full");
            }
          };
      assertThatThrownBy(() ->
              scanner.scan(
                  new CodeInput(ScanBlocks.of(BlockSource.of(SEQUENCES, 30)), 100),
                  full,
                  3,
                  n -> {},
                  new DeviceSizes(2, 3, 2, 1)))
          .hasMessage("full");
    }
  }

  @Test
  void blocksThatWereWrittenBeforeAreSkipped() {
    Scanner plain = Scanner.open(MOTIFS, ScannerTest.OPTIONS);
    try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(1, 1, Limits.NONE))) {
      for (long first : new long[] {1, 7, 40, 1000}) {
        From expected = new From(first);
        plain.scan(BlockSource.of(SEQUENCES, plain.overlap()), expected, 2, n -> {}, 100);
        From rows = new From(first);
        WindowCounts windows =
            scanner.scan(
                new CodeInput(ScanBlocks.of(BlockSource.of(SEQUENCES, plain.overlap())), 100),
                rows,
                3,
                n -> {},
                new DeviceSizes(5, 3, 2, 1));
        assertThat(rows.rows.all).isEqualTo(expected.rows.all);
        assertThat(windows.bases()).isEqualTo(bases());
      }
    }
  }

  private static long bases() {
    return SEQUENCES.stream().mapToLong(NamedSequence::length).sum();
  }

  private record From(long firstBlock, ScannerTest.Rows rows) implements HitSink<List<String>> {
    From(long firstBlock) {
      this(firstBlock, new ScannerTest.Rows());
    }

    @Override
    public List<String> prepare(HitBlock hits) {
      return rows.prepare(hits);
    }

    @Override
    public void write(List<String> prepared) {
      rows.write(prepared);
    }
  }

  @Test
  void whoCountsGetsNoHits() {
    for (int n : new int[] {1, 2}) {
      try (Scanner scanner =
          Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(n, 2, Limits.NONE))) {
        assertThat(counts(scanner)).isEqualTo(counts(expected()));
        assertThat(counts(scanner)).as("again").isEqualTo(counts(expected()));
        HitCounts counted = new HitCounts(scanner.motifs(), true);
        WindowCounts windows =
            scanner.scan(BlockSource.of(SEQUENCES, scanner.overlap()), counted, 2, b -> {});
        Scanner plain = Scanner.open(MOTIFS, ScannerTest.OPTIONS);
        HitCounts other = new HitCounts(plain.motifs(), true);
        WindowCounts same =
            plain.scan(BlockSource.of(SEQUENCES, plain.overlap()), other, 2, b -> {});
        assertThat(counted.table(windows)).isEqualTo(other.table(same));
        assertThat(counted.hits()).isEqualTo(expected().size());
      }
    }
  }

  @Test
  void severalMayCountWithOneScanner() throws Exception {
    try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(2, 1, Limits.NONE));
        ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<TreeMap<String, Long>>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(pool.submit(() -> counts(scanner)));
      }
      for (Future<TreeMap<String, Long>> one : all) {
        assertThat(one.get()).isEqualTo(counts(expected()));
      }
    }
  }

  @Test
  void sumsAreThoseOfTheHits() {
    Scanner plain = Scanner.open(MOTIFS, ScannerTest.OPTIONS);
    try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices(1, 1, Limits.NONE))) {
      List<List<Double>> both =
          Stream.of(plain, scanner)
              .map(s -> {
                HitHistogram sums = new HitHistogram(s.motifs(), true);
                var q =
                    sums.qvalues(
                        s.scan(BlockSource.of(SEQUENCES, s.overlap()), sums, 2, b -> {}, 100));
                List<Double> all = new ArrayList<>();
                for (int m = 0; m < MOTIFS.size(); m++) {
                  for (Strand strand : Strand.values()) {
                    ScanMotif motif = s.motifs().get(m);
                    for (int sum = motif.cutoff(strand);
                        sum <= motif.matrix(strand).maximum();
                        sum++) {
                      all.add(q.q(2 * m + strand.ordinal(), sum));
                    }
                  }
                }
                return all;
              })
              .toList();
      assertThat(both.get(0)).anyMatch(q -> q < 1).isEqualTo(both.get(1));
    }
  }

  /** "oriented sum" and how often. */
  private static TreeMap<String, Long> counts(Scanner scanner) {
    TreeMap<String, Long> counts = new TreeMap<>();
    HitSink<Integer> sink =
        new HitSink<>() {
          @Override
          public @Nullable SumTally tally() {
            return new SumTally() {
              @Override
              public boolean bySum() {
                return true;
              }

              @Override
              public void add(int oriented, int sum, long hits) {
                counts.merge(oriented + " " + sum, hits, Long::sum);
              }
            };
          }

          @Override
          public Integer prepare(HitBlock hits) {
            throw new IllegalStateException("hits came");
          }

          @Override
          public void write(Integer prepared) {
            throw new IllegalStateException("hits came");
          }
        };
    BlockSource source = BlockSource.of(SEQUENCES, scanner.overlap());
    scanner.scan(
        new CodeInput(ScanBlocks.of(source), 1000), sink, 3, n -> {}, new DeviceSizes(4, 2, 2, 0));
    return counts;
  }

  private static TreeMap<String, Long> counts(List<String> rows) {
    TreeMap<String, Long> counts = new TreeMap<>();
    for (String row : rows) {
      String[] f = row.split(" ");
      counts.merge(f[2] + " " + f[3], 1L, Long::sum);
    }
    return counts;
  }
}
