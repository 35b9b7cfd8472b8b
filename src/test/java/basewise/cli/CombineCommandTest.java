package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code motifs merge --members} and {@code combine}: samples side by side. */
class CombineCommandTest {
  private static final String COLUMNS = "rank\tmotif_id\tevalue\tmatch_name\n";
  @TempDir Path folder;

  /** A motif file of one or two words, in the format of JASPAR. */
  private String words(String name, String... words) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words.length; i++) {
      text.append(">motif_").append(i + 1).append('\n');
      for (char base : "ACGT".toCharArray()) {
        text.append(base).append(" [");
        words[i].chars().forEach(c -> text.append(c == base ? " 9" : " 0"));
        text.append(" ]\n");
      }
    }
    return Files.writeString(folder.resolve(name), text.toString()).toString();
  }

  private String sample(String name, String rows) throws IOException {
    Path results = Files.createDirectories(folder.resolve("samples/" + name));
    Files.writeString(results.resolve("motifs.tsv"), COLUMNS + rows);
    return results.toString();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void motifsOfSamplesArePooledAndShownSideBySide() throws IOException {
    // b's first motif is a's second, reverse-complemented: by eye, TGACGTGG and CCACGTCA.
    String a = words("a.txt", "GATTACAGGT", "TGACGTGG");
    String b = words("b.txt", "CCACGTCA");
    Said merged =
        Said.by(
            "motifs",
            "merge",
            a,
            b,
            "--prefix",
            "--similarity",
            "0.9",
            "--members",
            path("members.tsv"),
            "--out",
            path("pooled.meme"));
    assertThat(merged.code()).as(merged.err()).isZero();
    assertThat(Files.readString(folder.resolve("members.tsv")))
        .isEqualTo(
            "source\tmotif_id\tpooled_id\n"
                + "a\tmotif_1\ta:motif_1\n"
                + "a\tmotif_2\ta:motif_2\n"
                + "b\tmotif_1\ta:motif_2\n");

    String one = sample("a", "1\tmotif_1\t1e-500\tOne\n2\tmotif_2\t0.001\tWeak\n");
    String two = sample("b", "1\tmotif_1\t2.5e-30\tCREB<1>\n");
    String[] line = {
      "combine",
      one,
      two,
      "--motifs",
      path("pooled.meme"),
      "--members",
      path("members.tsv"),
      "--absent",
      "gone",
      "--out",
      path("report.html")
    };
    Said said = Said.by(line);
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(Files.readString(folder.resolve("report.tsv")))
        .isEqualTo(
            "pooled_id\tmatch_name\tsamples\ta\tb\n"
                + "a:motif_2\tCREB<1>\t2\t0.001\t2.5e-30\n"
                + "a:motif_1\tOne\t1\t1e-500\t\n");
    String html = Files.readString(folder.resolve("report.html"));
    assertThat(html)
        .contains("href=\"samples/a/report.html\"", "href=\"samples/b/report.html\"")
        .contains("2 motifs in 2 samples", "CREB&lt;1&gt;", "Without results: gone")
        .doesNotContain("CREB<1>", "http://", "https://", "<script");
    byte[] again = Files.readAllBytes(folder.resolve("report.html"));
    String[] forced = java.util.Arrays.copyOf(line, line.length + 1);
    forced[line.length] = "--force";
    assertThat(Said.by(forced).code()).isZero();
    assertThat(folder.resolve("report.html")).hasBinaryContent(again);
    assertThat(Said.by(line).code()).as("exists").isEqualTo(3);
  }

  @Test
  void aMotifThatWasNotMergedIsNamed() throws IOException {
    String a = words("a.txt", "GATTACAGGT");
    Said.by(
        "motifs",
        "merge",
        a,
        "--prefix",
        "--members",
        path("members.tsv"),
        "--out",
        path("pooled.meme"));
    String one = sample("a", "1\tmotif_7\t1e-5\tOne\n");
    Said said =
        Said.by(
            "combine",
            one,
            "--motifs",
            path("pooled.meme"),
            "--members",
            path("members.tsv"),
            "--out",
            path("report.html"));
    assertThat(said.code()).isEqualTo(3);
    assertThat(said.err()).contains("members.tsv", "motif_7", "sample a");
    assertThat(folder.resolve("report.html")).doesNotExist();
  }
}
