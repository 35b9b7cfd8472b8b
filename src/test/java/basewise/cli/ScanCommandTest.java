package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.sequence.Dna;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scan}, run as a person would. */
class ScanCommandTest {
  private static final String WORD = "GATTACCGTCA";
  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** Counts of nine sites that all read {@link #WORD}. */
  private String motif(String name, String id) throws IOException {
    StringBuilder text = new StringBuilder(">" + id + " word\n");
    for (char base : "ACGT".toCharArray()) {
      text.append(base).append(" [");
      WORD.chars().forEach(c -> text.append(c == base ? " 9" : " 0"));
      text.append(" ]\n");
    }
    return file(name, text.toString());
  }

  /** Two sequences: the word at 20 forward, and at 30 reversed. */
  private String fasta() throws IOException {
    String flank = "ACCTTGGCAACTGGTACCAATTGGCCTTAACCGTGTCACACTGTG";
    String back = Dna.decode(Dna.reverseComplement(Dna.encode(WORD)));
    return file(
        "s.fa",
        ">one\n"
            + flank.substring(0, 20)
            + WORD
            + flank
            + "\n>two\n"
            + flank.substring(0, 30)
            + back.toLowerCase(java.util.Locale.ROOT)
            + flank
            + "\n");
  }

  private static List<String> rows(String text) {
    return text.lines().filter(l -> !l.startsWith("#")).skip(text.startsWith("#") ? 0 : 1).toList();
  }

  @Test
  void fimosTableHasPlacesFromOneAndTheSiteAsItsStrandReads() throws IOException {
    Said said = Said.by("scan", "--motifs", motif("m.txt", "W"), "--genome", fasta());
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(rows(said.out())).hasSize(2);
    String[] first = rows(said.out()).get(0).split("\t");
    String[] second = rows(said.out()).get(1).split("\t");
    assertThat(first[0] + " " + first[1] + " " + first[2]).isEqualTo("W word one");
    assertThat(List.of(first[3], first[4], first[5])).containsExactly("21", "31", "+");
    assertThat(List.of(second[2], second[3], second[4], second[5]))
        .containsExactly("two", "31", "41", "-");
    assertThat(first[9]).isEqualTo(WORD).isEqualTo(second[9]);
    // Both strands of 76 + 86 bases hold 2 * (66 + 76) windows of 11; two equally good hits:
    // q = p * 284 / 2.
    double p = Double.parseDouble(first[7]);
    assertThat(Double.parseDouble(first[8]) / (p * 142)).isBetween(.99, 1.01);
  }

  @Test
  void bedHasPlacesFromZeroAndItsIndexIsBesideIt() throws IOException {
    Path bed = folder.resolve("out.bed.gz");
    Said said =
        Said.by(
            "scan", "--motifs", motif("m.txt", "W"), "--genome", fasta(), "--out", bed.toString());
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(folder.resolve("out.bed.gz.tbi")).isNotEmptyFile();
    String text;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(bed))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(rows(text)).hasSize(2);
    assertThat(rows(text).get(0)).startsWith("one\t20\t31\tW\t");
    assertThat(rows(text).get(1)).startsWith("two\t30\t41\tW\t").contains("\t-\t");
  }

  @Test
  void countsAreThoseOfTheRowsAndExpectationIsWindowsTimesP() throws IOException {
    String genome = "genomes/examples/lambda_virus.fa.gz";
    Said rows = Said.by("scan", "--motifs", "jaspar:fungi", "--genome", genome, "--quiet");
    Said counts =
        Said.by("scan", "--motifs", "jaspar:fungi", "--genome", genome, "--count", "--quiet");
    long sum = 0;
    for (String row : rows(counts.out())) {
      String[] f = row.split("\t", -1);
      sum += Long.parseLong(f[6]) + Long.parseLong(f[7]);
      long windows = Long.parseLong(f[5]);
      assertThat(windows).isEqualTo(48_502 - Long.parseLong(f[2]) + 1);
      assertThat(Double.parseDouble(f[8]))
          .isCloseTo(
              2 * windows * Double.parseDouble(f[4]),
              org.assertj.core.data.Percentage.withPercentage(1));
    }
    assertThat(rows(rows.out())).hasSize((int) sum);
    assertThat(sum).isGreaterThan(100);
  }

  @Test
  void regionsAreScannedOnceAndPlacesAreTheGenomes() throws IOException {
    String bed = file("r.bed", "two\t25\t60\ntwo\t28\t41\n");
    Said said =
        Said.by(
            "scan",
            "--motifs",
            motif("m.txt", "W"),
            "--genome",
            fasta(),
            "--regions",
            bed,
            "--format",
            "bed");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(rows(said.out())).singleElement().asString().startsWith("two\t30\t41\tW\t");
  }

  @Test
  void thresholdsAndStrandsAndMasks() throws IOException {
    String m = motif("m.txt", "W");
    String s = fasta();
    assertThat(rows(Said.by("scan", "--motifs", m, "--genome", s, "--norc").out())).hasSize(1);
    assertThat(rows(Said.by("scan", "--motifs", m, "--genome", s, "--skip-masked").out()))
        .hasSize(1);
    assertThat(rows(Said.by("scan", "--motifs", m, "--genome", s, "--pvalue", "1e-9").out()))
        .isEmpty();
    assertThat(rows(Said.by("scan", "--motifs", m, "--genome", s, "--score", "20").out()))
        .hasSize(2);
    assertThat(rows(Said.by("scan", "--motifs", m, "--genome", s, "--qvalue", "1e-9").out()))
        .isEmpty();
    assertThat(rows(Said.by("scan", "--motifs", m, "--genome", s, "--qvalue", "0.1").out()))
        .hasSize(2);
    int all = rows(Said.by("scan", "--motifs", m, "--genome", s, "--pvalue", "1").out()).size();
    // every window of 66 + 76, on both strands or the better one
    assertThat(all).isEqualTo(284);
    assertThat(
            rows(
                Said.by("scan", "--motifs", m, "--genome", s, "--pvalue", "1", "--max-strand")
                    .out()))
        .hasSize(142);
  }

