package basewise.genome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import basewise.io.InputException;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import basewise.sequence.NamedSequence;
import htsjdk.samtools.util.BlockCompressedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenomeTest {
  private static final Path SHARED = Path.of("../shared/data/genomes");
  private static final String TOY =
      ">chr1 first\nACGTNACGTn\nacgtRYACGT\nAC\n>chr2\nGGGG\n>chrM\nTTTT\n";

  @TempDir private Path folder;
  private final List<String> remarks = new ArrayList<>();

  @Test
  void plainFastaIsReadThroughAnIndexThatIsWritten() throws IOException {
    Path fasta = write("toy.fa", TOY);
    try (Genome genome = open(fasta)) {
      assertThat(genome.contigs())
          .containsExactly(new Contig("chr1", 22), new Contig("chr2", 4), new Contig("chrM", 4));
      assertThat(letters(genome, "chr1", 0, 22)).isEqualTo("ACGTNACGTnacgtNNACGTAC");
      assertThat(letters(genome, "chr1", 9, 12)).isEqualTo("nac");
      assertThat(letters(genome, "chr1", 5, 5)).isEmpty();
      assertThat(genome.bases(new Interval("chr1", 9, 12))).containsExactly(Dna.N, Dna.A, Dna.C);
    }
    // The numbers are those of samtools faidx: name, bases, first byte, bases and bytes per line.
    assertThat(folder.resolve("toy.fa.fai"))
        .hasContent("chr1\t22\t12\t10\t11\nchr2\t4\t43\t4\t5\nchrM\t4\t54\t4\t5\n");
    assertThat(remarks).isEmpty();
  }

  @Test
  void everyWrappingAndLineEndGivesTheSameBases() throws IOException {
    String bases = "ACGTNACGTACGTTTGACGATCGATTTAGCA";
    for (String end : List.of("\n", "\r\n", "\r")) {
      for (int wrap : new int[] {1, 7, 10, 31, 60}) {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("a", "b")) {
          text.append('>').append(name).append(end);
          for (int i = 0; i < bases.length(); i += wrap) {
            text.append(bases, i, Math.min(bases.length(), i + wrap)).append(end);
          }
        }
        Path fasta =
            write("w" + wrap + end.length() + (int) end.charAt(0) + ".fa", text.toString());
        try (Genome genome = open(fasta)) {
          assertThat(genome).isInstanceOf(FastaGenome.class);
          for (int s = 0; s < bases.length(); s += 3) {
            assertThat(letters(genome, "b", s, bases.length())).isEqualTo(bases.substring(s));
            assertThat(letters(genome, "a", 0, s)).isEqualTo(bases.substring(0, s));
          }
        }
      }
    }
  }

  @Test
  void unevenLinesAreHeldInMemory() throws IOException {
    Path fasta = write("uneven.fa", ">a\nACGT\nACGTACGT\nac\n>b\nGG\n\nTT\n");
    try (Genome genome = open(fasta)) {
      assertThat(genome).isInstanceOf(MemoryGenome.class);
      assertThat(letters(genome, "a", 0, 14)).isEqualTo("ACGTACGTACGTac");
      assertThat(letters(genome, "b", 1, 4)).isEqualTo("GTT");
    }
    assertThat(remarks).hasSize(1).first().asString().contains("unequal length");
  }

  @Test
  void anIndexOlderThanItsFastaIsMadeAnew() throws IOException {
    Path fasta = write("toy.fa", TOY);
    Path fai = write("toy.fa.fai", "other\t3\t0\t3\t4\n");
    Files.setLastModifiedTime(fai, FileTime.fromMillis(1_000_000));
    try (Genome genome = open(fasta)) {
      assertThat(genome.has("chr2")).isTrue();
    }
    assertThat(remarks).hasSize(1).first().asString().contains("older than toy.fa; made anew");
    assertThat(Files.readString(fai)).startsWith("chr1\t22");
  }

  @Test
  void anIndexThatIsNoneIsMadeAnew() throws IOException {
    Path fasta = write("toy.fa", TOY);
    write("toy.fa.fai", "rubbish\n");
    try (Genome genome = open(fasta)) {
      assertThat(genome.length("chr1")).isEqualTo(22);
    }
    assertThat(remarks).hasSize(1).first().asString().contains("is not an index");
  }

  @Test
  void anIndexOfAnotherFileIsNotBelieved() throws IOException {
    Path fasta = write("toy.fa", TOY);
    write("toy.fa.fai", "chr1\t30\t12\t30\t31\n");
    try (Genome genome = open(fasta)) {
      assertThatThrownBy(() -> genome.bases(new Interval("chr1", 0, 30)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("not of this FASTA");
    }
  }

  @Test
  void inAReadOnlyFolderTheIndexGoesToTheCache() throws IOException {
    Path readOnly = Files.createDirectory(folder.resolve("ro"));
    Path cache = folder.resolve("cache");
    Path fasta = readOnly.resolve("toy.fa");
    Files.writeString(fasta, TOY);
    Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
    String before = System.getProperty("basewise.cache", "");
    System.setProperty("basewise.cache", cache.toString());
    try (Genome first = open(fasta)) {
      assertThat(letters(first, "chr2", 0, 4)).isEqualTo("GGGG");
      assertThat(readOnly.resolve("toy.fa.fai")).doesNotExist();
      try (var files = Files.list(cache)) {
        assertThat(files.map(p -> p.getFileName().toString()))
            .singleElement()
            .asString()
            .endsWith("-toy.fa.fai");
      }
    } finally {
      if (before.isEmpty()) {
        System.clearProperty("basewise.cache");
      } else {
        System.setProperty("basewise.cache", before);
      }
      Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void bgzippedFastaIsReadFromTheMiddle() throws IOException {
    StringBuilder text = new StringBuilder(">a\n");
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder bases = new StringBuilder();
    for (int i = 0; i < 300_000; i++) { // several blocks of 64 KiB
      bases.append("ACGTacgtN".charAt(random.nextInt(9)));
    }
    for (int i = 0; i < bases.length(); i += 60) {
      text.append(bases, i, i + 60).append('\n');
    }
    Path fasta = folder.resolve("big.fa.gz");
    try (OutputStream out = new BlockCompressedOutputStream(fasta.toFile())) {
      out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
    for (int pass = 0; pass < 2; pass++) { // the second reads the written .gzi and .fai
      try (Genome genome = open(fasta)) {
        assertThat(genome.format()).isEqualTo("FASTA, bgzip");
        for (int i = 0; i < 200; i++) {
          int start = random.nextInt(299_000);
          int end = start + random.nextInt(1_000);
          assertThat(letters(genome, "a", start, end)).isEqualTo(bases.substring(start, end));
        }
      }
      assertThat(folder.resolve("big.fa.gz.gzi")).exists();
      assertThat(folder.resolve("big.fa.gz.fai")).hasContent("a\t300000\t3\t60\t61\n");
    }
  }

  @Test
  void plainGzipIsHeldInMemoryWithItsMask() throws IOException {
    Path fasta = folder.resolve("toy.fa.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(fasta))) {
      out.write(TOY.getBytes(StandardCharsets.US_ASCII));
    }
    try (Genome genome = open(fasta)) {
      assertThat(genome).isInstanceOf(MemoryGenome.class);
      assertThat(letters(genome, "chr1", 0, 22)).isEqualTo("ACGTNACGTnacgtNNACGTAC");
    }
  }

  @Test
  void aTruncatedGzipIsAMistakeInTheFile() throws IOException {
    Path fasta = folder.resolve("cut.fa.gz");
    Files.write(fasta, truncatedGzip(TOY.repeat(1)));
    refused(fasta, "truncated or damaged");
  }

  @Test
  void twoContigsOfOneNameAreRefusedWithTheLine() throws IOException {
    refused(write("twice.fa", ">a\nACGT\n>b\nAC\n>a\nGG\n"), "twice.fa:5: a second contig");
    refused(write("twice2.fa", ">a\nAC\nACGT\n>b\nAC\n>a\nGG\n"), "twice2.fa:6: a second contig");
  }

  @Test
  void whatIsNoGenomeIsRefused() throws IOException {
    refused(write("empty.fa", ""), "is empty");
    refused(write("protein.fa", ">p\nMKVLAAGE\n"), "protein.fa:2: 'L' cannot stand in DNA");
    refused(write("text.txt", "hello\n"), "is no genome that can be read");
    refused(folder.resolve("nowhere.fa"), "no such file");
    refused(folder, "is a folder");
    refused(write("wrong.2bit", "this is not 2bit at all"), "the signature is not that of 2bit");
    Path utf16 = folder.resolve("utf16.fa");
    Files.write(utf16, ">a\nACGT\n".getBytes(StandardCharsets.UTF_16));
    refused(utf16, "UTF-16");
  }

  @Test
  void unknownContigsAreSuggestedNeverGuessed() throws IOException {
    try (Genome genome = open(write("toy.fa", ">chr1\nAC\n>II\nAC\n>MT\nAC\n"))) {
      assertThatThrownBy(() -> genome.require("x.bed", 7, new Interval("1", 0, 1)))
          .hasMessageContaining("x.bed:7: no contig '1' in")
          .hasMessageContaining("did you mean chr1?");
      assertThatThrownBy(() -> genome.require("x.bed", 7, new Interval("chrI", 0, 1)))
          .hasMessageContaining("did you mean chr1?");
      assertThatThrownBy(() -> genome.require("x.bed", 7, new Interval("chr2", 0, 1)))
          .hasMessageContaining("did you mean II?");
      assertThatThrownBy(() -> genome.require("x.bed", 7, new Interval("chrM", 0, 1)))
          .hasMessageContaining("did you mean MT?");
      assertThatThrownBy(() -> genome.require("x.bed", 7, new Interval("chr9", 0, 1)))
          .hasMessageContaining("it has chr1, II, MT");
      assertThatThrownBy(() -> genome.require("x.bed", 3, new Interval("chr1", 0, 3)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("x.bed:3: ends at 3, past the end of chr1 (2)");
    }
  }

  @Test
  void volvoxIsTheSameIn2bitAndFasta() throws IOException {
    Path fasta = folder.resolve("volvox.fa");
    Files.copy(shared("volvox.fa"), fasta);
    try (Genome a = open(fasta);
        Genome b = open(shared("volvox.2bit"))) {
      assertThat(b.contigs()).isEqualTo(a.contigs());
      SplittableRandom random = new SplittableRandom(2);
      for (Contig c : a.contigs()) {
        for (int i = 0; i < 300; i++) {
          int start = random.nextInt(c.length());
          int end = start + random.nextInt(c.length() - start + 1);
          Interval place = new Interval(c.name(), start, end);
          assertThat(b.bases(place)).isEqualTo(a.bases(place));
        }
      }
    }
    assertThat(fasta.resolveSibling("volvox.fa.fai"))
        .hasSameTextualContentAs(shared("volvox.fa.fai"));
  }

  /** Sums by py2bit 1.0.1: {@code py2bit.open(f, True).sequence(c)}, soft mask as lower case. */
  @Test
  void twoBitSequencesAndMasksAreThoseOfPy2bit() throws IOException, NoSuchAlgorithmException {
    try (Genome genome = open(shared("T_ko.2bit"))) {
      assertThat(md5(genome, "chr1")).isEqualTo("5c582f0cf5d6e67676d746638ab90879");
    }
    try (Genome genome = open(shared("volvox.2bit"))) {
      assertThat(md5(genome, "ctgA")).isEqualTo("172a600fbe80e994505e196bc048ec20");
      assertThat(md5(genome, "ctgB")).isEqualTo("bd03f6356f9f625b1cefb62f03887834");
    }
  }

  /** The sum is that of Python's gzip and hashlib over the lines of chrXII. */
  @Test
  void sacCer3IsReadWhole() throws IOException, NoSuchAlgorithmException {
    Path copy = folder.resolve("sacCer3.fa.gz");
    Files.copy(shared("sacCer3.fa.gz"), copy);
    try (Genome genome = open(copy)) {
      assertThat(genome.format()).isEqualTo("FASTA, bgzip");
      assertThat(genome.contigs()).hasSize(17);
      assertThat(genome.contigs().stream().mapToLong(Contig::length).sum()).isEqualTo(12_157_105);
      assertThat(letters(genome, "chrIV", 1_000_000, 1_000_020)).isEqualTo("ATTATATTAATTAATTAAAT");
      assertThat(md5(genome, "chrXII")).isEqualTo("77945d734ab92ad527d8920c9d78ac1c");
    }
  }

  @Test
  void threadsReadTheSame() throws IOException {
    Path copy = folder.resolve("sacCer3.fa.gz");
    Files.copy(shared("sacCer3.fa.gz"), copy);
    try (Genome genome = open(copy)) {
      List<String> alone = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        alone.add(letters(genome, "chrIV", i * 7_000, i * 7_000 + 300));
      }
      List<String> together =
          java.util.stream.IntStream.range(0, 200)
              .parallel()
              .mapToObj(i -> letters(genome, "chrIV", i * 7_000, i * 7_000 + 300))
              .toList();
      assertThat(together).isEqualTo(alone);
    }
  }

  @Test
  void aGenomeInMemoryRefusesASecondName() {
    List<NamedSequence> twice =
        List.of(
            new NamedSequence("a", "", Dna.encode("AC")), new NamedSequence("a", "", new byte[1]));
    assertThatThrownBy(() -> MemoryGenome.of("toy", twice)).isInstanceOf(InputException.class);
  }

  private static byte[] truncatedGzip(String text) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() - 12);
  }

  private void refused(Path file, String message) {
    assertThatThrownBy(() -> open(file).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private Genome open(Path file) {
    return Genome.open(file.toString(), remarks::add);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String letters(Genome genome, String contig, int start, int end) {
    return new String(genome.letters(new Interval(contig, start, end)), StandardCharsets.US_ASCII);
  }

  private static String md5(Genome genome, String contig) throws NoSuchAlgorithmException {
    byte[] all = genome.letters(new Interval(contig, 0, genome.length(contig)));
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(all));
  }

  private static Path shared(String name) {
    assumeThat(SHARED.resolve(name)).as("needs ../shared/data/genomes/" + name).exists();
    return SHARED.resolve(name);
  }
}
