package basewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import basewise.nn.Dense;
import basewise.nn.Head;
import basewise.nn.ModelFile;
import basewise.nn.ModelOrigin;
import basewise.nn.MotifModel;
import basewise.nn.RandomTrunks;
import basewise.nn.SequenceModel;
import basewise.nn.Strands;
import basewise.nn.TrainOptions;
import basewise.nn.kernel.FilterActivation;
import basewise.nn.network.Goldens;
import basewise.nn.network.NetworkFile;
import basewise.nn.network.RandomModels;
import basewise.sequence.Dna;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCommandTest extends Refusals {
  private static final int WIDTH = 33;
  private static final List<byte[]> SEQUENCES = RandomModels.sequences(12, WIDTH, 4);

  private static final ModelOrigin ORIGIN =
      new ModelOrigin(TrainOptions.defaults(), "none", Map.of());

  private final MotifModel trained =
      RandomModels.of(6, 7, Strands.BOTH, FilterActivation.RELU, 4, WIDTH);
  private String model = "";
  private String network = "";
  private String fasta = "";

  @BeforeEach
  void save() throws IOException {
    model = folder.resolve("toy.model").toString();
    network = folder.resolve("toy.network").toString();
    ModelFile.save(trained, Path.of(model), ORIGIN);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SEQUENCES.size(); i++) {
      text.append(">s").append(i).append('\n').append(Dna.decode(SEQUENCES.get(i))).append('\n');
    }
    fasta = write("toy.fa", text.toString()).toString();
  }

  /** Of each shape that is trained; the second a regression. */
  private static List<SequenceModel> everyShape() {
    return List.of(
        RandomModels.of(6, 7, Strands.BOTH, FilterActivation.EXPONENTIAL, 0, WIDTH),
        RandomTrunks.model(RandomTrunks.basset().withHead(Head.REGRESSION), WIDTH, 2),
        RandomTrunks.model(RandomTrunks.dilated(), WIDTH, 2));
  }

  private Said export(String... more) {
    String[] args = Arrays.copyOf(new String[] {"model", "export", model}, 3 + more.length);
    System.arraycopy(more, 0, args, 3, more.length);
    return Said.by(args);
  }

  @Test
  void predictReadsTheFolderAsItReadsTheModel() throws IOException {
    Said said = export("--out", network);
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).isEqualTo("11 operations: " + network + "\n");
    assertThat(said.code()).isZero();
    for (SequenceModel each : everyShape()) {
      ModelFile.save(each, Path.of(model), ORIGIN);
      assertThat(export("--out", network, "--force").code()).isZero();
      for (String from : List.of(model, network)) {
        Said asked = Said.by("predict", from, fasta, "--out", from + ".tsv", "--force");
        assertThat(asked.err()).isEmpty();
        assertThat(asked.code()).isZero();
      }
      List<String> expected = Files.readAllLines(Path.of(model + ".tsv"));
      List<String> found = Files.readAllLines(Path.of(network + ".tsv"));
      assertThat(found.getFirst()).isEqualTo(expected.getFirst());
      assertThat(found).hasSameSizeAs(expected).hasSize(13);
      for (int i = 1; i < found.size(); i++) {
        String[] e = expected.get(i).split("\t");
        String[] f = found.get(i).split("\t");
        assertThat(f).hasSameSizeAs(e).startsWith(e[0]);
        for (int k = 1; k < e.length; k++) {
          double y = Double.parseDouble(e[k]);
          assertThat(Double.parseDouble(f[k]))
              .isCloseTo(y, within(1e-5 * Math.max(1, Math.abs(y))));
        }
      }
    }
  }

  /** PyTorch says what comes out of networks that no training of ours made. */
  @ParameterizedTest
  @ValueSource(strings = {"chain", "overlap", "residual", "smooth", "softmax"})
  void networksOfOtherProgramsArePredictedWith(String name) throws IOException {
    Path imported = Goldens.folder(name);
    StringBuilder text = new StringBuilder();
    for (double[] x : Goldens.inputs(name).subList(0, 3)) {
      text.append(">s\n");
      for (int at = 0; at < x.length; at += 4) {
        int letter = 4;
        for (int c = 0; c < 4; c++) {
          letter = x[at + c] == 1 ? c : letter;
        }
        text.append("ACGTN".charAt(letter));
      }
      text.append('\n');
    }
    Path sequences = write("golden.fa", text.toString());
    Path out = folder.resolve("golden.tsv");
    Said said =
        Said.by("predict", imported.toString(), sequences.toString(), "--out", out.toString());
    assertThat(said.code()).as(said.err()).isZero();
    int tasks = NetworkFile.read(imported).tasks().size();
    List<double[]> expected = Goldens.rows(name, "outputs32", tasks);
    List<String> rows = Files.readAllLines(out);
    assertThat(rows).hasSize(4);
    for (int i = 0; i < 3; i++) {
      String[] row = rows.get(1 + i).split("\t");
      assertThat(row).hasSize(1 + 2 * tasks);
      for (int t = 0; t < tasks; t++) {
        assertThat(Double.parseDouble(row[1 + 2 * t])).isCloseTo(expected.get(i)[t], within(1e-5));
      }
    }
  }

  @Test
  void attributeReadsTheFolderAsItReadsTheModel() throws IOException {
    assertThat(export("--out", network).code()).isZero();
    for (String from : List.of(model, network)) {
      Said said =
          Said.by(
              "attribute",
              from,
              fasta,
              "--method",
              "gradient,deepshap",
              "--target",
              "b",
              "--out",
              from + ".npz");
      assertThat(said.err()).isEmpty();
      assertThat(said.code()).isZero();
    }
    assertThat(Path.of(network + ".npz")).hasSameBinaryContentAs(Path.of(model + ".npz"));
  }

  @Test
  void theSameModelGivesTheSameBytes() {
    String again = folder.resolve("again").toString();
    assertThat(export("--out", network, "--quiet").out()).isEmpty();
    assertThat(export("--out", again).code()).isZero();
    for (String file : List.of(NetworkFile.DESCRIPTION, NetworkFile.WEIGHTS)) {
      assertThat(Path.of(again, file)).hasSameBinaryContentAs(Path.of(network, file));
    }
  }

  /** The oracle is PyTorch: network_torch.py rebuilds the network from the folder alone. */
  @Test
  void pyTorchRebuildsTheNetwork() throws IOException, InterruptedException {
    String python = System.getenv().getOrDefault("BASEWISE_PYTHON", "python3");
    boolean there;
    try {
      there = new ProcessBuilder(python, "-c", "import torch, numpy").start().waitFor() == 0;
    } catch (IOException e) {
      there = false;
    }
    if (!there) {
      System.out.println("ModelCommandTest skipped: no " + python + " with torch here");
    }
    assumeTrue(there, "skipped: no " + python + " with torch here");
    for (SequenceModel each : everyShape()) {
      ModelFile.save(each, Path.of(model), ORIGIN);
      assertThat(export("--out", network, "--force").code()).isZero();
      List<String> letters = SEQUENCES.stream().map(Dna::decode).toList();
      Path lines = write("lines", String.join("\n", letters));
      Path out = folder.resolve("out.tsv");
      Process run =
          new ProcessBuilder(python, "src/test/python/network_torch.py", network)
              .redirectInput(lines.toFile())
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      assertThat(run.waitFor()).isZero();
      List<String> rows = Files.readAllLines(out);
      float[][] expected = each.logits(SEQUENCES, 1);
      assertThat(rows).hasSize(expected.length);
      for (int i = 0; i < expected.length; i++) {
        String[] row = rows.get(i).split("\t");
        assertThat(row).hasSize(2);
        for (int t = 0; t < 2; t++) {
          double y = expected[i][t];
          assertThat(Double.parseDouble(row[t]))
              .isCloseTo(y, within(1e-5 * Math.max(1, Math.abs(y))));
        }
      }
    }
  }

  private void refused(int code, String why, String... args) throws IOException {
    List<String> before = names();
    Said said = Said.by(args);
    assertThat(said.err()).startsWith("basewise: ").contains(why);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.code()).isEqualTo(code);
    assertThat(names()).as("nothing written").isEqualTo(before);
  }

  @Test
  void badModels() throws IOException {
    Path cut = folder.resolve("cut.model");
    byte[] whole = Files.readAllBytes(Path.of(model));
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    String[] export = {"model", "export", cut.toString(), "--out", network};
    refused(ExitCode.BAD_INPUT, "cut.model: is cut short or damaged", export);
    export[2] = folder.resolve("none.model").toString();
    refused(ExitCode.BAD_INPUT, "none.model: does not exist", export);
    export[2] = fasta;
    refused(ExitCode.BAD_INPUT, "toy.fa: is not a Basewise model", export);
    export[2] = folder.toString();
    refused(ExitCode.BAD_INPUT, "holds no network.json", export);
    Dense output = trained.output();
    float[] bias = {Float.POSITIVE_INFINITY, 0};
    MotifModel infinite =
        new MotifModel(
            trained.architecture(),
            WIDTH,
            trained.tasks(),
            trained.filters(),
            trained.hidden(),
            new Dense(output.in(), 2, output.weights(), bias));
    ModelFile.save(infinite, cut, ORIGIN);
    export[2] = cut.toString();
    refused(ExitCode.BAD_INPUT, "cut.model: has weights that are not numbers", export);
  }

  @Test
  void outputsThatCannotBeWritten() throws IOException {
    assertThat(export("--out", network).code()).isZero();
    String[] export = {"model", "export", model, "--out", network};
    refused(ExitCode.BAD_INPUT, "toy.network: already exists (choose another --out or", export);
    export[4] = fasta;
    refused(ExitCode.BAD_INPUT, "toy.fa: is a file", export);
    export[4] = fasta + "/inside";
    refused(ExitCode.BAD_INPUT, "cannot be written", export);
    export[4] = folder.toString();
    refused(
        ExitCode.BAD_INPUT,
        "holds other things than results (it has no network.json)",
        "model",
        "export",
        model,
        "--out",
        folder.toString(),
        "--force");
    refused(
        ExitCode.USAGE, "--out: this verb cannot write", "model", "export", model, "--out", "-");
    assertThat(Said.by("model").err()).startsWith("basewise: model: say what to do: export");
    assertThat(export("--out", network, "--force").code()).isZero();
  }

  /** A folder that another program made wrongly: both verbs say so before they write. */
  @Test
  void badFolders() throws IOException {
    assertThat(export("--out", network).code()).isZero();
    Path description = Path.of(network, NetworkFile.DESCRIPTION);
    String text = Files.readString(description);
    for (String verb : List.of("predict", "attribute")) {
      Files.writeString(description, text.replace("\"maximum\"", "\"attention\""));
      String[] args = {verb, network, fasta, "--out", folder.resolve("never.npz").toString()};
      refused(
          ExitCode.BAD_INPUT,
          "network.json: node 'strands': unknown operation 'attention'; known are",
          args);
      Files.writeString(description, text);
      Path weights = Path.of(network, NetworkFile.WEIGHTS);
      byte[] whole = Files.readAllBytes(weights);
      Files.write(weights, Arrays.copyOf(whole, 200));
      refused(ExitCode.BAD_INPUT, "weights.npz: is no .npz, or cut short", args);
      Files.write(weights, whole);
    }
  }
}
