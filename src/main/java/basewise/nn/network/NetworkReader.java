package basewise.nn.network;

import basewise.io.InputException;
import basewise.io.NpyArray;
import basewise.io.NpzInput;
import basewise.nn.Head;
import basewise.sequence.Dna;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@link NetworkFile} and complains of everything that is not as it should be. */
final class NetworkReader {
  private static final String REMEDY = "export it again, or mend the file";
  private static final Pattern LINE = Pattern.compile("at line (\\d+)");

  private final Path file;
  private final NpzInput weights;
  private final List<Network.Node> nodes = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  private NetworkReader(Path file, NpzInput weights) {
    this.file = file;
    this.weights = weights;
    numbers.put(NetworkFile.INPUT, Network.INPUT);
  }

  static NetworkFile read(Path folder) {
    Path file = folder.resolve(NetworkFile.DESCRIPTION);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          folder.toString(),
          "holds no " + NetworkFile.DESCRIPTION,
          "give a folder that 'model export' wrote");
    }
    JsonObject json = parse(file);
    try (NpzInput weights = NpzInput.open(folder.resolve(NetworkFile.WEIGHTS))) {
      return new NetworkReader(file, weights).network(json);
    }
  }

  private static JsonObject parse(Path file) {
    try (JsonReader reader = new JsonReader(new StringReader(Files.readString(file)))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement json = JsonParser.parseReader(reader);
      if (json.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
        return json.getAsJsonObject();
      }
      throw new InputException(file.toString(), "is not one JSON object", REMEDY);
    } catch (CharacterCodingException | MalformedJsonException | JsonParseException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw new InputException(file.toString(), 0, "cannot be read: " + e.getMessage(), "", e);
    }
  }

  private static InputException damaged(Path file, Throwable e) {
    Matcher m = LINE.matcher(String.valueOf(e.getMessage()));
    long line = m.find() ? Long.parseLong(m.group(1)) : 0;
    return new InputException(file.toString(), line, "is no JSON, or cut short", REMEDY, e);
  }

  private NetworkFile network(JsonObject json) {
    Entry top = new Entry(json, "");
    if (!top.word("format").equals(NetworkFile.FORMAT)) {
      throw top.wrong("the format is not " + NetworkFile.FORMAT);
    }
    if (top.integer("version") != NetworkFile.VERSION) {
      throw new InputException(
          file.toString(),
          "has version %d, this program reads version %d"
              .formatted(top.integer("version"), NetworkFile.VERSION),
          "export it again with this version");
    }
    Entry input = new Entry(top.object(NetworkFile.INPUT), "input: ");
    if (input.integer("channels") != Dna.N) {
      throw input.wrong("channels must be 4: A, C, G, T");
    }
    try {
      Network.Builder builder =
          Network.reading(new Shape(input.integer("length"), input.integer("channels")));
      for (JsonElement node : top.array("nodes")) {
        add(node, builder);
      }
      return new NetworkFile(builder.build(), top.words("tasks"), head(top));
    } catch (IllegalArgumentException e) {
      throw new InputException(file.toString(), 0, message(e), REMEDY, e);
    }
  }

  private static Head head(Entry top) {
    if (!top.json.has("head")) {
      return Head.CLASSES;
    }
    for (Head head : Head.values()) {
      if (head.name().toLowerCase(Locale.ROOT).equals(top.word("head"))) {
        return head;
      }
    }
    throw top.wrong("'head' must be classes or regression, is " + top.word("head"));
  }

  private void add(JsonElement element, Network.Builder builder) {
    int number = nodes.size() + 1;
    if (!element.isJsonObject()) {
      throw new Entry(new JsonObject(), "node " + number + ": ").wrong("is no object");
    }
    JsonObject json = element.getAsJsonObject();
    String name = new Entry(json, "node " + number + ": ").word("name");
    Entry entry = new Entry(json, "node '" + name + "': ");
    if (numbers.containsKey(name)) {
      throw entry.wrong("the name is taken");
    }
    try {
      Operation operation = OperationFormat.read(entry.word("operation"), entry);
      int[] inputs = entry.words("inputs").stream().mapToInt(i -> nodeNumber(entry, i)).toArray();
      numbers.put(name, builder.add(name, operation, inputs));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw entry.wrong(message(e));
    }
    nodes.add(builder.last());
    if (json.has("shape")) {
      check(entry, builder.last().shape());
    }
  }

  private int nodeNumber(Entry entry, String input) {
    Integer number = numbers.get(input);
    if (number == null) {
      throw entry.wrong("reads '" + input + "', which is no node before it");
    }
    return number;
  }

  private static void check(Entry entry, Shape shape) {
    JsonArray given = entry.array("shape");
    if (given.size() != 2
        || entry.integer("shape", given.get(0)) != shape.length()
        || entry.integer("shape", given.get(1)) != shape.channels()) {
      throw entry.wrong(
          "the shape is [%d,%d], not %s".formatted(shape.length(), shape.channels(), given));
    }
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  /** An object of the file, and where messages say it is. */
  private final class Entry implements OperationFormat.Described {
    private final JsonObject json;
    private final String place;

    Entry(JsonObject json, String place) {
      this.json = json;
      this.place = place;
    }

    @Override
    public InputException wrong(String problem) {
      return new InputException(file.toString(), place + problem, REMEDY);
    }

    private JsonElement get(String key) {
      JsonElement value = json.get(key);
      if (value == null) {
        throw wrong("'" + key + "' is missing");
      }
      return value;
    }

    JsonObject object(String key) {
      if (get(key) instanceof JsonObject object) {
        return object;
      }
      throw wrong("'" + key + "' is no object");
    }

    JsonArray array(String key) {
      if (get(key) instanceof JsonArray array) {
        return array;
      }
      throw wrong("'" + key + "' is no list");
    }

    List<String> words(String key) {
      List<String> words = new ArrayList<>();
      for (JsonElement e : array(key)) {
        words.add(word(key, e));
      }
      return words;
    }

    @Override
    public String word(String key) {
      return word(key, get(key));
    }

    private String word(String key, JsonElement value) {
      if (value instanceof JsonPrimitive p && p.isString() && !p.getAsString().isBlank()) {
        return p.getAsString();
      }
      throw wrong("'" + key + "' is no word: " + value);
    }

    @Override
    public int integer(String key) {
      return integer(key, get(key));
    }

    private int integer(String key, JsonElement value) {
      try {
        if (value instanceof JsonPrimitive p && p.isNumber()) {
          return p.getAsBigDecimal().intValueExact();
        }
      } catch (ArithmeticException | NumberFormatException e) {
        // as below
      }
      throw wrong("'" + key + "' is no whole number: " + value);
    }

    @Override
    public double number(String key) {
      JsonElement value = get(key);
      if (value instanceof JsonPrimitive p && p.isNumber() && Double.isFinite(p.getAsDouble())) {
        return p.getAsDouble();
      }
      throw wrong("'" + key + "' is no number: " + value);
    }

    @Override
    public Convolution convolution(String node) {
      int i = nodeNumber(this, node);
      if (i != Network.INPUT && nodes.get(i).operation() instanceof Convolution convolution) {
        return convolution;
      }
      throw wrong("'" + node + "' is no convolution");
    }

    @Override
    public OperationFormat.Parameter parameter(String name, int dimensions) {
      Entry parameters = new Entry(object("parameters"), place + "parameters: ");
      String called = parameters.word(name);
      NpyArray array = weights.array(called);
      List<Integer> shape = array.shape();
      if (shape.size() != dimensions || array.size() == 0) {
        throw wrong(
            "array '%s' has the shape %s; %d dimensions expected"
                .formatted(called, shape, dimensions));
      }
      OperationFormat.Parameter parameter =
          new OperationFormat.Parameter(
              name, shape.stream().mapToInt(Integer::intValue).toArray(), array.floats());
      if (!parameter.isFinite()) {
        throw new InputException(
            file.resolveSibling(NetworkFile.WEIGHTS).toString(),
            "array '" + called + "' holds weights that are not numbers",
            "train it again");
      }
      return parameter;
    }
  }
}
