package basewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import basewise.io.InputException;
import basewise.io.NpzOutput;
import basewise.nn.Head;
import basewise.nn.MotifModel;
import basewise.nn.Strands;
import basewise.nn.kernel.FilterActivation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class NetworkFileTest {
  private static final List<String> NAMES = Goldens.NAMES;

  @TempDir private Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectories(temporary.resolve("network"));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void whatIsReadIsWrittenAndReadAgain(String name) throws IOException {
    NetworkFile first = NetworkFile.read(Goldens.folder(name));
    first.write(folder);
    NetworkFile second = NetworkFile.read(folder);
    assertThat(second.tasks()).isEqualTo(first.tasks());
    assertThat(second.head()).isEqualTo(Head.CLASSES);
    for (double[] x : Goldens.inputs(name)) {
      assertThat(second.network().forward(x, Precision.FLOAT64).output())
          .containsExactly(first.network().forward(x, Precision.FLOAT64).output());
    }
    Path again = Files.createDirectories(temporary.resolve("again"));
    second.write(again);
    for (String file : List.of(NetworkFile.DESCRIPTION, NetworkFile.WEIGHTS)) {
      assertThat(again.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
    }
  }

  @ParameterizedTest
  @CsvSource({"BOTH, RELU, 0", "FORWARD, EXPONENTIAL, 4"})
  void aTrainedModel(Strands strands, FilterActivation activation, int pool) {
    MotifModel model = RandomModels.of(5, 7, strands, activation, pool, 33);
    NetworkFile.of(model).write(folder);
    NetworkFile read = NetworkFile.load(folder);
    List<byte[]> sequences = RandomModels.sequences(9, 33, 2);
    float[][] expected = Network.of(model).outputs(sequences, 1);
    float[][] outputs = read.network().outputs(sequences, 3);
    for (int i = 0; i < expected.length; i++) {
      assertThat(outputs[i]).containsExactly(expected[i]);
    }
    assertThat(read.tasks()).containsExactly("a", "b");
  }

  @Test
  void aRegressionStaysOne() {
    Network.Builder b = Network.reading(new Shape(2, 4));
    int at = b.add("flatten", new Operation.Flatten(), Network.INPUT);
    b.add("dense", new Operation.Dense(new float[8], new float[1]), at);
    new NetworkFile(b.build(), List.of("level"), Head.REGRESSION).write(folder);
    assertThat(NetworkFile.read(folder).head()).isEqualTo(Head.REGRESSION);
  }

  /** One word of a good file changed, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "basewise-network | keras | the format is not basewise-network",
        "\"version\": 1 | \"version\": 2 | has version 2, this program reads version 1",
        "\"channels\": 4 | \"channels\": 5 | input: channels must be 4: A, C, G, T",
        "\"length\": 40 | \"length\": 0 | shape 0 x 4",
        "\"length\": 40 | \"length\": 1.5 | input: 'length' is no whole number: 1.5",
        "\"length\": 40 | \"length\": 41 | node 'conv1': the shape is [41,6], not [40,6]",
        "\"batch-norm\" | \"lstm\" | node 'norm1': unknown operation 'lstm'; known are"
            + " convolution,",
        "\"relu\" | \"swish\" | node 'relu1': unknown function 'swish'; known are relu,"
            + " leaky-relu,",
        "\"function\": \"relu\" | \"function\": \"elu\" | node 'relu1': 'alpha' is missing",
        "\"name\": \"norm1\" | \"name\": \"conv1\" | node 'conv1': the name is taken",
        "\"name\": \"norm1\" | \"name\": \"input\" | node 'input': the name is taken",
        "\"name\": \"norm1\", | `` | node 2: 'name' is missing",
        "[\"norm1\"] | [\"norm2\"] | node 'relu1': reads 'norm2', which is no node before it",
        "[\"norm1\"] | [\"norm1\", \"norm1\"] | node 'relu1': one input expected, 2 found",
        "[\"norm1\"] | \"norm1\" | node 'relu1': 'inputs' is no list",
        "\"width\": 7 | \"width\": 9 | node 'conv1': weights of [6, 7, 4], but 9 columns by its"
            + " width",
        "\"stride\": 1 | \"stride\": 0 | node 'conv1': stride 0, dilation 1, padding 3 and 3",
        "\"dilation\": 1 | \"dilation\": 4000000000 | node 'conv1': 'dilation' is no whole number",
        "\"dilation\": 1 | \"dilation\": 16 | node 'conv1': a convolution of 7 x 4, dilation 16, on"
            + " 40",
        "\"padding_left\": 3, | `` | node 'conv1': 'padding_left' is missing",
        "\"window\": 3 | \"window\": 41 | node 'pool1': a pool of 41 over 40 positions",
        "\"tasks\": [\"a\", \"b\", \"c\"] | \"tasks\": [\"a\"] | 1 tasks, but outputs of 1 x 3",
        "[\"a\", \"b\", \"c\"] | [\"a\", \"b\", \"b\"] | two tasks of one name",
        "[\"a\", \"b\", \"c\"] | [\"a\", \"b\", 3] | 'tasks' is no word: 3",
        "\"conv1.weights\" | \"conv9.weights\" | weights.npz: has no array 'conv9.weights' (it has"
            + " ",
        "\"conv1.weights\" | \"conv1.bias\" | node 'conv1': array 'conv1.bias' has the shape [6];"
            + " 3",
        "\"conv2.weights\" | \"conv1.weights\" | node 'conv2': weights of [6, 7, 4], but 5 biases",
        "\"version\": 1 | \"version\": 1, \"head\": \"x\" | 'head' must be classes or regression,"
            + " is x",
        "\"version\": 1 | \"version\": NaN | network.json:1: is no JSON, or cut short",
        "{\"name\": \"norm1\" | {name: \"norm1\" | network.json:3: is no JSON, or cut short",
        "]} | ]} [] | network.json:14: is no JSON, or cut short"
      })
  void whatIsWrongIsSaid(String good, String bad, String message) throws IOException {
    Files.copy(
        Goldens.folder("chain").resolve(NetworkFile.WEIGHTS), folder.resolve(NetworkFile.WEIGHTS));
    String text = Files.readString(Goldens.folder("chain").resolve(NetworkFile.DESCRIPTION));
    assertThat(text).contains(good);
    int at = good.equals("]}") ? text.lastIndexOf(good) : text.indexOf(good);
    Files.writeString(
        folder.resolve(NetworkFile.DESCRIPTION),
        text.substring(0, at) + bad + text.substring(at + good.length()));
    assertThatThrownBy(() -> NetworkFile.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  /** A description cut anywhere is no JSON, and never a bug of ours. */
  @Test
  void aShortCopyIsRefused() throws IOException {
    Files.copy(
        Goldens.folder("motif").resolve(NetworkFile.WEIGHTS), folder.resolve(NetworkFile.WEIGHTS));
    String text = Files.readString(Goldens.folder("motif").resolve(NetworkFile.DESCRIPTION));
    for (int n = 0; n < text.length() - 3; n += 11) {
      Files.writeString(folder.resolve(NetworkFile.DESCRIPTION), text.substring(0, n));
      assertThatThrownBy(() -> NetworkFile.read(folder))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("network.json");
    }
  }

  @Test
  void weightsThatAreNoNumbersAreRefused() throws IOException {
    NetworkFile network = NetworkFile.read(Goldens.folder("residual"));
    network.write(folder);
    float[] bias = {Float.NaN, 1};
    Operation.Dense dense = (Operation.Dense) network.network().nodes().getLast().operation();
    try (NpzOutput npz = NpzOutput.to(folder.resolve(NetworkFile.WEIGHTS))) {
      for (Network.Node node : network.network().nodes()) {
        for (OperationFormat.Parameter p : OperationFormat.parameters(node.operation())) {
          npz.array(node.name() + "." + p.name(), p.shape());
          npz.write(p.values() == dense.bias() ? bias : p.values());
        }
      }
      npz.seal();
      npz.commit();
    }
    assertThatThrownBy(() -> NetworkFile.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(
            "weights.npz: array 'output.bias' holds weights that are not numbers (train it again)");
  }

  @Test
  void whatIsMissingIsSaid() throws IOException {
    assertThatThrownBy(() -> NetworkFile.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(
            "network: holds no network.json (give a folder that 'model export' wrote)");
    Files.copy(
        Goldens.folder("motif").resolve(NetworkFile.DESCRIPTION),
        folder.resolve(NetworkFile.DESCRIPTION));
    assertThatThrownBy(() -> NetworkFile.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("weights.npz: does not exist (check the path)");
    Files.writeString(folder.resolve(NetworkFile.DESCRIPTION), "[1, 2]");
    assertThatThrownBy(() -> NetworkFile.load(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("network.json: is not one JSON object");
  }

  @Test
  void namesAreUsedOnce() {
    Network.Builder b = Network.reading(new Shape(8, 4));
    b.add("flat", new Operation.Flatten(), Network.INPUT);
    for (String name : List.of("flat", "input")) {
      assertThatThrownBy(() -> b.add(name, new Operation.Flatten(), Network.INPUT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the name '" + name + "' is taken");
    }
  }
}
