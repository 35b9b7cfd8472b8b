package basewise.nn;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.nn.layer.Backends;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A model on disk: DL4J's own zip (configuration.json, coefficients.bin) with one entry more,
 * {@value #ENTRY}, that says what it is. The same model gives the same bytes.
 */
public final class ModelFile {
  /** The version of the entry below; a file of another version is refused. */
  public static final int VERSION = 1;

  /** Our entry of the zip. */
  static final String ENTRY = "basewise.json";

  /** How a zip with entries begins. */
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private static final String PLAIN = " in plain DL4J layers";
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  static {
    Backends.ready();
  }

  private ModelFile() {}

  /**
   * Writes a model, whole or not at all.
   *
   * @param origin how it came to be
   */
  public static void save(SequenceModel model, Path file, ModelOrigin origin) {
    write(ModelGraph.of(model, 1e-3, 1), ModelHeader.of("", model, origin), file);
  }

  /**
   * Writes a model as DL4J's own layers, for any DL4J program: inputs {@code forward} and (both
   * strands) {@code reverse}, one-hot [n, 4, width] in the order A, C, G, T ({@code basset} and
   * {@code dilated}: one input, [n, 4, width, 1]); output probabilities. Only the {@code
   * exponential} activation needs this program's jar.
   */
  public static void savePlain(SequenceModel model, Path file, ModelOrigin origin) {
    ComputationGraph plain =
        switch (model) {
          case MotifModel motif -> PlainNetwork.of(motif, 1e-3);
          case TrunkModel trunk -> PlainTrunk.of(trunk, 1e-3);
        };
    write(plain, ModelHeader.of(PLAIN, model, origin), file);
  }

  /**
   * Reads a model written by {@link #save}.
   *
   * @throws InputException if the file is missing, cut short, not a model, or of another version
   */
  public static SequenceModel load(Path file) {
    try {
      byte[] bytes = bytes(file);
      Map<String, byte[]> entries = Archive.read(bytes);
      ModelHeader header = header(file, entries);
      if (!entries.containsKey("configuration.json") || !entries.containsKey("coefficients.bin")) {
        throw damaged(file, null);
      }
      Architecture a = header.architecture();
      ComputationGraph graph =
          ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(bytes), false);
      return ModelGraph.toModel(graph, a, header.width(), header.tasks());
    } catch (NoSuchFileException e) {
      throw new InputException(file.toString(), 0, "does not exist", "check the path", e);
    } catch (IOException | RuntimeException e) {
      if (e instanceof InputException known) {
        throw known;
      }
      throw damaged(file, e);
    }
  }

  /**
   * How the model in a file came to be.
   *
   * @throws InputException as {@link #load}
   */
  public static ModelOrigin origin(Path file) {
    try {
      ModelHeader header = header(file, Archive.read(bytes(file)));
      if (header.training() == null || header.data() == null) {
        throw new InputException(
            file.toString(), "does not say how it was trained", "train it again");
      }
      return new ModelOrigin(header.training(), header.data(), header.notes());
    } catch (NoSuchFileException e) {
      throw new InputException(file.toString(), 0, "does not exist", "check the path", e);
    } catch (IOException e) {
      throw damaged(file, e);
    }
  }

  /** What is in the file, which at least begins as a zip does. */
  private static byte[] bytes(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InputException(file.toString(), "is a folder", "give what train wrote");
    }
    byte[] bytes = Files.readAllBytes(file);
    int common = Math.min(bytes.length, ZIP.length);
    if (!Arrays.equals(bytes, 0, common, ZIP, 0, common)) {
      throw new InputException(
          file.toString(),
          "is not a Basewise model",
          "give what train wrote; MODEL comes before INPUT");
    }
    return bytes;
  }

  private static ModelHeader header(Path file, Map<String, byte[]> entries) {
    byte[] json = entries.get(ENTRY);
    if (json == null) {
      throw new InputException(
          file.toString(), "is not a model of this program", "give a file that train wrote");
    }
    ModelHeader header;
    try {
      header = GSON.fromJson(new String(json, StandardCharsets.UTF_8), ModelHeader.class);
    } catch (JsonParseException e) {
      throw damaged(file, e);
    }
    if (header == null || header.kind() == null) {
      throw damaged(file, null);
    }
    if (header.version() != VERSION) {
      throw new InputException(
          file.toString(),
          "is a model of version %d, this program reads version %d"
              .formatted(header.version(), VERSION),
          "train it again with this version");
    }
    if (header.kind().endsWith(PLAIN)) {
      throw new InputException(
          file.toString(), "is a " + header.kind(), "give the file written without --plain");
    }
    return header;
  }

  private static InputException damaged(Path file, @Nullable Throwable e) {
    return new InputException(
        file.toString(), 0, "is cut short or damaged", "copy or train it again", e);
  }

  /** The entries of the file that {@link #save} writes. */
  static Map<String, byte[]> entries(SequenceModel model, ModelOrigin origin) throws IOException {
    return entries(ModelGraph.of(model, 1e-3, 1), ModelHeader.of("", model, origin));
  }

  private static Map<String, byte[]> entries(ComputationGraph graph, ModelHeader header)
      throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, zip, false);
    Map<String, byte[]> entries = Archive.read(zip.toByteArray());
    entries.put(ENTRY, (GSON.toJson(header) + "\n").getBytes(StandardCharsets.UTF_8));
    return entries;
  }

  private static void write(ComputationGraph graph, ModelHeader header, Path file) {
    try {
      AtomicOutput.write(file, Archive.write(entries(graph, header)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
