package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.nn.ModelFile;
import basewise.nn.SequenceModel;
import basewise.nn.Strands;
import basewise.nn.TrunkArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** train with an architecture, and what the other verbs then do with it. */
class ArchitectureOptionsTest extends Refusals {
  private static final String OTHER = "CCGGAAGTCC";

  @ParameterizedTest
  @ValueSource(strings = {"basset", "dilated"})
  void severalLabels(String name) throws IOException {
    Path table = write("two.csv", twoLabels(80));
    Said said = train(table, "--architecture", name, "--epochs", "2", "--threads", "2");
    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .contains("Held out, AP1, network: AUROC", "Held out, ETS, k-mer baseline: AUROC");
    assertThat(folder.resolve("never.checkpoint")).doesNotExist();
    SequenceModel model = ModelFile.load(Path.of(model()));
    assertThat(model.architecture().name()).isEqualTo(name);
    assertThat(model.width()).isEqualTo(60);
    assertThat(model.tasks()).containsExactly("AP1", "ETS");
    byte[] bytes = Files.readAllBytes(Path.of(model()));
    train(table, "--architecture", name, "--epochs", "2", "--threads", "1", "--force");
    assertThat(Files.readAllBytes(Path.of(model()))).isEqualTo(bytes);
    String out = folder.resolve("out.tsv").toString();
    assertThat(Said.by("predict", model(), table.toString(), "--out", out, "--quiet").err())
        .isEmpty();
    List<String> rows = Files.readAllLines(Path.of(out));
    assertThat(rows.getFirst())
        .isEqualTo("id\tlogit_AP1\tprobability_AP1\tlogit_ETS\tprobability_ETS");
    assertThat(rows).hasSize(81);
    Path few = write("few.fa", ">a\n" + Planted.sequence(1, 60, OTHER) + "\n");
    String scores = folder.resolve("scores.npz").toString();
    Said explained =
        Said.by(
            "attribute", model(), few.toString(), "--target", "ETS", "--out", scores, "--quiet");
    assertThat(explained.err()).isEmpty();
    assertThat(Path.of(scores)).exists();
    refusedWith(
        "is a %s network, and filters are read off motif networks".formatted(name),
        ExitCode.BAD_INPUT,
        "filters",
        model(),
        table.toString(),
        "--out",
        folder.resolve("motifs").toString());
  }

  @Test
  void windowsAsWideAsTheArchitectureLikes() throws IOException {
    Path fasta = write("long.fa", Planted.fasta(8, 1030));
    train(fasta, "--architecture", "basset", "--epochs", "1", "--strands", "forward", "--quiet");
    SequenceModel basset = ModelFile.load(Path.of(model()));
    assertThat(basset.width()).isEqualTo(600);
    assertThat(basset.architecture().strands()).isEqualTo(Strands.FORWARD);
    train(fasta, "--architecture", "dilated", "--epochs", "1", "--quiet", "--force");
    SequenceModel dilated = ModelFile.load(Path.of(model()));
    assertThat(dilated.width()).isEqualTo(1000);
    assertThat(((TrunkArchitecture) dilated.architecture()).blocks()).hasSize(9);
    assertThat(dilated.architecture().strands()).isEqualTo(Strands.BOTH);
    train(fasta, "--epochs", "1", "--filters", "4", "--quiet", "--force");
    assertThat(ModelFile.load(Path.of(model())).width()).isEqualTo(200);
  }

  @Test
  void manyTasksAreJudgedByTheirMean() throws IOException {
    StringBuilder text = new StringBuilder("sequence");
    for (int t = 0; t < 9; t++) {
      text.append(",t").append(t);
    }
    for (int i = 0; i < 80; i++) {
      text.append('\n').append(Planted.sequence(i, 60, i % 2 == 0 ? Planted.WORD : ""));
      for (int t = 0; t < 9; t++) {
        // One task is of one class and cannot be judged.
        text.append(',').append(t == 8 ? 1 : (i >> t % 3) & 1);
      }
    }
    Path table = write("nine.csv", text.append('\n').toString());
    Said said = train(table, "--architecture", "dilated", "--epochs", "1");
    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .containsPattern("Held out, mean of 8 of 9 tasks: AUROC 0\\.\\d{3}, AUPRC 0\\.\\d{3}\n");
    assertThat(said.out().lines()).hasSize(2);
  }

  @Test
  void numbers() throws IOException {
    Path table = write("y.csv", table("0.5", "2"));
    Said said = train(table, "--architecture", "dilated", "--epochs", "1");
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).contains("Pearson r");
  }

  @Test
  void optionsThatDoNotFit() throws IOException {
    Path fasta = write("toy.fa", Planted.fasta(60, 40));
    mistaken(
        "--architecture: there is no 'resnet' (there are motif, basset, dilated)", fasta, "resnet");
    for (String option : List.of("--filters", "--filter-width", "--pool", "--hidden")) {
      mistaken(
          option + ": is for motif networks, and the shape of basset is fixed (leave it out)",
          fasta,
          "basset",
          option,
          "8");
    }
    mistaken(
        "--dropout: is for hidden units, and dilated has none",
        fasta,
        "dilated",
        "--dropout",
        "0.1");
    mistaken(
        "--width: windows of 47 bases are too short for basset, which reads 48 or more",
        fasta,
        "basset",
        "--width",
        "47");
    refusedWith(
        fasta + ": windows of 40 bases are too short for basset, which reads 48 or more",
        ExitCode.BAD_INPUT,
        arguments(fasta, "--architecture", "basset"));
    Path few = write("few.fa", Planted.fasta(18, 60));
    mistaken(
        "--restarts: " + few + " is too small to set windows", few, "basset", "--restarts", "3");
  }

  private void mistaken(String why, Path input, String name, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--architecture", name));
    all.addAll(List.of(options));
    usage(why, arguments(input, all.toArray(String[]::new)));
  }

  private void refusedWith(String why, int code, String... arguments) throws IOException {
    List<String> before = names();
    Said said = Said.by(arguments);
    assertThat(said.err()).startsWith("basewise: ").contains(why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.code()).isEqualTo(code);
    assertThat(names()).as("nothing written").isEqualTo(before);
  }

  private String[] arguments(Path input, String... options) {
    List<String> args = new ArrayList<>(List.of("train", input.toString(), "--out", model()));
    args.addAll(List.of(options));
    return args.toArray(String[]::new);
  }

  private Said train(Path input, String... options) {
    Said said = Said.by(arguments(input, options));
    assertThat(said.code()).as(said.err()).isZero();
    return said;
  }

  private static String twoLabels(int rows) {
    StringBuilder text = new StringBuilder("sequence,AP1,ETS\n");
    for (int i = 0; i < rows; i++) {
      boolean ap1 = i % 2 == 0;
      boolean ets = i % 4 < 2;
      text.append(Planted.sequence(2 * i, 30, ap1 ? Planted.WORD : ""))
          .append(Planted.sequence(2 * i + 1, 30, ets ? OTHER : ""))
          // A label that is not known, now and then.
          .append("%s,%d\n".formatted(i % 40 == 7 ? "," : ap1 ? ",1" : ",0", ets ? 1 : 0));
    }
    return text.toString();
  }
}
