package basewise.nn.network;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.io.NpzOutput;
import basewise.nn.Head;
import basewise.nn.ModelFile;
import basewise.nn.SequenceModel;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * A network that other programs can rebuild: a folder with {@value #DESCRIPTION}, the operations in
 * order with their shapes and attributes, and {@value #WEIGHTS}, one float32 array per parameter.
 * The README says what each operation is; the same network gives the same bytes.
 *
 * @param network one vector comes out of it
 * @param tasks names of its outputs
 * @param head what the outputs mean
 */
public record NetworkFile(Network network, List<String> tasks, Head head) {
  /** The operations, in a folder; what makes it one of these. */
  public static final String DESCRIPTION = "network.json";

  /** The parameters, beside it. */
  public static final String WEIGHTS = "weights.npz";

  static final String FORMAT = "basewise-network";
  static final int VERSION = 1;

  /** What nodes call the input of the network. */
  static final String INPUT = "input";

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  /** Checks that there is a name for every output. */
  public NetworkFile {
    tasks = List.copyOf(tasks);
    Shape out = network.nodes().getLast().shape();
    Shapes.require(
        out.length() == 1 && out.channels() == tasks.size(),
        "%d tasks, but outputs of %d x %d",
        tasks.size(),
        out.length(),
        out.channels());
    Shapes.require(new HashSet<>(tasks).size() == tasks.size(), "two tasks of one name");
  }

  /** A trained model. */
  public static NetworkFile of(SequenceModel model) {
    return new NetworkFile(Network.of(model), model.tasks(), model.architecture().head());
  }

  /**
   * Reads either a folder as below or a file that {@code train} wrote.
   *
   * @throws InputException if it is neither, or damaged, or has weights that are no numbers
   */
  public static NetworkFile load(Path model) {
    if (Files.isDirectory(model)) {
      return read(model);
    }
    SequenceModel trained = ModelFile.load(model);
    if (!trained.isFinite()) {
      throw new InputException(
          model.toString(), "has weights that are not numbers", "train it again");
    }
    return of(trained);
  }

  /**
   * Reads a folder that {@link #write}, or another program, wrote.
   *
   * @throws InputException if something is missing or damaged, an operation is not known, shapes do
   *     not fit, or a weight is no number
   */
  public static NetworkFile read(Path folder) {
    return NetworkReader.read(folder);
  }

  /**
   * Writes both files.
   *
   * @param folder one that exists
   * @throws InputException if they cannot be written
   */
  public void write(Path folder) {
    try (NpzOutput npz = NpzOutput.to(folder.resolve(WEIGHTS))) {
      for (Network.Node node : network.nodes()) {
        for (OperationFormat.Parameter p : OperationFormat.parameters(node.operation())) {
          npz.array(array(node, p), p.shape());
          npz.write(p.values());
        }
      }
      npz.seal();
      npz.commit();
    }
    AtomicOutput.write(folder.resolve(DESCRIPTION), description());
  }

  /** One line for the network, then one per operation. */
  private String description() {
    JsonObject head = new JsonObject();
    head.addProperty("format", FORMAT);
    head.addProperty("version", VERSION);
    JsonObject input = new JsonObject();
    input.addProperty("length", network.input().length());
    input.addProperty("channels", network.input().channels());
    head.add(INPUT, input);
    head.add("tasks", GSON.toJsonTree(tasks));
    head.addProperty("head", this.head.name().toLowerCase(Locale.ROOT));
    String open = GSON.toJson(head);
    StringBuilder text = new StringBuilder(open.substring(0, open.length() - 1));
    String next = ",\"nodes\":[\n";
    for (Network.Node node : network.nodes()) {
      text.append(next).append(GSON.toJson(described(node)));
      next = ",\n";
    }
    return text.append("\n]}\n").toString();
  }

  private JsonObject described(Network.Node node) {
    JsonObject json = new JsonObject();
    json.addProperty("name", node.name());
    json.addProperty("operation", OperationFormat.name(node.operation()));
    JsonArray inputs = new JsonArray();
    for (int i : node.inputs()) {
      inputs.add(i == Network.INPUT ? INPUT : network.nodes().get(i).name());
    }
    json.add("inputs", inputs);
    JsonArray shape = new JsonArray();
    shape.add(node.shape().length());
    shape.add(node.shape().channels());
    json.add("shape", shape);
    OperationFormat.attributes(node.operation(), json, this::nameOf);
    JsonObject parameters = new JsonObject();
    for (OperationFormat.Parameter p : OperationFormat.parameters(node.operation())) {
      parameters.addProperty(p.name(), array(node, p));
    }
    if (!parameters.isEmpty()) {
      json.add("parameters", parameters);
    }
    return json;
  }

  private static String array(Network.Node node, OperationFormat.Parameter p) {
    return node.name() + "." + p.name();
  }

  private String nameOf(Convolution convolution) {
    return network.nodes().stream()
        .filter(n -> n.operation() == convolution)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("shares what is not in the network"))
        .name();
  }
}
