package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import basewise.patterns.PlantedFiles;
import basewise.patterns.PlantedScores;
import basewise.sequence.Dna;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code patterns --negatives}: what is said of patterns by rows that they were not made from. */
class PatternsEvidenceTest {
  @TempDir Path folder;

  private List<String> row(List<PlantedScores.Row> rows, String... more) throws IOException {
    Path out = folder.resolve("out");
    List<String> all =
        new ArrayList<>(List.of("patterns", "--force", "--quiet", "--leiden-runs", "5"));
    all.addAll(List.of("--sequences", PlantedFiles.sequences(folder, rows).toString()));
    all.addAll(List.of("--scores", PlantedFiles.scores(folder, rows).toString()));
    all.addAll(List.of("--out", out.toString()));
    all.addAll(Arrays.asList(more));
    Said said = Said.by(all.toArray(String[]::new));
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    List<String> table = Files.readAllLines(out.resolve("patterns.tsv"));
    assertThat(table.getFirst())
        .endsWith(
            "\tpositives_with_site\tnegatives_with_site\tenrichment_pvalue\tevalue\tqvalue\tauroc"
                + "\tpositives\tnegatives");
    return List.of(table.get(1).split("\t"));
  }

  private String negatives(int count, boolean word) throws IOException {
    StringBuilder fasta = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Random random = new Random(1000 + i);
      byte[] codes = new byte[PlantedScores.LENGTH];
      for (int p = 0; p < codes.length; p++) {
        codes[p] = (byte) random.nextInt(4);
      }
      StringBuilder text = new StringBuilder(Dna.decode(codes));
      if (word) {
        text.replace(70, 70 + PlantedScores.WORD.length(), PlantedScores.WORD);
      }
      fasta.append(">n").append(i).append('\n').append(text).append('\n');
    }
    return Files.writeString(folder.resolve("n.fa"), fasta).toString();
  }

  private String heldOut(int from, int to) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = from; i < to; i++) {
      rows.append(i).append('\n');
    }
    return Files.writeString(folder.resolve("rows.txt"), rows).toString();
  }

  /** h of 30 held-out rows and none of 12 negatives: p = (30 over h) / (42 over h). */
  @Test
  void heldOutRowsJudge() throws IOException {
    List<String> row =
        row(
            PlantedScores.rows(150, 1),
            "--negatives",
            negatives(60, false),
            "--held-out",
            heldOut(120, 150));
    int with = Integer.parseInt(row.get(13));
    assertThat(with).isBetween(28, 30);
    assertThat(row.get(14)).isEqualTo("0");
    assertThat(row.subList(19, 21)).containsExactly("30", "12");
    double p = 1;
    for (int i = 0; i < with; i++) {
      p *= (30.0 - i) / (42 - i);
    }
    assertThat(Double.parseDouble(row.get(15)) / p).isCloseTo(1, within(0.01));
    assertThat(Double.parseDouble(row.get(18))).isGreaterThan(0.99);
    List<String> seqlets = Files.readAllLines(folder.resolve("out/seqlets.tsv"));
    assertThat(seqlets).hasSizeGreaterThan(60);
    for (String s : seqlets.subList(1, seqlets.size())) {
      assertThat(Integer.parseInt(s.split("\t")[1])).isLessThan(120);
    }
    String meme = Files.readString(folder.resolve("out/motifs.meme"));
    assertThat(meme).contains("MOTIF pos_patterns.pattern_0 " + row.get(10) + "\n");
    assertThat(meme).contains(" E= " + row.get(16).replace("e-0", "e-") + "\n");
  }

  /** A word that lowers the output is looked for among the negatives: there, or only in rows. */
  @Test
  void theSignSaysWhereToLook() throws IOException {
    List<PlantedScores.Row> rows = new ArrayList<>(PlantedScores.rows(110, -1));
    for (int i = 0; i < 60; i++) {
      Random random = new Random(5000 + i);
      byte[] codes = new byte[PlantedScores.LENGTH];
      float[] scores = new float[4 * codes.length];
      for (int p = 0; p < codes.length; p++) {
        codes[p] = (byte) random.nextInt(4);
        scores[4 * p + codes[p]] = (float) (0.02 * random.nextGaussian());
      }
      rows.add(new PlantedScores.Row(codes, scores));
    }
    // Of the rows held out 10 have it and 30 do not.
    String out = heldOut(100, 140);
    List<String> there = row(rows, "--negatives", negatives(60, true), "--held-out", out);
    assertThat(there.subList(0, 2)).containsExactly("neg_patterns.pattern_0", "-");
    assertThat(Integer.parseInt(there.get(13))).isLessThanOrEqualTo(12);
    assertThat(Integer.parseInt(there.get(14))).isBetween(7, 12);
    assertThat(Double.parseDouble(there.get(17))).isLessThan(0.01);
    List<String> not = row(rows, "--negatives", negatives(60, false), "--held-out", out);
    assertThat(Double.parseDouble(not.get(17))).isGreaterThan(0.05);
  }

  /** Of few rows all are judged, each by patterns that are made without it. */
  @Test
  void fewRowsAreJudgedInFolds() throws IOException {
    List<String> row = row(PlantedScores.rows(130, 1), "--negatives", "shuffle");
    assertThat(Integer.parseInt(row.get(13))).isBetween(125, 130);
    assertThat(Double.parseDouble(row.get(17))).isLessThan(1e-50);
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    List<PlantedScores.Row> rows = PlantedScores.rows(30, 1);
    String s = PlantedFiles.sequences(folder, rows).toString();
    String h = PlantedFiles.scores(folder, rows).toString();
    String n = negatives(20, false);
    refused(2, "--held-out: needs --negatives", s, h, "--held-out", heldOut(0, 3));
    refused(2, "--genome: is read for --negatives that are regions", s, h, "--genome", "x.fa");
    refused(
        3,
        "rows.txt:1: '30' is none of 30 rows",
        s,
        h,
        "--negatives",
        n,
        "--held-out",
        heldOut(30, 31));
    refused(3, "holds 30 of 30 rows out", s, h, "--negatives", n, "--held-out", heldOut(0, 30));
    refused(3, "holds 0 of 30 rows out", s, h, "--negatives", n, "--held-out", heldOut(0, 0));
    StringBuilder same = new StringBuilder();
    rows.forEach(r -> same.append(">r\n").append(Dna.decode(r.codes())).append('\n'));
    String twins = Files.writeString(folder.resolve("same.fa"), same).toString();
    refused(3, "has no sequence that is not among the rows", s, h, "--negatives", twins);
  }

  private void refused(int code, String why, String sequences, String scores, String... more) {
    List<String> all = new ArrayList<>(List.of("patterns", "--sequences", sequences));
    all.addAll(List.of("--scores", scores, "--out", folder.resolve("out").toString()));
    all.addAll(Arrays.asList(more));
    Said said = Said.by(all.toArray(String[]::new));
    assertThat(said.err()).startsWith("basewise: ").contains(why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.code()).isEqualTo(code);
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
