package basewise.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.cuda.CudaAvailability;
import basewise.cuda.CudaMissingException;
import basewise.cuda.Emulation;
import basewise.genome.BlockSource;
import basewise.motif.Motif;
import basewise.scan.device.CodeBatch;
import basewise.scan.device.CudaDevices;
import basewise.scan.device.HitDevice;
import basewise.scan.device.HitLane;
import basewise.scan.device.HostBuffer;
import basewise.scan.device.LaneLog;
import basewise.scan.kernel.OrientedMatrix;
import basewise.scan.output.HitHistogram;
import basewise.scan.output.QValues;
import basewise.sequence.Dna;
import basewise.sequence.NamedSequence;
import basewise.sequence.Strand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A scan that takes two passes over the emulated driver: what the device keeps of the first is not
 * sent for the second, and whatever goes wrong with it changes no hit and no q-value.
 */
class CudaKeptTest {
  private static final List<Motif> MOTIFS = ScannerTest.motifs(8);
  private static final List<NamedSequence> SEQUENCES =
      ScannerTest.sequences(new SplittableRandom(13));
  private static final int BLOCK = 400;
  private static final DeviceSizes SIZES = new DeviceSizes(4, 5, 2, 300);

  private static Emulation emulation;
  private static List<String> expected;
  private static List<Double> expectedQ;

  @BeforeAll
  static void start() {
    emulation = Emulation.ofKernels();
    Scanner plain = Scanner.open(MOTIFS, ScannerTest.OPTIONS);
    expected = ScannerTest.definition(plain, SEQUENCES);
    HitHistogram sums = new HitHistogram(plain.motifs(), true);
    WindowCounts windows = plain.scan(BlockSource.of(SEQUENCES, plain.overlap()), sums, 1, b -> {});
    expectedQ = q(plain, sums.qvalues(windows));
    assertThat(expected).hasSizeGreaterThan(80);
    assertThat(expectedQ).anyMatch(q -> q < 1);
  }

  @AfterAll
  static void stop() {
    emulation.close();
  }

  private static Scanner scanner() {
    CudaAvailability.Ready ready = emulation.availability().required();
    try (CudaDevices devices = CudaDevices.start(ready.devices())) {
      return Scanner.open(MOTIFS, ScannerTest.OPTIONS, devices);
    }
  }

  private static CodeInput input(Scanner scanner, List<NamedSequence> sequences) {
    return new CodeInput(ScanBlocks.of(BlockSource.of(sequences, scanner.overlap())), BLOCK);
  }

  private static List<Double> q(Scanner scanner, QValues values) {
    List<Double> all = new ArrayList<>();
    for (int o = 0; o < 2 * MOTIFS.size(); o++) {
      ScanMotif motif = scanner.motifs().get(o / 2);
      Strand strand = Strand.values()[o % 2];
      for (int t = motif.cutoff(strand); t <= motif.matrix(strand).maximum(); t++) {
        all.add(values.q(o, t));
      }
    }
    return all;
  }

  private static void first(Scanner scanner, KeptSequences kept) {
    HitHistogram sums = new HitHistogram(scanner.motifs(), true);
    WindowCounts windows = scanner.scan(input(scanner, SEQUENCES), sums, 2, b -> {}, SIZES, kept);
    assertThat(q(scanner, sums.qvalues(windows))).isEqualTo(expectedQ);
  }

  private static List<String> second(
      Scanner scanner, List<NamedSequence> sequences, DeviceSizes sizes, KeptSequences kept) {
    ScannerTest.Rows rows = new ScannerTest.Rows();
    scanner.scan(input(scanner, sequences), rows, 2, b -> {}, sizes, kept);
    return rows.all;
  }

  /** On how many of three devices kernels were launched. */
  private static long used() {
    return IntStream.range(0, 3).filter(d -> emulation.count("launch:" + d) > 0).count();
  }

  /** How many batches of {@link #SIZES} there are. */
  private static int batches(Scanner scanner) {
    CodeInput blocks = input(scanner, SEQUENCES);
    int n = 0;
    while (blocks.next(scanner.noWindows()) != null) {
      n++;
    }
    return (n + SIZES.blocks() - 1) / SIZES.blocks();
  }

