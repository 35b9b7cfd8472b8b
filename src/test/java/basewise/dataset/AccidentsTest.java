package basewise.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

/**
 * What people give by accident: each ends in one line that says what and where, or is put right.
 */
class AccidentsTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();

  @TempDir private Path folder;

  @Test
  void emptyFiles() throws IOException {
    refused(write("empty.fa", ""), DEFAULTS, "empty.fa: is empty");
    refused(write("blank.fa", "\n\n# nothing\n"), DEFAULTS, "blank.fa: is empty");
    refused(write("header.tsv", "sequence\tlabel\n"), DEFAULTS, "has a header and no rows");
    refused(folder.resolve("none.fa"), DEFAULTS, "no such file");
  }

  @Test
  void oneSequence() throws IOException {
    refused(write("one.fa", ">a\nACGTACGGCA\n"), DEFAULTS, "has 1 positive, fewer than 5");
  }

  @Test
  void aGenomeInPlaceOfSequences() throws IOException {
    Path big = write("big.fa", ">chr1\n" + "ACGTTGCA".repeat(1_250_000) + "\n");
    refused(big, DEFAULTS, "is it a genome?");
  }

  @Test
  void allN() throws IOException {
    String text = ">a\nNNNNNNNN\n".repeat(20);
    refused(write("n.fa", text), DEFAULTS, "no window of 8 bases is left of 20 read");
  }

  @Test
  void windowsLongerThanTheSequences() throws IOException {
    Path file = write("short.fa", fasta(60, 30, 1));
    refused(file, DEFAULTS.withWidth(200), "no window of 200 bases is left of 60 read");
    Dataset padded = DatasetBuilder.build(file.toString(), DEFAULTS.withWidth(40));
    assertThat(padded.counts()).containsEntry("padded", 60L);
    byte[] codes = padded.examples().getFirst().codes();
    for (int i = 0; i < 40; i++) {
      assertThat(codes[i] == 4).isEqualTo(i < 5 || i >= 35);
    }
  }

  @Test
  void truncatedGzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(fasta(100, 100, 1).getBytes(StandardCharsets.US_ASCII));
    }
    Path file = folder.resolve("cut.fa.gz");
    Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 500));
    refused(file, DEFAULTS, "the gzip data is truncated or damaged");
  }

  @Test
  void utf16() throws IOException {
    Path file = folder.resolve("utf16.fa");
    Files.write(file, fasta(10, 10, 1).getBytes(StandardCharsets.UTF_16));
    refused(file, DEFAULTS, "is UTF-16 text");
  }

  @Test
  void proteinAndOtherText() throws IOException {
    refused(write("p.fa", ">p\nMKVLAAGE\n"), DEFAULTS, "p.fa:2: 'L' cannot stand in DNA");
    refused(write("x.txt", "hello world\n"), DEFAULTS, "x.txt:1: letter 'e' cannot stand in DNA");
    refused(write("x.tsv", "a\tb\n1\t2\n"), DEFAULTS, "x.tsv:2: no column holds DNA");
  }

  @Test
  void labelsOfOneClass() throws IOException {
    refused(write("zero.tsv", table(60, 20, 0, 1)), DEFAULTS, "has no positives: all labels are 0");
    Dataset ones = DatasetBuilder.build(write("one.tsv", table(60, 20, 1, 1)).toString(), DEFAULTS);
    assertThat(ones.examples().stream().filter(e -> !e.positive())).hasSize(60);
  }

  @Test
  void labelsThatAreNoLabels() throws IOException {
    Path file = write("two.tsv", table(60, 20, 2, 1));
    refused(
        file,
        DEFAULTS.withLabels(TaskKind.CLASSIFICATION, List.of()),
        "label 2.0 is not 0 or 1 (use --task regression)");
    refused(
        file, DEFAULTS.withLabels(TaskKind.AUTO, List.of("nope")), "--label-columns: no column");
    refused(
        write("x.fa", fasta(9, 9, 1)),
        DEFAULTS.withLabels(TaskKind.REGRESSION, List.of()),
        "--task: regression needs labels");
  }

  @Test
  void negativesThatContainThePositives() throws IOException {
    Path positives = write("p.fa", fasta(60, 50, 1));
    Path negatives = write("n.fa", fasta(60, 50, 2) + fasta(10, 50, 1));
    refused(
        positives,
        DEFAULTS.withNegatives(negatives.toString()),
        "n.fa:121: 10 of the negatives are positives too");
    Path labelled = write("n.tsv", table(60, 50, 1, 3));
    refused(positives, DEFAULTS.withNegatives(labelled.toString()), "a negative is labelled 1");
  }

  @Test
  void sequencesWithBothLabelsAreDroppedAndCounted() throws IOException {
    String text = table(60, 50, 1, 1) + table(60, 50, 0, 2) + table(3, 50, 0, 1);
    DatasetOptions labels = DEFAULTS.withNegatives(DatasetOptions.LABELS);
    Dataset data = DatasetBuilder.build(write("both.tsv", text).toString(), labels);
    assertThat(data.counts()).containsEntry("dropped_contradictory", 6L);
    assertThat(data.examples()).hasSize(117);
  }

  @Test
  void duplicateIdsAreRenamed() throws IOException {
    String text = fasta(30, 40, 1).replaceAll(">.*", ">same") + fasta(30, 40, 2);
    Dataset data = DatasetBuilder.build(write("same.fa", text).toString(), DEFAULTS);
    assertThat(data.counts()).containsEntry("renamed_duplicate_ids", 29L);
    assertThat(data.examples()).extracting(Example::id).doesNotHaveDuplicates();
    assertThat(data.examples().get(1).id()).isEqualTo("same_2");
  }

  @Test
  void duplicateSequencesOnEitherStrandAreDropped() throws IOException {
    String text = "AAACCCGGA\nTCCGGGTTT\nAAACCCGGA\n" + lines(60, 9, 5);
    Dataset data = DatasetBuilder.build(write("d.txt", text).toString(), DEFAULTS);
    assertThat(data.counts()).containsEntry("dropped_duplicates", 2L).containsEntry("read", 63L);
  }

  @Test
  void readsOfDifferentLengths() throws IOException {
    StringBuilder text = new StringBuilder();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 60; i++) {
      String bases = bases(random, i == 30 ? 18 : 20);
      text.append("@r" + i + "\n" + bases + "\n+\n" + "I".repeat(bases.length()) + "\n");
    }
    Path file = write("reads.fastq", text.toString());
    refused(file, DEFAULTS, "reads.fastq:124: read of 18 bases among reads of 20");
    Dataset data = DatasetBuilder.build(file.toString(), DEFAULTS.toBuilder().trim(19).build());
    assertThat(data.width()).isEqualTo(19);
    assertThat(data.counts())
        .containsEntry("read", 60L)
        .containsEntry("dropped_shorter_than_trim", 1L);
  }

  @Test
  void regionsThatAreNotInTheGenome() throws IOException {
    String genome =
        write("g.fa", ">chr1\n" + bases(new SplittableRandom(1), 5_000) + "\n").toString();
    DatasetOptions options = DEFAULTS.withGenome(genome, NegativeSource.AUTO);
    refused(write("a.bed", "chr1\t10\t20\n"), DEFAULTS, "--genome: is needed");
    refused(
        write("b.bed", "chr1\t10\t20\n1\t10\t20\n"),
        options,
        "b.bed:2: no contig '1' in " + genome + " (did you mean chr1?)");
    refused(
        write("c.bed", "chr1\t4900\t5001\n"),
        options,
        "c.bed:1: ends at 5001, past the end of chr1 (5000)");
    refused(write("d.bed", "chr1\t500\t400\n"), options, "d.bed:1: start 500 is beyond end 400");
    refused(write("e.bed", "chr1\t0\t50\n"), options, "no window of 200 bases is left of 1 read");
    refused(write("f.bed", "track name=x\n"), options, "f.bed: is empty");
  }

  @Test
  void filesOfOtherKinds() throws IOException {
    refused(write("bam", "BAM\1x\n"), DEFAULTS, "is BAM");
    Path twoBit = folder.resolve("x.2bit");
    Files.write(twoBit, new byte[] {0x43, 0x27, 0x41, 0x1a, 1, 2, 3, 4, 0});
    refused(twoBit, DEFAULTS, "is a 2bit genome");
  }

  @Test
  void optionsThatMakeNoSense() throws IOException {
    Path file = write("x.fa", fasta(60, 50, 1));
    refused(file, DEFAULTS.withWidth(2), "--width: must be 4 to 1000000, is 2");
    refused(file, DEFAULTS.withShuffles(0), "--shuffles: must be at least 1");
    refused(
        file,
        DEFAULTS.withGenome(null, NegativeSource.GENOME),
        "--background: genome needs a genome");
    refused(
        file,
        DEFAULTS.toBuilder().testContigs(List.of("chr1")).build(),
        "--test-contigs: no sequence of");
  }

  private void refused(Path file, DatasetOptions options, String message) {
    assertThatThrownBy(() -> DatasetBuilder.build(file.toString(), options))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
  }

  private static String fasta(int n, int length, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < n; i++) {
      out.append(">s" + seed + "_" + i + "\n" + bases(random, length) + "\n");
    }
    return out.toString();
  }

  private static String table(int n, int length, int label, int seed) {
    return lines(n, length, seed).replace("\n", "\t" + label + "\n");
  }

  private static String lines(int n, int length, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < n; i++) {
      out.append(bases(random, length)).append('\n');
    }
    return out.toString();
  }

  private static String bases(SplittableRandom random, int length) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append("ACGT".charAt(random.nextInt(4)));
    }
    return out.toString();
  }
}
