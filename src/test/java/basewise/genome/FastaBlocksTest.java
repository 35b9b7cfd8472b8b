package basewise.genome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import basewise.sequence.Dna;
import basewise.sequence.NamedSequence;
import htsjdk.samtools.util.BlockCompressedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FASTA as a stream against {@link FastaReader} and {@link MemoryBlocks}, the plain way. */
class FastaBlocksTest {
  private static final String[] ENDS = {"\n", "\r\n", "\r"};

  @TempDir private Path folder;

  @Test
  void blocksAreThoseOfTheSequencesReadWhole() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 60; round++) {
      byte[] text = randomFasta(random, ENDS[round % 3]).getBytes(StandardCharsets.US_ASCII);
      Path plain = Files.write(folder.resolve("r.fa"), text);
      Path gzip = Files.write(folder.resolve("r.fa.gz"), gzip(text));
      Path bgzip = Files.write(folder.resolve("r.fa.bgz"), bgzip(text));
      List<NamedSequence> whole = FastaReader.readAll(plain.toString());
      for (int[] size :
          new int[][] {{50, 20}, {51, 0}, {64, 31}, {33, 31}, {1000, 7}, {1 << 16, 59}}) {
        List<String> expected = Blocks.pieces(BlockSource.of(whole, size[1]), size[0]);
        BlockOptions options = BlockOptions.overlap(size[1]);
        for (Path file : List.of(plain, gzip, bgzip)) {
          try (BlockSource source = BlockSource.open(file.toString(), options)) {
            assertThat(Blocks.pieces(source, size[0])).as("%s %d", file, round).isEqualTo(expected);
            assertThat(source.contigs().orElseThrow())
                .isEqualTo(whole.stream().map(s -> new Contig(s.id(), s.length())).toList());
          }
        }
      }
    }
  }

  @Test
  void readsOfAnySizeGiveTheSameBlocks() {
    SplittableRandom random = new SplittableRandom(5);
    String text = randomFasta(random, "\r\n");
    List<String> expected = stream(text, 1 << 20);
    for (int most : new int[] {1, 2, 3, 7, 8, 9, 64}) {
      assertThat(stream(text, most)).isEqualTo(expected);
    }
  }

  private static List<String> stream(String text, int most) {
    InputStream in =
        new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
          @Override
          public synchronized int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(len, most));
          }
        };
    BlockOptions options = BlockOptions.overlap(20);
    try (BlockSource source = new FastaBlocks("t", in, () -> 0, options, new Ledger(true), null)) {
      return Blocks.pieces(source, 100);
    }
  }

  @Test
  void maskedBasesBecomeNIfAskedTo() throws IOException {
    SplittableRandom random = new SplittableRandom(6);
    String text = randomFasta(random, "\n");
    Path file = Files.writeString(folder.resolve("m.fa"), text);
    // Headers are the only other place with lower-case letters; they stay.
    StringBuilder upper = new StringBuilder();
    for (String line : text.split("\n")) {
      upper.append(line.startsWith(">") ? line : line.replaceAll("[a-z]", "N")).append('\n');
    }
    Path masked = Files.writeString(folder.resolve("n.fa"), upper);
    BlockOptions options = BlockOptions.overlap(9);
    try (BlockSource a = BlockSource.open(file.toString(), options.withSkipMasked(true));
        BlockSource b = BlockSource.open(masked.toString(), options)) {
      assertThat(Blocks.pieces(a, 200)).isEqualTo(Blocks.pieces(b, 200));
    }
  }

  @Test
  void allBytesAreReadAsTheTableOfLettersSays() {
    for (int b = 0; b < 256; b++) {
      if (b == '\n' || b == '\r') {
        continue;
      }
      for (int place = 0; place < 9; place++) {
        byte[] text = ">a\nACGTACGTACGTACGTACGTACGT\n".getBytes(StandardCharsets.US_ASCII);
        text[4 + place] = (byte) b;
        InputStream in = new ByteArrayInputStream(text);
        FastaBlocks source =
            new FastaBlocks("t", in, () -> 0, BlockOptions.overlap(3), new Ledger(true), null);
        byte code = Letters.CODES[b];
        if (code == Letters.WRONG) {
          assertThatThrownBy(() -> Blocks.pieces(source, 100))
              .isInstanceOf(InputException.class)
              .hasMessageStartingWith("t:2: ");
        } else {
          String bases = "ACGTACGTACGTACGTACGTACGT";
          String one = code == Letters.BLANK ? "" : "" + Dna.letter(code);
          String expected = bases.substring(0, place + 1) + one + bases.substring(place + 2);
          assertThat(Blocks.pieces(source, 100)).containsExactly("0 a 0 0 true " + expected);
        }
      }
    }
  }

  @Test
  void mistakesSayTheirLine() throws IOException {
    refused(">a\nACGT\n>b\nAC\n>a\nGG\n", ":5: a second contig is called 'a' (rename one of them)");
    refused(">p\nMKVLAAGE\n", ":2: 'L' cannot stand in DNA (is this protein, or not FASTA?)");
    refused(">p\r\nAC\r\n\r\nAC\nACGTACGTACGT!\n", ":5: '!' cannot stand in DNA");
    refused(">p\rAC\r\rA>\r", ":4: '>' cannot stand in DNA");
    refused("hello\n", ":1: expected a FASTA header that starts with '>' (is this FASTA?)");
    refused("\n;c\n >a\nACGT\n", ":3: expected a FASTA header");
    refused("@read\nACGT\n+\nIIII\n", ":1: expected a FASTA header");
    refused("", ": is empty (give a genome)");
    refused("\n; only a comment\n", ": is empty (give a genome)");
    Path utf16 = folder.resolve("utf16.fa");
    Files.write(utf16, ">a\nACGT\n".getBytes(StandardCharsets.UTF_16));
    refused(utf16, "is UTF-16 text");
    refused(folder, "is a folder");
    refused(folder.resolve("none.fa"), "no such file");
    refused(Files.writeString(folder.resolve("x.2bit"), ">a\nACGTACGTACGTACGT\n"), "the signature");
    refused(Files.writeString(folder.resolve("x.bz2"), "BZh91AY"), "is compressed with bzip2");
  }

  @Test
  void aByteOrderMarkIsSkipped() throws IOException {
    Path file = Files.writeString(folder.resolve("bom.fa"), "\ufeff>a\nACGT\n");
    assertThat(read(file)).containsExactly("0 a 0 0 true ACGT");
  }

  @Test
  void namesAreThoseOfFastaReader() throws IOException {
    StringBuilder text = new StringBuilder();
    String[] names = {
      "a b",
      " b c",
      "\tc\td",
      "",
      "  ",
      "d",
      "d\u00e9j\u00e0 vu",
      "x \u00e9",
      "e\u2003f",
      "\u2003g h",
      "k\u001cl",
      "m\u000bn",
      "\u00e9",
      "o\u00a0p"
    };
    for (String name : names) {
      text.append('>').append(name).append("\nACGT\n");
    }
    Path file = Files.writeString(folder.resolve("names.fa"), text);
    List<String> expected =
        FastaReader.readAll(file.toString()).stream().map(NamedSequence::id).toList();
    assertThat(expected).contains("a", "b", "seq4", "d\u00e9j\u00e0", "x", "e");
    try (BlockSource source = BlockSource.open(file.toString(), BlockOptions.overlap(3))) {
      Blocks.pieces(source, 1000);
      assertThat(source.contigs().orElseThrow().stream().map(Contig::name)).isEqualTo(expected);
    }
  }

  @Test
  void thePartReadGoesFromNothingToAll() throws IOException {
    byte[] text = (">a\n" + "ACGT".repeat(500_000)).getBytes(StandardCharsets.US_ASCII);
    Path plain = Files.write(folder.resolve("p.fa"), text);
    Path gzip = Files.write(folder.resolve("p.fa.gz"), gzip(text));
    Path other = Files.writeString(folder.resolve("q.fa"), ">b\n" + "ACGT".repeat(500_000));
    for (List<Path> files : List.of(List.of(plain), List.of(gzip), List.of(plain, other))) {
      SequenceBlock block = new SequenceBlock(1 << 16);
      double last = 0;
      int steps = 0;
      List<String> names = files.stream().map(Path::toString).toList();
      try (BlockSource source = BlockSource.open(names, BlockOptions.overlap(9))) {
        while (source.next(block)) {
          assertThat(source.part()).isBetween(last, 1.0);
          steps += source.part() > last ? 1 : 0;
          last = source.part();
        }
        assertThat(source.part()).isEqualTo(1);
      }
      assertThat(steps).isGreaterThan(files.contains(gzip) ? 0 : 5);
    }
  }

  @Test
  void twoContigsOfOneNameMayBeAllowed() throws IOException {
    Path file = Files.writeString(folder.resolve("two.fa"), ">a\nACGT\n>a\nGG\n");
    BlockOptions options = BlockOptions.overlap(3).withDistinctNames(false);
    try (BlockSource source = BlockSource.open(file.toString(), options)) {
      assertThat(Blocks.pieces(source, 100))
          .containsExactly("0 a 0 0 true ACGT", "0 a 1 0 true GG");
    }
  }

  @Test
  void gzipCutAnywhereIsRefused() throws IOException {
    byte[] text = randomFasta(new SplittableRandom(7), "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] half = Arrays.copyOf(text, text.length / 2);
    byte[] rest = Arrays.copyOfRange(text, half.length, text.length);
    for (byte[] whole : List.of(gzip(text), bgzip(text), bgzipOfManyBlocks(text))) {
      for (int n = 1; n < whole.length; n += n < 60 || n > whole.length - 60 ? 1 : 37) {
        Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, n));
        if (n == 1) {
          refused(file, "expected a FASTA header");
        } else {
          refused(file, "the gzip data is truncated or damaged: it ");
        }
      }
    }
    // Two members: every cut but the one between them is refused.
    byte[] first = gzip(half);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(gzip(rest));
    Path file = Files.write(folder.resolve("both.gz"), both.toByteArray());
    Path plain = Files.write(folder.resolve("both.fa"), text);
    assertThat(read(file)).isEqualTo(read(plain));
    for (int n = first.length - 9; n < first.length + 20; n++) {
      if (n != first.length) {
        refused(
            Files.write(folder.resolve("cut.gz"), Arrays.copyOf(both.toByteArray(), n)),
            "the gzip data is truncated or damaged");
      }
    }
  }

  @Test
  void aWrongBitInGzipIsNotedWhereverItIs() throws IOException {
    byte[] text = randomFasta(new SplittableRandom(8), "\n").getBytes(StandardCharsets.US_ASCII);
    Path plain = Files.write(folder.resolve("bit.fa"), text);
    List<String> expected = read(plain);
    for (byte[] whole : List.of(gzip(text), bgzipOfManyBlocks(text))) {
      for (int i = 0; i < whole.length; i += i < 40 ? 1 : 29) {
        byte[] wrong = whole.clone();
        wrong[i] ^= (byte) (1 << i % 8);
        Path file = Files.write(folder.resolve("bit.gz"), wrong);
        try {
          assertThat(read(file)).as("byte %d", i).isEqualTo(expected); // time, system, ...
        } catch (InputException e) {
          assertThat(e).hasMessageContaining("bit.gz");
        }
      }
    }
  }

  @Test
  void zerosAfterGzipAreTapeAndOtherBytesAreNot() throws IOException {
    byte[] gzip = gzip(">a\nACGT\n".getBytes(StandardCharsets.US_ASCII));
    Path file = Files.write(folder.resolve("t.gz"), Arrays.copyOf(gzip, gzip.length + 500));
    assertThat(read(file)).containsExactly("0 a 0 0 true ACGT");
    byte[] more = Arrays.copyOf(gzip, gzip.length + 1);
    more[gzip.length] = 'x';
    refused(Files.write(file, more), "what follows is no gzip at byte " + (gzip.length + 1));
  }

  @Test
  void aLineOfTenMillionBasesIsOneContig() throws IOException {
    SplittableRandom random = new SplittableRandom(9);
    byte[] text = new byte[10_000_000];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) "ACGT".charAt(random.nextInt(4));
    }
    Path file = folder.resolve("long.fa");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(">long\n".getBytes(StandardCharsets.US_ASCII));
      out.write(text);
    }
    byte[] whole = new byte[text.length];
    SequenceBlock block = new SequenceBlock(1 << 16);
    long fresh = 0;
    try (BlockSource source = BlockSource.open(file.toString(), BlockOptions.overlap(29))) {
      while (source.next(block)) {
        int n = block.end(0) - block.offset(0);
        System.arraycopy(block.codes(), 0, whole, (int) block.start(0), n);
        fresh += block.fresh();
      }
    }
    assertThat(fresh).isEqualTo(text.length);
    assertThat(whole).isEqualTo(Dna.encode(new String(text, StandardCharsets.US_ASCII)));
  }

  private void refused(String text, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("wrong.fa"), text);
    refused(file, file + message);
  }

  private static void refused(Path file, String message) {
    assertThatThrownBy(() -> read(file))
        .as(file.toString())
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private static List<String> read(Path file) {
    try (BlockSource source = BlockSource.open(file.toString(), BlockOptions.overlap(20))) {
      return Blocks.pieces(source, 1000);
    }
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }

  private static byte[] bgzip(byte[] text) throws IOException {
    return bgzip(text, text.length);
  }

  private static byte[] bgzipOfManyBlocks(byte[] text) throws IOException {
    return bgzip(text, 200);
  }

  private static byte[] bgzip(byte[] text, int block) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BlockCompressedOutputStream out =
        new BlockCompressedOutputStream(bytes, (java.io.File) null)) {
      for (int i = 0; i < text.length; i += block) {
        out.write(text, i, Math.min(block, text.length - i));
        out.flush(); // ends the block
      }
    }
    return bytes.toByteArray();
  }

  /** Short and long contigs with odd wrapping, N runs, masks, blanks, comments and empty lines. */
  private static String randomFasta(SplittableRandom random, String end) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "" : end + "; a comment" + end);
    int contigs = 1 + random.nextInt(12);
    for (int c = 0; c < contigs; c++) {
      text.append('>').append(random.nextInt(5) == 0 ? "" : "c" + c + " is\ta contig").append(end);
      int length = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(400);
      int wrap = random.nextBoolean() ? 1000 : 1 + random.nextInt(60);
      String letters = "ACGT";
      int column = 0;
      for (int i = 0; i < length; i++) {
        if (random.nextInt(20) == 0) {
          letters =
              new String[] {"ACGT", "ACGT", "acgt", "N", "n", "ACGTNRYU-.*acgtnrwU"}
                  [random.nextInt(6)];
        }
        text.append(letters.charAt(random.nextInt(letters.length())));
        if (random.nextInt(200) == 0) {
          text.append(random.nextBoolean() ? " " : "\t");
        }
        if (++column == wrap || random.nextInt(150) == 0) {
          text.append(end);
          column = 0;
          if (random.nextInt(30) == 0) {
            text.append(random.nextBoolean() ? end : ";>comment" + end);
          }
        }
      }
      text.append(column == 0 ? "" : end);
    }
    return random.nextBoolean() ? text.toString().stripTrailing() : text.toString();
  }
}