  @Test
  void sequencesAreSentOnce() {
    for (String devices : List.of("devices=1", "devices=1,slow=1000", "devices=3,slow=500")) {
      emulation.reset(devices);
      try (Scanner scanner = scanner()) {
        for (int time = 0; time < 2; time++) {
          try (KeptSequences kept = scanner.keeping(false)) {
            first(scanner, kept);
            assertThat(kept.size()).isEqualTo(batches(scanner)).isGreaterThan(3);
            long sent = emulation.count("up");
            assertThat(second(scanner, SEQUENCES, SIZES, kept)).isEqualTo(expected);
            if (devices.startsWith("devices=3")) {
              assertThat(used()).as("devices that were given batches").isGreaterThan(1);
            }
            if (devices.startsWith("devices=1")) {
              // What is sent is where the blocks of a batch end, again where hits had no room.
              long limits = 4L * SIZES.blocks() * batches(scanner);
              assertThat(emulation.count("up") - sent).isBetween(1L, 3 * limits);
            }
          }
        }
        assertThat(scanner.work()).contains("on what the device had kept");
      }
    }
  }

  @Test
  void blocksInTheMiddleOfAKeptBatchAreFoundThere() {
    emulation.reset("");
    CudaAvailability.Ready ready = emulation.availability().required();
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (ScanMotif m : Scanner.open(MOTIFS, ScannerTest.OPTIONS).motifs()) {
      int id = matrices.size();
      matrices.add(
          new OrientedMatrix(id, m.matrix(Strand.FORWARD).toArray(), m.cutoff(Strand.FORWARD)));
    }
    try (CudaDevices started = CudaDevices.start(ready.devices());
        HitDevice device = started.open(matrices).getFirst();
        HitLane lane = device.lane(new LaneLog());
        CodeBatch batch = new CodeBatch(device, 5, 1000)) {
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 0; i < 5; i++) {
        byte[] codes = ScannerTest.codes(random, 1001);
        codes[1000] = Dna.N;
        batch.put(i, codes, 1001, 1000);
      }
      batch.size(5);
      lane.reserve(5L * batch.stride(), 1000);
      List<long[]> sent = hits(device, lane, batch, 0, 5);
      assertThat(sent).hasSize(5).allMatch(h -> h.length > 2);
      device.beginTally(true);
      batch.kept(lane.keep(batch, 0));
      assertThat(batch.kept()).isNotNull();
      lane.tally(batch, 0, 5);
      long up = emulation.count("up");
      for (int from = 0; from < 5; from++) {
        for (int to = from + 1; to <= 5; to++) {
          assertThat(hits(device, lane, batch, from, to))
              .usingRecursiveComparison()
              .isEqualTo(sent.subList(from, to));
        }
      }
      // Of 15 spans with 35 blocks, only where each block ends.
      assertThat(emulation.count("up") - up).isEqualTo(4 * 35);
      assertThat(lane.giveUpKept()).isTrue();
      assertThat(lane.giveUpKept()).as("again").isFalse();
      assertThat(lane.keep(batch, 0)).as("no more").isNull();
      assertThat(hits(device, lane, batch, 1, 3))
          .as("sent again")
          .usingRecursiveComparison()
          .isEqualTo(sent.subList(1, 3));
      assertThat(emulation.count("up") - up).isEqualTo(4 * 37 + 2 * batch.stride());
      device.restartKeeping();
      assertThat(lane.keep(batch, 0)).as("anew").isNotNull();
    }
  }

  /** The hits of each block, in order. */
  private static List<long[]> hits(
      HitDevice device, HitLane lane, CodeBatch batch, int from, int to) {
    int n = Math.toIntExact(lane.find(batch, from, to));
    int tiles = to - from; // one a block
    int[] first = new int[lane.passes() * tiles];
    int[] count = new int[lane.passes() * tiles];
    List<long[]> all = new ArrayList<>();
    try (HostBuffer found = device.host(8L * Math.max(1, n))) {
      lane.fetch(found, first, count);
      for (int block = 0; block < tiles; block++) {
        LongStream.Builder hits = LongStream.builder();
        for (int at = block; at < count.length; at += tiles) {
          long[] some = new long[count[at]];
          found.get(8L * first[at], some, 0, some.length);
          Arrays.stream(some).forEach(hits::add);
        }
        all.add(hits.build().sorted().toArray());
      }
    }
    return all;
  }

  @Test
  void otherSequencesThanBeforeAreSent() {
    emulation.reset("");
    List<NamedSequence> others = new ArrayList<>(SEQUENCES);
    int longest = 0;
    for (int i = 0; i < others.size(); i++) {
      longest = others.get(i).length() > others.get(longest).length() ? i : longest;
    }
    NamedSequence changed = others.get(longest);
    byte[] codes = changed.codes().clone();
    for (int i = 0; i < codes.length; i += 2) {
      codes[i] = (byte) (codes[i] == Dna.N ? Dna.N : 3 - codes[i]);
    }
    others.set(longest, new NamedSequence(changed.id(), "", codes));
    try (Scanner scanner = scanner();
        KeptSequences kept = scanner.keeping(false)) {
      first(scanner, kept);
      List<String> rows = second(scanner, others, SIZES, kept);
      assertThat(rows)
          .isEqualTo(ScannerTest.definition(Scanner.open(MOTIFS, ScannerTest.OPTIONS), others))
          .isNotEqualTo(expected);
      // Cut otherwise: nothing is known again.
      assertThat(second(scanner, SEQUENCES, new DeviceSizes(3, 4, 1, 300), kept))
          .isEqualTo(expected);
    }
  }

  @Test
  void whatDoesNotFitIsSentAgain() {
    long tables;
    emulation.reset("");
    try (Scanner _ = scanner()) {
      tables = emulation.count("bytes");
    }
    List<Integer> sizes = new ArrayList<>();
    for (int more : new int[] {0, 10_000, 20_000, 40_000, 60_000, 80_000, 120_000, 400_000}) {
      // An eighth of the memory is left free.
      emulation.reset("memory=" + (tables + more) * 8 / 7);
      try (Scanner scanner = scanner();
          KeptSequences kept = scanner.keeping(false)) {
        first(scanner, kept);
        sizes.add(kept.size());
        assertThat(second(scanner, SEQUENCES, SIZES, kept)).isEqualTo(expected);
      }
    }
    assertThat(sizes.getFirst()).isZero();
    assertThat(sizes).contains(batches(Scanner.open(MOTIFS, ScannerTest.OPTIONS)));
    assertThat(sizes).isSorted();
  }

  @Test
  void memoryThatIsWantedForWorkIsGivenUp() {
    emulation.reset("");
    try (Scanner scanner = scanner();
        KeptSequences kept = scanner.keeping(false)) {
      first(scanner, kept);
      assertThat(kept.size()).isGreaterThan(3);
      // Another process takes all but a little.
      emulation.faults("memory=" + (emulation.count("bytes") + 4000));
      assertThat(second(scanner, SEQUENCES, SIZES, kept)).isEqualTo(expected);
      assertThat(scanner.work()).doesNotContain("halved");
      emulation.faults("memory=" + (emulation.count("bytes") + 16_000));
      assertThat(second(scanner, SEQUENCES, SIZES, kept)).isEqualTo(expected);
      assertThat(scanner.work()).contains("halved for want of memory");
      emulation.faults("memory=" + (emulation.count("bytes") + 2000));
      assertThatThrownBy(() -> second(scanner, SEQUENCES, SIZES, kept))
          .isInstanceOf(CudaMissingException.class)
          .hasMessageContaining("not even for one block");
    }
  }

  /** Every way in which the driver can fail, in either pass, on one device or one of two. */
  @ParameterizedTest
  @MethodSource("basewise.cuda.Emulation#everyFault")
  void allHitsOrNone(String fault) {
    int good = 0;
    int ended = 0;
    for (String devices : List.of("devices=1", "devices=2,on=1")) {
      for (int pass : new int[] {1, 2}) {
        for (int n : new int[] {1, 2, 3, 5, 8, 13, 21}) {
          emulation.reset(devices);
          String faults = "%s,%s=%d".formatted(devices, fault, n);
          try (Scanner scanner = scanner();
              KeptSequences kept = scanner.keeping(false)) {
            if (pass == 1) {
              emulation.faults(faults);
            }
            first(scanner, kept);
            if (pass == 2) {
              emulation.faults(faults);
            }
            assertThat(second(scanner, SEQUENCES, SIZES, kept))
                .as("%s in pass %d", faults, pass)
                .isEqualTo(expected);
            good++;
          } catch (CudaMissingException e) {
            assertThat(e).as("%s in pass %d", faults, pass).hasMessageContaining("cuda:");
            ended++;
          }
        }
      }
    }
    assertThat(good + ended).isEqualTo(28);
    if (fault.startsWith("oom_at")) {
      // One allocation that fails is got over, unless it is the one that waits for nothing.
      assertThat(good).isGreaterThan(20);
    } else if (!fault.startsWith("pinned") && !fault.startsWith("oom")) {
      assertThat(ended).isGreaterThan(10);
    }
  }
}
