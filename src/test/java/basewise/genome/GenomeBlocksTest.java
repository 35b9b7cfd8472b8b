package basewise.genome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import basewise.sequence.NamedSequence;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Genomes, regions of them and several files, block by block, against whole sequences. */
class GenomeBlocksTest {
  @TempDir private Path folder;

  @Test
  void twoBitIsTheSameInBothByteOrdersAndAllBlocks() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Path file = folder.resolve("r.2bit");
    for (int round = 0; round < 24; round++) {
      Map<String, byte[]> contigs = randomContigs(random);
      ByteOrder order = round % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      Files.write(file, TwoBitBytes.of(contigs, order, round / 2 % 2));
      for (boolean skip : new boolean[] {false, true}) {
        List<NamedSequence> whole = sequences(contigs, skip);
        for (int[] size : new int[][] {{50, 20}, {51, 0}, {33, 31}, {1000, 7}}) {
          BlockOptions options = BlockOptions.overlap(size[1]).withSkipMasked(skip);
          try (BlockSource source = BlockSource.open(file.toString(), options)) {
            assertThat(source.contigs().orElseThrow())
                .isEqualTo(whole.stream().map(s -> new Contig(s.id(), s.length())).toList());
            assertThat(source.bases())
                .isEqualTo(whole.stream().mapToLong(NamedSequence::length).sum());
            assertThat(Blocks.pieces(source, size[0]))
                .isEqualTo(Blocks.pieces(BlockSource.of(whole, size[1]), size[0]));
          }
        }
      }
    }
  }

  @Test
  void aTwoBitFileCutAnywhereIsRefused() throws IOException {
    Map<String, byte[]> contigs = new LinkedHashMap<>();
    contigs.put("a", letters("ACGTNNNNacgtacgtTTTTT"));
    contigs.put("bc", letters("ACGTNNNNacgtacgtTTTTTA"));
    byte[] whole = TwoBitBytes.of(contigs, ByteOrder.LITTLE_ENDIAN, 0);
    for (int n = 4; n < whole.length; n++) {
      Path file = Files.write(folder.resolve("cut.2bit"), Arrays.copyOf(whole, n));
      assertThatThrownBy(
              () -> {
                try (BlockSource s = BlockSource.open(file.toString(), BlockOptions.overlap(3))) {
                  Blocks.pieces(s, 100);
                }
              })
          .as("cut at %d", n)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("cut.2bit: the 2bit file is cut short");
    }
  }

  @Test
  void anIndexedFastaGivesTheCodesOfItsLetters() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder(">a\r\n");
    for (int i = 0; i < 2000; i++) {
      text.append("ACGTACGTacgtNRu".charAt(random.nextInt(i < 1000 ? 15 : 8)));
      text.append(i % 37 == 36 ? "\r\n" : "");
    }
    Path file = Files.writeString(folder.resolve("x.fa"), text);
    try (Genome genome = Genome.open(file.toString())) {
      assertThat(genome).isInstanceOf(FastaGenome.class);
      for (int i = 0; i < 500; i++) {
        int start = random.nextInt(2001);
        Interval place = new Interval("a", start, start + random.nextInt(2001 - start));
        for (boolean skip : new boolean[] {false, true}) {
          byte[] codes = new byte[place.length() + 7];
          genome.codes(place, skip, codes, 5);
          String letters = new String(genome.letters(place), StandardCharsets.US_ASCII);
          byte[] expected = Dna.encode(skip ? letters.replaceAll("[a-z]", "N") : letters);
          assertThat(Arrays.copyOfRange(codes, 5, 5 + expected.length)).isEqualTo(expected);
          assertThat(codes[expected.length + 6]).isZero(); // nothing behind is touched
        }
      }
    }
  }

  @Test
  void anEmptyTwoBitFileIsRefused() throws IOException {
    Path file = folder.resolve("none.2bit");
    Files.write(file, TwoBitBytes.of(Map.of(), ByteOrder.LITTLE_ENDIAN, 0));
    assertThatThrownBy(() -> readAll(List.of(file.toString())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none.2bit: is empty (give a genome)");
  }

  @Test
  void regionsAreNumberedAndHaveTheirPlaces() {
    MemoryGenome genome =
        MemoryGenome.of(
            "toy",
            List.of(
                new NamedSequence("a", "", Dna.encode("ACGTACGTAA")),
                new NamedSequence("b", "", Dna.encode("GGNCC"))));
    List<Interval> regions =
        List.of(
            new Interval("b", 1, 4),
            new Interval("a", 2, 10),
            new Interval("a", 5, 5),
            new Interval("a", 0, 3));
    try (BlockSource source = BlockSource.regions(genome, regions, BlockOptions.overlap(2))) {
      assertThat(source.bases()).isEqualTo(14);
      // 10 places: GNC. and 6 of the second region's 8 bases; its last 2 again, and so on.
      assertThat(Blocks.pieces(source, 10))
          .containsExactly(
              "0 b 0 1 true GNC",
              "0 a 1 2 false GTACG",
              "1 a 1 5 true CGTAA",
              "1 a 2 5 true ",
              "2 a 3 0 true ACG");
      assertThat(source.contigs()).contains(genome.contigs());
    }
    assertThatThrownBy(() ->
            BlockSource.regions(genome, List.of(new Interval("b", 1, 6)), BlockOptions.overlap(2)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("past the end of b (5)");
  }

  @Test
  void regionsOfABedFileAreThoseOfTheGenome() throws IOException {
    try (Genome genome =
        Genome.open(Files.writeString(folder.resolve("g.fa"), ">a\nACGTACGT\n").toString())) {
      Path bed = Files.writeString(folder.resolve("r.bed"), "# c\na\t1\t3\na\t4\t8\tx\n");
      assertThat(Regions.read(bed.toString(), genome))
          .containsExactly(new Interval("a", 1, 3), new Interval("a", 4, 8));
      Path other = Files.writeString(folder.resolve("o.bed"), "a\t1\t3\na\t4\t9\n");
      assertThatThrownBy(() -> Regions.read(other.toString(), genome))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(other + ":2: ends at 9, past the end of a (8)");
    }
  }

  /** As {@code bedtools merge} on sorted regions, by hand. */
  @Test
  void regionsThatOverlapOrTouchBecomeOne() {
    MemoryGenome genome =
        MemoryGenome.of(
            "toy",
            List.of(
                new NamedSequence("z", "", new byte[100]),
                new NamedSequence("a", "", new byte[100])));
    assertThat(
            Regions.merged(
                List.of(
                    new Interval("a", 50, 60),
                    new Interval("a", 0, 10),
                    new Interval("a", 55, 58),
                    new Interval("z", 5, 9),
                    new Interval("a", 60, 70),
                    new Interval("a", 20, 20),
                    new Interval("z", 8, 12)),
                genome))
        .containsExactly(
            new Interval("z", 5, 12), new Interval("a", 0, 10), new Interval("a", 50, 70));
  }

  @Test
  void severalFilesOfAnyKindAreReadAsOne() throws IOException {
    Path one = Files.writeString(folder.resolve("one.fa"), ">a\nACGTACGTACGT\n>b\nGG\n");
    Path two = folder.resolve("two.2bit");
    Files.write(two, TwoBitBytes.of(Map.of("c", letters("TTTTTNA")), ByteOrder.BIG_ENDIAN, 0));
    Path three = Files.writeString(folder.resolve("three.fa"), ">d\n>e\nAC\n");
    List<String> names = List.of(one.toString(), two.toString(), three.toString());
    try (BlockSource source = BlockSource.open(names, BlockOptions.overlap(3))) {
      assertThat(source.contigs()).isEmpty();
      assertThat(Blocks.pieces(source, 10))
          .containsExactly(
              "0 a 0 0 false ACGTACGTA",
              "1 a 0 6 true GTACGT",
              "1 b 1 0 true GG",
              "2 c 2 0 true TTTTTNA",
              "3 d 3 0 true ",
              "3 e 4 0 true AC");
      assertThat(source.contigs().orElseThrow())
          .containsExactly(
              new Contig("a", 12),
              new Contig("b", 2),
              new Contig("c", 7),
              new Contig("d", 0),
              new Contig("e", 2));
    }
    Path again = Files.writeString(folder.resolve("again.fa"), ">x\nAC\n>b\nAC\n");
    assertThatThrownBy(() -> readAll(List.of(one.toString(), again.toString())))
        .isInstanceOf(InputException.class)
        .hasMessage(
            again
                + ":3: a second contig is called 'b': the first is in "
                + one
                + " (rename one of them)");
    assertThatThrownBy(() -> readAll(List.of(one.toString(), folder.resolve("no.fa").toString())))
        .hasMessageContaining("no.fa: no such file");
    assertThatThrownBy(() -> readAll(List.of("-", one.toString(), "-")))
        .hasMessageContaining("is named twice");
  }

  @Test
  void aSecondNameIsFoundAmongThousands() {
    SplittableRandom random = new SplittableRandom(6);
    Ledger ledger = new Ledger(true);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String name = i % 2 == 0 ? "chr1:" + 500 * i : Long.toString(random.nextLong(), 36);
      assertThat(ledger.begin(name, i < 9_000 ? "one" : "two", i)).isEqualTo(i);
      names.add(name);
    }
    for (int i = 0; i < names.size(); i += 7) {
      String name = names.get(i);
      String first = i < 9_000 ? "one" : "two";
      assertThatThrownBy(() -> ledger.begin(name, "three", 5))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "a second contig is called '" + name + "': the first is in " + first);
    }
  }

  @Test
  void threadsTakeTheSameBlocks() throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    Map<String, byte[]> contigs = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      byte[] bases = new byte[random.nextInt(3000)];
      for (int j = 0; j < bases.length; j++) {
        bases[j] = (byte) "ACGTN".charAt(random.nextInt(5));
      }
      contigs.put("c" + i, bases);
    }
    Path twoBit = folder.resolve("t.2bit");
    Files.write(twoBit, TwoBitBytes.of(contigs, ByteOrder.LITTLE_ENDIAN, 0));
    Path fasta = folder.resolve("t.fa");
    StringBuilder text = new StringBuilder();
    contigs.forEach((name, b) ->
        text.append('>')
            .append(name)
            .append('\n')
            .append(new String(b, StandardCharsets.US_ASCII))
            .append('\n'));
    Files.writeString(fasta, text);
    Path other = Files.writeString(folder.resolve("o.fa"), ">o\nACGTTT\n");
    for (Path file : List.of(twoBit, fasta)) {
      List<String> names = List.of(file.toString(), other.toString());
      List<String> alone = new ArrayList<>();
      try (BlockSource source = BlockSource.open(names, BlockOptions.overlap(9))) {
        alone.addAll(Blocks.pieces(source, 100));
      }
      List<String> together = java.util.Collections.synchronizedList(new ArrayList<>());
      try (BlockSource source = BlockSource.open(names, BlockOptions.overlap(9))) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          threads.add(Thread.ofPlatform().start(() -> take(source, together)));
        }
        for (Thread t : threads) {
          t.join();
        }
      }
      assertThat(together).containsExactlyInAnyOrderElementsOf(alone);
    }
  }

  private static void take(BlockSource source, List<String> to) {
    SequenceBlock block = new SequenceBlock(100);
    while (source.next(block)) {
      for (int p = 0; p < block.pieces(); p++) {
        to.add(Blocks.piece(block, p));
      }
    }
  }

  @Test
  void anIndexTellsTheContigsButTheTextMustAgree() throws IOException {
    Path fasta = Files.writeString(folder.resolve("i.fa"), ">a\nACGT\n>b\nGG\n");
    Path fai = Files.writeString(folder.resolve("i.fa.fai"), "a\t4\t3\t4\t5\nb\t2\t11\t2\t3\n");
    try (BlockSource source = BlockSource.open(fasta.toString(), BlockOptions.overlap(2))) {
      assertThat(source.bases()).isEqualTo(6);
      assertThat(source.contigs().orElseThrow())
          .containsExactly(new Contig("a", 4), new Contig("b", 2));
      assertThat(Blocks.pieces(source, 100)).hasSize(2);
    }
    for (String wrong : List.of("a\t4\t3\t4\t5\n", "a\t5\t3\t5\t6\nb\t2\t11\t2\t3\n")) {
      Files.writeString(fai, wrong);
      try (BlockSource source = BlockSource.open(fasta.toString(), BlockOptions.overlap(2))) {
        assertThat(Blocks.pieces(source, 100)).hasSize(2); // nobody asked the index
      }
      try (BlockSource source = BlockSource.open(fasta.toString(), BlockOptions.overlap(2))) {
        assertThat(source.contigs()).isPresent();
        assertThatThrownBy(() -> Blocks.pieces(source, 100))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("the .fai index is not of this FASTA");
      }
    }
    Files.setLastModifiedTime(fai, FileTime.fromMillis(1_000_000));
    try (BlockSource source = BlockSource.open(fasta.toString(), BlockOptions.overlap(2))) {
      assertThat(source.contigs()).isEmpty();
      assertThat(source.bases()).isEqualTo(-1);
    }
  }

  private static void readAll(List<String> names) {
    try (BlockSource source = BlockSource.open(names, BlockOptions.overlap(3))) {
      Blocks.pieces(source, 100);
    }
  }

  private static byte[] letters(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static List<NamedSequence> sequences(Map<String, byte[]> contigs, boolean skipMasked) {
    return contigs.entrySet().stream()
        .map(e -> {
          String text = new String(e.getValue(), StandardCharsets.US_ASCII);
          String read = skipMasked ? text.replaceAll("[a-z]", "N") : text;
          return new NamedSequence(e.getKey(), "", Dna.encode(read));
        })
        .toList();
  }

  private static Map<String, byte[]> randomContigs(SplittableRandom random) {
    Map<String, byte[]> contigs = new LinkedHashMap<>();
    int n = 1 + random.nextInt(8);
    for (int c = 0; c < n; c++) {
      byte[] bases = new byte[random.nextInt(3) == 0 ? random.nextInt(6) : random.nextInt(500)];
      String letters = "ACGT";
      for (int i = 0; i < bases.length; i++) {
        if (random.nextInt(25) == 0) {
          letters = List.of("ACGT", "acgt", "N", "n", "ACGTNacgtn").get(random.nextInt(5));
        }
        bases[i] = (byte) letters.charAt(random.nextInt(letters.length()));
      }
      contigs.put("contig" + c, bases);
    }
    return contigs;
  }
}
