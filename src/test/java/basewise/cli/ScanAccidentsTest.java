package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs of {@code scan} that would take something else with them, or mislead. */
class ScanAccidentsTest {
  @TempDir Path folder;

  private Said scan(String out, String... more) {
    String[] base = {
      "scan",
      "--motifs",
      "jaspar:fungi",
      "--only",
      "MA0265",
      "--genome",
      "genomes/examples/lambda_virus.fa.gz",
      "--quiet",
      "--out",
      out.isEmpty() ? "" : folder.resolve(out).toString()
    };
    return Said.by(Stream.concat(Arrays.stream(base), Arrays.stream(more)).toArray(String[]::new));
  }

  @Test
  void namesBesideAMatrixAreNotReplacedUnasked() throws IOException {
    Path notes = Files.writeString(folder.resolve("x.motifs.tsv"), "precious");
    Said said = scan("x.mtx");
    assertThat(said.err()).contains("x.motifs.tsv: already exists");
    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(notes).hasContent("precious");
    assertThat(scan("x.mtx", "--force").code()).isZero();
    assertThat(notes).content().startsWith("MA0265");
  }

  @Test
  void anIndexOfWhatWasThereBeforeIsGone() {
    Path index = folder.resolve("x.bed.gz.tbi");
    assertThat(scan("x.bed.gz").code()).isZero();
    assertThat(index).exists();
    assertThat(scan("x.bed.gz", "--format", "fimo", "--force").code()).isZero();
    assertThat(index).doesNotExist();
  }

  @Test
  void aFolderIsNoFile() {
    assertThat(scan(".").err()).contains("is a folder (name a file)");
    assertThat(scan("").err()).contains("--out '': is a folder (name a file)");
  }

  @Test
  void aBackgroundIsAnInput() throws IOException {
    Path bg = Files.writeString(folder.resolve("bg"), "A 0.3\nC 0.2\nG 0.2\nT 0.3\n");
    Said said = scan("bg", "--background", bg.toString(), "--force");
    assertThat(said.err()).contains("bg: is also an input");
    assertThat(bg).content().startsWith("A 0.3");
  }

  @Test
  void headersWithoutBasesAreNoGenome() throws IOException {
    Path fasta = Files.writeString(folder.resolve("h.fa"), ">a\n>b\n");
    for (String more : new String[] {"--count", "--quiet"}) {
      Said said =
          Said.by(
              "scan", "--motifs", "jaspar", "--only", "MA0265", "--genome", fasta.toString(), more);
      assertThat(said.err()).contains("h.fa: holds no base");
      assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    }
  }
}
