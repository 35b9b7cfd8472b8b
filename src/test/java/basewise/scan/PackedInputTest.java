package basewise.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.genome.BlockOptions;
import basewise.genome.BlockSource;
import basewise.genome.Genome;
import basewise.genome.PackedBlock;
import basewise.genome.PackedSource;
import basewise.genome.SequenceBlock;
import basewise.genome.TwoBitBytes;
import basewise.io.InputException;
import basewise.io.Share;
import basewise.motif.Motif;
import basewise.scan.device.HitDevice;
import basewise.scan.device.PlainDevice;
import basewise.scan.output.HitCounts;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts over packed bases of a 2bit file are those over its codes by the processor. */
class PackedInputTest {
  private static final List<Motif> MOTIFS = ScannerTest.motifs(25);

  @TempDir private Path folder;

  /** Contigs of many lengths, with N and masked runs, and those that begin and end with them. */
  private static Map<String, byte[]> contigs(SplittableRandom random) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (int length : new int[] {1, 7, 4, 8, 5000, 3, 64, 1027, 12, 2049, 6, 900}) {
      byte[] letters = new byte[length];
      for (int i = 0; i < length; i++) {
        letters[i] = (byte) "ACGT".charAt(random.nextInt(4));
      }
      for (int run = 0; run < length / 250; run++) {
        int at = random.nextInt(length);
        int end = Math.min(length, at + 1 + random.nextInt(40));
        if (run % 2 == 0) {
          Arrays.fill(letters, at, end, (byte) 'N');
        } else {
          for (int i = at; i < end; i++) {
            letters[i] |= 32;
          }
        }
      }
      all.put("c" + all.size(), letters);
    }
    all.put("ns", "NNNNNNNNNNNN".getBytes(StandardCharsets.US_ASCII));
    all.put("ends", "NNNACGATTTGACGATGACGATGANNN".getBytes(StandardCharsets.US_ASCII));
    return all;
  }

  private static String table(Scanner scanner, BlockSource source, int stride) {
    HitCounts counts = new HitCounts(scanner.motifs(), true);
    List<Long> told = new ArrayList<>();
    WindowCounts windows;
    try (source) {
      windows =
          stride == 0
              ? scanner.scan(source, counts, 2, b -> {}, 300)
              : scanner.scan(
                  new PackedInput(source.packed().orElseThrow(), stride),
                  counts,
                  3,
                  n -> {
                    synchronized (told) {
                      told.add(n);
                    }
                  },
                  new DeviceSizes(1 + stride % 7, 3, 2, 0));
    }
    if (stride > 0) {
      assertThat(told.stream().mapToLong(n -> n).sum()).isEqualTo(windows.bases());
    }
    return windows.bases() + "\n" + new String(counts.table(windows), StandardCharsets.UTF_8);
  }

  private Path twoBit(String name, Map<String, byte[]> contigs) throws IOException {
    return Files.write(folder.resolve(name), TwoBitBytes.of(contigs, ByteOrder.LITTLE_ENDIAN, 0));
  }

  @Test
  void codesLieAsThePackedBasesDo() throws IOException {
    Map<String, byte[]> contigs = contigs(new SplittableRandom(9));
    String file = twoBit("layout.2bit", contigs).toString();
    List<Interval> places = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(10);
    contigs.forEach((name, letters) -> {
      int start = random.nextInt(letters.length);
      places.add(new Interval(name, start, start + 1 + random.nextInt(letters.length - start)));
    });
    int several = 0;
    try (Genome genome = Genome.open(file)) {
      for (int stride : new int[] {64, 1024}) {
        BlockOptions options = BlockOptions.overlap(12).withSkipMasked(stride == 64);
        for (boolean some : new boolean[] {false, true}) {
          Supplier<BlockSource> source =
              () ->
                  some
                      ? BlockSource.regions(genome, places, options)
                      : BlockSource.of(genome, options);
          PackedSource packed = source.get().packed().orElseThrow();
          BlockSource codes = source.get();
          PackedBlock bits = new PackedBlock(stride);
          SequenceBlock block = SequenceBlock.asPacked(stride);
          while (packed.next(bits)) {
            assertThat(codes.next(block)).isTrue();
            assertThat(block.layout()).isEqualTo(bits.layout());
            assertThat(block.number()).isEqualTo(bits.number());
            assertThat(block.startLimit()).isEqualTo(bits.startLimit());
            assertThat(block.fresh()).isEqualTo(bits.fresh());
            several += block.pieces() > 1 ? 1 : 0;
            byte[] bytes = new byte[stride / 4];
            bits.read(ByteBuffer.wrap(bytes));
            byte[] expected = new byte[stride];
            for (int i = 0; i < stride; i++) {
              int two = bytes[i / 4] >> (6 - 2 * (i % 4)) & 3;
              expected[i] = (byte) "ACGT".indexOf("TCAG".charAt(two));
            }
            for (int i = 0; i < bits.unknowns(); i += 2) {
              Arrays.fill(expected, bits.unknown()[i], bits.unknown()[i + 1], Dna.N);
            }
            // What lies behind its end is no matter.
            byte[] found = Arrays.copyOf(block.codes(), stride);
            Arrays.fill(found, Math.min(stride, block.length()), stride, Dna.N);
            assertThat(found).isEqualTo(expected);
          }
          assertThat(codes.next(block)).isFalse();
        }
      }
    }
    assertThat(several).isGreaterThan(10);
  }

  @Test
  void whatIsKeptPackedServesForHits() throws IOException {
    Map<String, byte[]> contigs = contigs(new SplittableRandom(9));
    String file = twoBit("kept.2bit", contigs).toString();
    Scanner plain = Scanner.open(MOTIFS, ScannerTest.OPTIONS);
    try (Genome genome = Genome.open(file);
        Scanner scanner =
            Scanner.open(
                MOTIFS,
                ScannerTest.OPTIONS,
                m -> List.of(new PlainDevice(m, 1, PlainDevice.Limits.NONE)));
        KeptSequences kept = scanner.keeping(false)) {
      BlockOptions options = BlockOptions.overlap(scanner.overlap());
      HitCounts counts = new HitCounts(scanner.motifs(), true);
      WindowCounts windows =
          scanner.scan(BlockSource.of(genome, options), counts, 2, b -> {}, kept);
      assertThat(kept.size()).isPositive();
      HitCounts expected = new HitCounts(plain.motifs(), true);
      WindowCounts same = plain.scan(BlockSource.of(genome, options), expected, 1, b -> {});
      assertThat(counts.table(windows)).isEqualTo(expected.table(same));
      ScannerTest.Rows rows = new ScannerTest.Rows();
      scanner.scan(BlockSource.of(genome, options), rows, 2, b -> {}, kept);
      assertThat(scanner.work()).contains("on what the device had kept");
      ScannerTest.Rows others = new ScannerTest.Rows();
      plain.scan(BlockSource.of(genome, options), others, 1, b -> {});
      assertThat(rows.all).isEqualTo(others.all).hasSizeGreaterThan(100);
    }
  }

  @Test
  void countsAreThoseOfTheCodes() throws IOException {
    Scanner plain = Scanner.open(MOTIFS, ScannerTest.OPTIONS);
    try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, PackedInputTest::device)) {
      SplittableRandom random = new SplittableRandom(3);
      for (int round = 0; round < 4; round++) {
        ByteOrder order = round % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Path file =
            Files.write(
                folder.resolve(round + ".2bit"), TwoBitBytes.of(contigs(random), order, round / 2));
        for (boolean skip : new boolean[] {false, true}) {
          BlockOptions options = BlockOptions.overlap(plain.overlap()).withSkipMasked(skip);
          Supplier<BlockSource> whole = () -> BlockSource.open(file.toString(), options);
          String expected = table(plain, whole.get(), 0);
          for (int stride : new int[] {1024, 2048, 1 << 14}) {
            assertThat(table(scanner, whole.get(), stride)).isEqualTo(expected);
          }
          HitCounts counts = new HitCounts(scanner.motifs(), true);
          try (BlockSource source = whole.get()) {
            WindowCounts windows = scanner.scan(source, counts, 2, b -> {});
            assertThat(
                    windows.bases()
                        + "\n"
                        + new String(counts.table(windows), StandardCharsets.UTF_8))
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  private static List<HitDevice> device(List<basewise.scan.kernel.OrientedMatrix> matrices) {
    return List.of(new PlainDevice(matrices, 1, PlainDevice.Limits.NONE));
  }

  @Test
  void regionsAndSharesStartAnywhere() throws IOException {
    Scanner plain = Scanner.open(MOTIFS, ScannerTest.OPTIONS);
    SplittableRandom random = new SplittableRandom(4);
    Path file = twoBit("r.2bit", contigs(random));
    BlockOptions options = BlockOptions.overlap(plain.overlap());
    List<Interval> places =
        List.of(
            new Interval("c4", 0, 5000),
            new Interval("c4", 1, 1500),
            new Interval("c4", 2, 31),
            new Interval("c7", 3, 1027),
            new Interval("c9", 5, 6),
            new Interval("c9", 5, 5),
            new Interval("c9", 7, 2049));
    try (Genome genome = Genome.open(file.toString());
        Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, PackedInputTest::device)) {
      Supplier<BlockSource> regions = () -> BlockSource.regions(genome, places, options);
      for (int stride : new int[] {1024, 1 << 14}) {
        assertThat(table(scanner, regions.get(), stride)).isEqualTo(table(plain, regions.get(), 0));
        for (int share = 1; share <= 3; share++) {
          Share part = new Share(share, 3);
          Supplier<BlockSource> some = () -> BlockSource.share(genome, places, part, options);
          assertThat(table(scanner, some.get(), stride)).isEqualTo(table(plain, some.get(), 0));
        }
      }
    }
  }

  @Test
  void aFileCutShortIsRefused() throws IOException {
    byte[] whole = TwoBitBytes.of(contigs(new SplittableRandom(5)), ByteOrder.LITTLE_ENDIAN, 0);
    Path file = Files.write(folder.resolve("cut.2bit"), Arrays.copyOf(whole, whole.length - 3));
    try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, PackedInputTest::device)) {
      BlockOptions options = BlockOptions.overlap(scanner.overlap());
      assertThatThrownBy(() -> table(scanner, BlockSource.open(file.toString(), options), 1024))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("cut short");
    }
  }

  @Test
  void onlyTwoBitIsPacked() {
    assertThat(BlockSource.of(List.of(), 3).packed()).isEmpty();
    PackedSource none = block -> false;
    try (Scanner scanner = Scanner.open(MOTIFS, ScannerTest.OPTIONS, PackedInputTest::device)) {
      HitCounts counts = new HitCounts(scanner.motifs(), true);
      WindowCounts windows =
          scanner.scan(
              new PackedInput(none, 1024), counts, 2, n -> {}, new DeviceSizes(2, 2, 1, 0));
      assertThat(windows.bases()).isZero();
      assertThat(counts.hits()).isZero();
    }
  }
}
