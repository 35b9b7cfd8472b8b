package basewise.genome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import basewise.io.TextInput;
import basewise.sequence.Dna;
import basewise.sequence.Interval;
import basewise.sequence.NamedSequence;
import basewise.sequence.Strand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {
  @Test
  void fastaOfEveryShape() {
    List<NamedSequence> all =
        fasta(";old comment\n\n>a  one two\r\nACgt\r\nRYu\r\n\r\n> \nAC GT-\n>empty\n>last\nNNNN");
    assertThat(all).extracting(NamedSequence::id).containsExactly("a", "seq2", "empty", "last");
    assertThat(all.get(0).description()).isEqualTo("one two");
    assertThat(all)
        .extracting(s -> Dna.decode(s.codes()))
        .containsExactly("ACGTNNT", "ACGTN", "", "NNNN");
  }

  @Test
  void fastaOfTenMegabasesOnOneLine() {
    String line = "ACGTTGCA".repeat(1_250_000);
    List<NamedSequence> all = fasta(">big\n" + line + "\n>small\nAC\n");
    assertThat(all).extracting(NamedSequence::length).containsExactly(10_000_000, 2);
    assertThat(Dna.decode(all.getFirst().codes(), 9_999_992, 10_000_000)).isEqualTo("ACGTTGCA");
  }

  @Test
  void proteinIsRefusedWithTheLine() {
    assertThatThrownBy(() -> fasta(">a\nACGT\n>p\nMKVL\n"))
        .isInstanceOf(InputException.class)
        .hasMessage("toy:4: 'L' cannot stand in DNA (is this protein, or not FASTA?)");
    assertThatThrownBy(() -> fasta("ACGT\n"))
        .hasMessageContaining("toy:1: expected a FASTA header");
  }

  @Test
  void fastqInRecordsOfFourLines() {
    FastqReader reader = fastq("@r1 x\nACGT\n+\nIIII\n\n@\r\nACN\r\n+r2\r\n@@@\r\n");
    NamedSequence first = Objects.requireNonNull(reader.next());
    NamedSequence second = Objects.requireNonNull(reader.next());
    assertThat(first.id()).isEqualTo("r1");
    assertThat(first.description()).isEqualTo("x");
    assertThat(second.id()).isEqualTo("read2");
    assertThat(Dna.decode(second.codes())).isEqualTo("ACN");
    assertThat(reader.next()).isNull();
  }

  @Test
  void brokenFastqIsRefusedWithTheLine() {
    assertThatThrownBy(() -> fastq("@a\nACGT\n+\nIII\n").next())
        .hasMessageContaining("toy:4: expected 4 qualities, found 3");
    assertThatThrownBy(() -> fastq("@a\nACGT\n").next()).hasMessageContaining("cut short");
    assertThatThrownBy(() -> fastq("@a\nACGT\nACGT\nIIII\n").next())
        .hasMessageContaining("toy:3: expected a line that starts with '+'");
    assertThatThrownBy(() -> fastq("ACGT\n").next())
        .hasMessageContaining("toy:1: expected a FASTQ");
  }

  @Test
  void bedOfThreeToTwelveColumns() {
    List<Peak> peaks =
        peaks(
            """
            track name=x
            browser position chr1
            # comment
            chr1\t10\t20
            chr1 30 35 name
            chr2\t5\t6\tn\t1000\t-
            chr2\t0\t100\tg\t0\t+\t10\t90\t0\t2\t10,20,\t0,80,
            chr2\t7\t7\t.
            """);
    assertThat(peaks)
        .extracting(Peak::place)
        .containsExactly(
            new Interval("chr1", 10, 20),
            new Interval("chr1", 30, 35),
            new Interval("chr2", 5, 6),
            new Interval("chr2", 0, 100),
            new Interval("chr2", 7, 7));
    assertThat(peaks).extracting(Peak::centre).containsExactly(15, 32, 5, 50, 7);
    assertThat(peaks).extracting(Peak::name).containsExactly("", "name", "n", "g", "");
    assertThat(peaks.get(2).strand()).isEqualTo(Strand.REVERSE);
    assertThat(peaks).extracting(Peak::line).containsExactly(4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void narrowPeakHasSummitsAndBroadPeakMidpoints() {
    String narrow = "chr22\t17255466\t17255847\tp1\t214\t.\t13.2158\t24.2291\t21.4687\t";
    assertThat(peaks(narrow + "166\n").getFirst().centre()).isEqualTo(17_255_632);
    assertThat(peaks(narrow + "-1\n").getFirst().centre()).isEqualTo(17_255_656);
    assertThat(peaks("chr1\t100\t200\tb\t0\t.\t5.1\t3.2\t1.1\n").getFirst().centre())
        .isEqualTo(150);
    // Ten columns of BED: thickStart and thickEnd lie inside.
    assertThat(peaks("chr1\t100\t200\tb\t0\t.\t110\t190\t0\t2\n").getFirst().summit())
        .isEqualTo(-1);
    assertThatThrownBy(() -> peaks(narrow + "400\n")).hasMessageContaining("summit 400 is outside");
  }

  @Test
  void wrongRegionsAreRefusedWithTheLine() {
    assertThatThrownBy(() -> peaks("chr1\t1\t5\nchr1\t500\t400\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("toy:2: start 500 is beyond end 400");
    assertThatThrownBy(() -> peaks("chr1\t-1\t5\n"))
        .hasMessageContaining("toy:1: start -1 is below");
    assertThatThrownBy(() -> peaks("chr1\t1\n")).hasMessageContaining("at least 3 columns");
    assertThatThrownBy(() -> peaks("chr1\tx\t5\n"))
        .hasMessageContaining("'x' is not a whole number");
    assertThatThrownBy(() -> peaks("chr1\t1\t99999999999\n")).hasMessageContaining("too large");
  }

  @Test
  void genBankAndEmblRecords(@TempDir Path folder) throws IOException {
    String genbank =
        """
        LOCUS       AB000001                  24 bp    DNA     linear   BCT 01-JAN-2000
        DEFINITION  Toy.
        ACCESSION   AB000001
        VERSION     AB000001.1
        FEATURES             Location/Qualifiers
             source          1..24
                             /organism="x"
        ORIGIN
                1 acgtacgtac ryntacgtac gtac
        //
        LOCUS       AB000002                   8 bp    DNA     linear   BCT 01-JAN-2000
        DEFINITION  Toy two.
        ACCESSION   AB000002
        VERSION     AB000002.1
        ORIGIN
                1 ttttacgg
        //
        """;
    String embl =
        """
        ID   X56734; SV 1; linear; genomic DNA; STD; PLN; 24 BP.
        XX
        AC   X56734; S46826;
        XX
        DE   Toy
        XX
        SQ   Sequence 24 BP; 6 A; 6 C; 6 G; 6 T; 0 other;
             acgtacgtac ryntacgtac gtac                                               24
        //
        ID   X2; SV 1; linear; genomic DNA; STD; PLN; 4 BP.
        XX
        AC   X2;
        XX
        SQ   Sequence 4 BP; 1 A; 1 C; 1 G; 1 T; 0 other;
             acgt                                                                     4
        //
        """;
    try (Genome genome = Genome.open(write(folder.resolve("toy.gb"), genbank))) {
      assertThat(genome.format()).isEqualTo("GenBank");
      assertThat(genome.contigs())
          .containsExactly(new Contig("AB000001", 24), new Contig("AB000002", 8));
      assertThat(Dna.decode(genome.bases(new Interval("AB000001", 0, 24))))
          .isEqualTo("ACGTACGTACNNNTACGTACGTAC");
    }
    try (Genome genome = Genome.open(write(folder.resolve("toy.embl"), embl))) {
      assertThat(genome.contigs()).containsExactly(new Contig("X56734", 24), new Contig("X2", 4));
      assertThat(Dna.decode(genome.bases(new Interval("X56734", 8, 16)))).isEqualTo("ACNNNTAC");
    }
    String cut = genbank.substring(0, genbank.length() - 4);
    assertThatThrownBy(() -> Genome.open(write(folder.resolve("cut.gb"), cut)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cut.gb:11: the record does not end");
  }

  private static String write(Path file, String text) throws IOException {
    return Files.writeString(file, text).toString();
  }

  private static List<NamedSequence> fasta(String text) {
    return new FastaReader(input(text)).readAll();
  }

  private static FastqReader fastq(String text) {
    return new FastqReader(input(text), null);
  }

  private static List<Peak> peaks(String text) {
    TextInput in = input(text);
    return Peaks.read(in, in.readLine());
  }

  private static TextInput input(String text) {
    return TextInput.of("toy", new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
