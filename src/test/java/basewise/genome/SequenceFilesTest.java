package basewise.genome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import basewise.sequence.Dna;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences read twice, and what is counted in the first pass. */
class SequenceFilesTest {
  private static final String TOY = ">a\nACGTNACGTn\nacgtRYACGT\nAC\n>chr2\nGGGG\n";

  @TempDir private Path folder;

  @Test
  void standardInputIsReadTwiceAndLeavesNothing() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(TOY.getBytes(StandardCharsets.US_ASCII));
    }
    Path other = Files.writeString(folder.resolve("o.fa"), ">o\nAC\n");
    long before = spools();
    for (byte[] text : List.of(TOY.getBytes(StandardCharsets.US_ASCII), gzip.toByteArray())) {
      InputStream in = System.in;
      System.setIn(new ByteArrayInputStream(text));
      try (SequenceFiles files = SequenceFiles.of(List.of("-", other.toString()))) {
        for (int pass = 0; pass < 2; pass++) {
          try (BlockSource source = files.open(BlockOptions.overlap(4))) {
            assertThat(Blocks.pieces(source, 100))
                .containsExactly(
                    "0 a 0 0 true ACGTNACGTNACGTNNACGTAC",
                    "0 chr2 1 0 true GGGG",
                    "1 o 2 0 true AC");
          }
        }
        assertThat(spools()).isEqualTo(before);
      } finally {
        System.setIn(in);
      }
    }
  }

  private static long spools() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(p -> p.toString().endsWith(".spool")).count();
    }
  }

  @Test
  void standardInputCanBeReadOnceWithoutACopy() {
    InputStream in = System.in;
    System.setIn(new ByteArrayInputStream(">a\nACGTL\n".getBytes(StandardCharsets.US_ASCII)));
    try (BlockSource source = BlockSource.open("-", BlockOptions.overlap(4))) {
      assertThatThrownBy(() -> Blocks.pieces(source, 100))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("-:2: 'L' cannot stand in DNA");
    } finally {
      System.setIn(in);
    }
  }

  @Test
  void whatCannotBeIsSaidBeforeAnythingIsRead() throws IOException {
    assertThatThrownBy(() -> SequenceFiles.of(List.of("-", "-")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("-: is named twice");
    assertThatThrownBy(() -> SequenceFiles.of(List.of("-", folder.resolve("no.fa").toString())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no.fa: no such file");
    InputStream in = System.in;
    byte[] twoBit = TwoBitBytes.of(Map.of("a", new byte[] {'A', 'C'}), ByteOrder.LITTLE_ENDIAN, 0);
    System.setIn(new ByteArrayInputStream(twoBit));
    try {
      assertThatThrownBy(() -> BlockSource.open("-", BlockOptions.overlap(1)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("-: is 2bit, which cannot be read from a pipe");
    } finally {
      System.setIn(in);
    }
  }

  /** Counts by Python's gzip and collections.Counter over the lines that are no headers. */
  @Test
  void realGenomesAreCountedAsPythonCountsThem() {
    check(
        "ecoli_K12_MG1655_GCF_000005845.2.fna.gz",
        1,
        new Composition(1_142_742, 1_180_091, 1_177_437, 1_141_382, 0));
    check("sacCer3.fa.gz", 17, new Composition(3_766_349, 2_320_576, 2_317_100, 3_753_080, 0));
    check("hg_NT_077402.2.fa.gz", 1, new Composition(62_963, 44_541, 43_204, 57_011, 50_000));
  }

  private static void check(String name, int contigs, Composition expected) {
    Path file = Path.of("../shared/data/genomes", name);
    if (!Files.exists(file)) {
      Assumptions.abort("skipped: " + name + " is not here (../shared)");
    }
    try (BlockSource source = BlockSource.open(file.toString(), BlockOptions.overlap(20))) {
      assertThat(Composition.of(source, 2)).isEqualTo(expected);
      assertThat(source.contigs().orElseThrow()).hasSize(contigs);
    }
  }

  @Test
  void aFullDiskIsOneClearLine() throws IOException {
    Path full = Path.of("/dev/full");
    if (!Files.exists(full)) {
      Assumptions.abort("skipped: no /dev/full here");
    }
    try (FileChannel out = FileChannel.open(full, StandardOpenOption.WRITE)) {
      assertThatThrownBy(() -> Spool.copy("-", new ByteArrayInputStream(new byte[10]), out))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("cannot be kept here: No space left on device (free space, ");
    }
  }

  @Test
  void eachBaseIsCountedOnce() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder();
    long[] expected = new long[5];
    for (int c = 0; c < 9; c++) {
      text.append(">c").append(c).append('\n');
      int n = random.nextInt(3) == 0 ? random.nextInt(10) : random.nextInt(200_000);
      for (int i = 0; i < n; i++) {
        int base = random.nextInt(40) % 5;
        expected[base]++;
        text.append(Dna.letter(base)).append(i % 70 == 69 ? "\n" : "");
      }
      text.append('\n');
    }
    Path file = Files.writeString(folder.resolve("c.fa"), text);
    for (int threads : new int[] {1, 3}) {
      try (BlockSource source = BlockSource.open(file.toString(), BlockOptions.overlap(33))) {
        Composition found = Composition.of(source, threads);
        assertThat(new long[] {found.a(), found.c(), found.g(), found.t(), found.n()})
            .isEqualTo(expected);
        assertThat(found.weights())
            .containsExactly(Arrays.stream(expected).limit(4).asDoubleStream().toArray());
        assertThat(source.contigs().orElseThrow()).hasSize(9);
      }
    }
    Path wrong = Files.writeString(folder.resolve("w.fa"), ">a\nACGT!\n");
    try (BlockSource source = BlockSource.open(wrong.toString(), BlockOptions.overlap(33))) {
      assertThatThrownBy(() -> Composition.of(source, 2)).isInstanceOf(InputException.class);
    }
  }
}
