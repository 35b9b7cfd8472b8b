package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences with a direction are looked at on one strand unless an option says otherwise. */
class DirectionTest {
  @TempDir private Path folder;

  @Test
  void sitesOfADirectedSetLieOnItsStrand() throws IOException {
    String word = "CAAGGTCAC";
    Path fasta = Files.writeString(folder.resolve("rna.fa"), Planted.fasta(100, 40, word, word));
    assertThat(strands(fasta, "auto")).isEqualTo("forward");
    assertThat(Files.readString(folder.resolve("auto/report.html")))
        .contains("The positives have a direction: ");
    // Half of FIMO's columns are numbers: a strand stands alone between tabs.
    assertThat(Files.readString(folder.resolve("auto/sites.tsv")))
        .contains("\t+\t")
        .doesNotContain("\t-\t");
    assertThat(strands(fasta, "both", "--strands", "both")).isEqualTo("both");
    assertThat(Files.readString(folder.resolve("both/report.html")))
        .doesNotContain("have a direction");
  }

  @Test
  void wordsInBothOrientationsHaveNoDirection() throws IOException {
    Path fasta = Files.writeString(folder.resolve("peaks.fa"), Planted.fasta(100, 40));
    assertThat(strands(fasta, "peaks")).isEqualTo("both");
  }

  private String strands(Path fasta, String out, String... more) throws IOException {
    Path to = folder.resolve(out);
    String[] args =
        Stream.concat(
                Stream.of(
                    "discover",
                    fasta.toString(),
                    "--out",
                    to.toString(),
                    "--quiet",
                    "--filters",
                    "4",
                    "--epochs",
                    "3"),
                Stream.of(more))
            .toArray(String[]::new);
    assertThat(Main.run(args)).isZero();
    return JsonParser.parseString(Files.readString(to.resolve("run.json")))
        .getAsJsonObject()
        .getAsJsonObject("architecture")
        .get("strands")
        .getAsString();
  }
}
