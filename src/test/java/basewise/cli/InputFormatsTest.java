package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.genome.Genome;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code discover}, from each format that data come in to the word planted there. */
class InputFormatsTest {
  private static final int REGIONS = 120;
  private static final int LENGTH = 60;

  /** Of the word, or its reverse complement, as a consensus says it. */
  private static final String FOUND = ".*TGA[CGS]TCA.*";

  @TempDir private Path folder;

  /** Summits far from the midpoints: what is read there must be the word, and sites lie on it. */
  @Test
  void narrowPeakWithAGenome() throws IOException {
    String genome = genome();
    String peaks =
        regions(
            i -> "p%d\t0\t.\t7.5\t30\t20\t%d".formatted(i, summit(i) - start(i)), ".narrowPeak");
    Path out = discover(peaks, "--genome", genome, "--width", "60");
    assertThat(consensus(out)).matches(FOUND);
    List<String> sites = Files.readAllLines(out.resolve("sites.bed"));
    sites.removeIf(line -> line.startsWith("#") || line.startsWith("track"));
    assertThat(sites).hasSizeGreaterThan(REGIONS / 2);
    String motif = sites.getFirst().split("\t", -1)[3];
    int onWord = 0;
    int all = 0;
    try (Genome bases = Genome.open(genome)) {
      for (String line : sites) {
        String[] f = line.split("\t", -1);
        if (!f[3].equals(motif)) {
          continue;
        }
        Interval site = new Interval(f[0], Integer.parseInt(f[1]), Integer.parseInt(f[2]));
        all++;
        onWord += Dna.decode(bases.bases(site)).matches(".*TGA[CG]TCA.*") ? 1 : 0;
      }
    }
    assertThat(onWord).as("of %d", all).isGreaterThan(all * 9 / 10);
    // Shuffles would do, but where a genome is given negatives are windows of it.
    assertThat(Files.readString(out.resolve("predictions.tsv"))).contains("background_c1:");
  }

  /** Without summits the midpoint counts; the word is there too in every second region. */
  @Test
  void broadPeakWithAGenome() throws IOException {
    String peaks = regions(i -> "p%d\t0\t.\t7.5\t30\t20".formatted(i), ".broadPeak");
    Path out = discover(peaks, "--genome", genome(), "--width", "200", "--background", "shuffle");
    assertThat(consensus(out)).matches(FOUND);
  }

  @Test
  void fastq() throws IOException {
    String text =
        each(i ->
            "@r%d x\n%s\n+\n%s\n".formatted(i, planted(i) + "A".repeat(i % 3), quality(i % 3)));
    Path out = discover(write("reads.fastq", text), "--trim", "" + LENGTH);
    assertThat(consensus(out)).matches(FOUND);
    assertThat(Files.readString(out.resolve("run.json"))).contains("\"read\": " + REGIONS);
  }

  @Test
  void genBankWithFeatures() throws IOException {
    Path out = discover(write("r.gb", each(InputFormatsTest::genBank)));
    assertThat(consensus(out)).matches(FOUND);
    assertThat(Files.readString(out.resolve("predictions.tsv"))).contains("\nXX00000\t");
  }

  @Test
  void emblWithFeatures() throws IOException {
    Path out = discover(write("r.embl", each(InputFormatsTest::embl)));
    assertThat(consensus(out)).matches(FOUND);
    assertThat(Files.readString(out.resolve("predictions.tsv"))).contains("\nXX00000\t");
  }

  private static String genBank(int i) {
    String bases = planted(i).toLowerCase(Locale.ROOT);
    return """
    LOCUS       XX%05d                60 bp    DNA     linear   SYN 01-JAN-2020
    DEFINITION  Fragment %d.
    ACCESSION   XX%05d
    VERSION     XX%05d.1
    KEYWORDS    .
    SOURCE      synthetic construct
      ORGANISM  synthetic construct
                other sequences; artificial sequences.
    FEATURES             Location/Qualifiers
         source          1..60
                         /organism="synthetic construct"
                         /mol_type="other DNA"
         protein_bind    complement(5..15)
                         /note="LOCUS or ORIGIN here means nothing"
    ORIGIN
            1 %s
    //
    """
        .formatted(i, i, i, i, bases.replaceAll("(.{10})(?=.)", "$1 "));
  }

  private static String embl(int i) {
    String bases = planted(i).toLowerCase(Locale.ROOT);
    return """
    ID   XX%05d; SV 1; linear; genomic DNA; STD; SYN; 60 BP.
    XX
    AC   XX%05d;
    XX
    DE   Fragment %d
    XX
    FH   Key             Location/Qualifiers
    FH
    FT   source          1..60
    FT                   /organism="synthetic construct"
    FT                   /mol_type="other DNA"
    FT   protein_bind    complement(5..15)
    XX
    SQ   Sequence 60 BP; 15 A; 15 C; 15 G; 15 T; 0 other;
         %s        60
    //
    """
        .formatted(i, i, i, bases.replaceAll("(.{10})(?=.)", "$1 "));
  }

  private static String quality(int more) {
    return "I".repeat(LENGTH + more);
  }

  private static String planted(int i) {
    return Planted.sequence(i, LENGTH, Planted.WORD);
  }

  private static String each(IntFunction<String> text) {
    return IntStream.range(0, REGIONS).mapToObj(text).collect(Collectors.joining());
  }

  private static int start(int i) {
    return 100 + i / 4 * 400;
  }

  /** In odd regions at a third, in even ones in the middle. */
  private static int summit(int i) {
    return start(i) + (i % 2 == 0 ? 150 : 100);
  }

  private String regions(IntFunction<String> rest, String ending) throws IOException {
    return write(
        "peaks" + ending,
        each(i ->
            "c%d\t%d\t%d\t%s\n".formatted(i % 4 + 1, start(i), start(i) + 300, rest.apply(i))));
  }

  /** Four random contigs with the word on every summit, on either strand. */
  private String genome() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = 0; c < 4; c++) {
      StringBuilder contig = new StringBuilder(Planted.sequence(1000 + c, 40_000, ""));
      for (int i = c; i < REGIONS; i += 4) {
        String word = i % 8 < 4 ? "GATGACTCATC" : "GATGAGTCATC";
        contig.replace(summit(i) - 5, summit(i) + 6, word);
      }
      text.append(">c").append(c + 1).append('\n').append(contig).append('\n');
    }
    return write("genome.fa", text.toString());
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private Path discover(String input, String... options) {
    Path out = folder.resolve("out");
    List<String> words = new ArrayList<>(List.of("discover", input, "--out", out.toString()));
    words.addAll(List.of("--epochs", "2", "--filters", "4", "--quiet"));
    words.addAll(List.of(options));
    Said said = Said.by(words.toArray(String[]::new));
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    return out;
  }

  private static String consensus(Path out) throws IOException {
    return Files.readAllLines(out.resolve("motifs.tsv")).get(1).split("\t", -1)[2];
  }
}
