package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
  @TempDir private Path folder;

  @Test
  void saysWhatItLeftOutAndRenamed() throws IOException {
    Path fasta = Files.writeString(folder.resolve("toy.fa"), Planted.fasta(60, 40));
    String model = folder.resolve("toy.model").toString();
    Said trained =
        Said.by("train", fasta.toString(), "--out", model, "--epochs", "1", "--filters", "4");
    assertThat(trained.code()).isZero();
    // The model's window is 40: 21 N are over half, 20 are not.
    String input =
        Files.writeString(
                folder.resolve("six.fa"),
                ">a\n%s\n>a\n%s\n>b\n%s\n>n\n%s\n>short\n%s\n>half\n%s\n"
                    .formatted(
                        "ACGT".repeat(10),
                        "AACC".repeat(10),
                        "AAGG".repeat(10),
                        "N".repeat(21) + "A".repeat(19),
                        "A".repeat(19),
                        "A".repeat(20)))
            .toString();
    String out = folder.resolve("six.tsv").toString();
    Said said = Said.by("predict", model, input, "--out", out);
    assertThat(said.err())
        .isEqualTo(
            "basewise: 2 of 6 sequences left out: over half N or padding; 1 repeated id renamed\n");
    assertThat(said.out()).startsWith("4 predictions: ");
    assertThat(Files.readAllLines(Path.of(out)).stream().map(r -> r.split("\t")[0]))
        .contains("a", "a_2", "b", "half")
        .doesNotContain("n", "short");
    assertThat(Said.by("predict", model, input, "--out", out, "--force", "--quiet").err())
        .isEmpty();
    assertThat(Said.by("predict", model, fasta.toString(), "--out", out, "--force").err())
        .isEmpty();
  }
}
