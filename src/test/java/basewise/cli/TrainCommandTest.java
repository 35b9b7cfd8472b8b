package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.sequence.Dna;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  @TempDir Path folder;

  @Test
  void trainsThenPredicts() throws Exception {
    Path fasta = folder.resolve("toy.fa");
    Files.writeString(fasta, planted(120));
    Path model = folder.resolve("toy.model");
    Path plain = folder.resolve("plain.zip");
    int code =
        Main.run(
            "train",
            fasta.toString(),
            "--out",
            model.toString(),
            "--epochs",
            "2",
            "--filters",
            "8",
            "--quiet",
            "--plain",
            plain.toString());
    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(plain).exists();
    assertThat(folder.resolve("toy.model.checkpoint")).doesNotExist();
    Path table = folder.resolve("toy.tsv");
    code =
        Main.run(
            "predict", model.toString(), fasta.toString(), "--out", table.toString(), "--quiet");
    assertThat(code).isEqualTo(ExitCode.DONE);
    List<String> lines = Files.readAllLines(table);
    assertThat(lines.getFirst()).isEqualTo("id\tlogit\tprobability");
    assertThat(lines).hasSize(121);
    assertThat(lines.get(1)).matches("s0\t-?\\d+\\.\\d{6}\t[-.\\de]+");
    assertThat(Main.run("predict", fasta.toString(), fasta.toString(), "--quiet"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(Main.run("train", fasta.toString(), "--out", model.toString()))
        .as("an output that exists")
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(Main.run("train", fasta.toString(), "--out", folder.resolve("x") + "", "--resume"))
        .as("nothing to resume")
        .isEqualTo(ExitCode.BAD_INPUT);
  }

  private static String planted(int n) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < n; i++) {
      SplittableRandom random = new SplittableRandom(i);
      byte[] codes = new byte[60];
      for (int j = 0; j < codes.length; j++) {
        codes[j] = (byte) random.nextInt(4);
      }
      System.arraycopy(Dna.encode("TGACTCAGCA"), 0, codes, random.nextInt(50), 10);
      text.append(">s").append(i).append('\n').append(Dna.decode(codes)).append('\n');
    }
    return text.toString();
  }
}