  @Test
  void standardInputIsKeptForTheSecondPass() throws IOException {
    String m = motif("m.txt", "W");
    String expected = Said.by("scan", "--motifs", m, "--genome", fasta()).out();
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(Files.readAllBytes(Path.of(fasta()))));
      Said said = Said.by("scan", "--motifs", m, "--genome", "-");
      assertThat(said.code()).as(said.err()).isZero();
      assertThat(said.out()).isEqualTo(expected);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void idsOfSeveralCollectionsAreToldApart() throws IOException {
    Said said =
        Said.by(
            "scan",
            "--motifs",
            motif("a.txt", "W"),
            "--motifs",
            motif("b.txt", "W"),
            "--genome",
            fasta(),
            "--count");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(rows(said.out())).extracting(r -> r.split("\t")[0]).containsExactly("a:W", "b:W");
  }

  @Test
  void placesOfTheNamesWhereAsked() throws IOException {
    String named = file("n.fa", ">chr7:1001-1031 x\n" + "A".repeat(10) + WORD + "CCCCCCCCCC\n");
    String m = motif("m.txt", "W");
    assertThat(rows(Said.by("scan", "--motifs", m, "--genome", named).out()))
        .singleElement()
        .asString()
        .startsWith("W\tword\tchr7:1001-1031\t11\t21\t+");
    assertThat(
            rows(Said.by("scan", "--motifs", m, "--genome", named, "--parse-genomic-coord").out()))
        .singleElement()
        .asString()
        .startsWith("W\tword\tchr7\t1011\t1021\t+");
  }

  @Test
  void theThreadsDoNotChangeAByte() throws IOException {
    String genome = "genomes/examples/lambda_virus.fa.gz";
    List<String> said = new ArrayList<>();
    for (String threads : List.of("1", "2", "5")) {
      said.add(
          Said.by(
                  "scan",
                  "--motifs",
                  "jaspar:fungi",
                  "--genome",
                  genome,
                  "--threads",
                  threads,
                  "--quiet")
              .out());
    }
    assertThat(said.get(0)).isEqualTo(said.get(1)).isEqualTo(said.get(2)).contains("\n");
  }

  @Test
  void mistakesAreOneLineAndLeaveNothing() throws IOException {
    String m = motif("m.txt", "W");
    String s = fasta();
    Path out = folder.resolve("out.tsv");
    wrong(3, "no such motif file", "--motifs", "nowhere.meme", "--genome", s);
    wrong(3, "none", "--motifs", m, "--genome", folder.resolve("none.fa").toString());
    wrong(3, "no motif has 'XYZ'", "--motifs", m, "--only", "XYZ", "--genome", s);
    wrong(2, "no regular expression", "--motifs", m, "--only", "(", "--genome", s);
    wrong(2, "not one of", "--motifs", m, "--genome", s, "--format", "sam");
    wrong(2, "cannot go with", "--motifs", m, "--genome", s, "--score", "3", "--pvalue", "1");
    wrong(2, "no p-value", "--motifs", m, "--genome", s, "--pvalue", "0");
    wrong(2, "--pseudocount", "--motifs", m, "--genome", s, "--pseudocount", "0");
    wrong(2, "read only once", "--motifs", "-", "--genome", "-");
    wrong(2, "needs one --genome", "--motifs", m, "--genome", s, "--genome", s, "--regions", s);
    wrong(3, "is also an input", "--motifs", m, "--genome", s, "--out", s, "--force");
    wrong(3, "", "--motifs", m, "--genome", s, "--out", folder.toString(), "--force");
    String bad = file("bad.fa", ">x\nACGT!\n");
    wrong(3, "bad.fa:2", "--motifs", m, "--genome", bad, "--out", out.toString());
    wrong(3, "", "--motifs", m, "--genome", file("empty.fa", ""), "--out", out.toString());
    assertThat(out).doesNotExist();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(p -> p.getFileName().toString()).filter(n -> n.contains("out")))
          .isEmpty();
    }
  }

  private static void wrong(int code, String says, String... options) {
    String[] all = Stream.concat(Stream.of("scan"), Stream.of(options)).toArray(String[]::new);
    Said said = Said.by(all);
    assertThat(said.code()).as(said.err() + said.out()).isEqualTo(code);
    assertThat(said.err()).contains(says);
    if (code == ExitCode.BAD_INPUT) {
      assertThat(said.err().lines()).hasSize(1);
    }
  }

  @Test
  void aMotifWiderThanEverySequenceIsAWarning() throws IOException {
    Said said =
        Said.by(
            "scan",
            "--motifs",
            motif("m.txt", "W"),
            "--genome",
            file("t.fa", ">x\nACGTACG\n"),
            "--count");
    assertThat(said.code()).isZero();
    assertThat(said.err()).contains("motif W (width 11) fits nowhere");
    assertThat(rows(said.out())).hasSize(1);
  }
}
