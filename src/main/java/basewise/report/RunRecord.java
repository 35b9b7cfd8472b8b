package basewise.report;

import basewise.io.AtomicOutput;
import basewise.stats.Estimate;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run did and on what: {@code run.json}. The only file of a run that holds times, memory and
 * hardware, so that all others stay the same bytes. Values are set under dotted keys, {@code
 * test.auroc} making {@code {"test": {"auroc": ...}}}. Top-level keys are written in one fixed
 * order, whatever order they were set in; the keys inside stay as they were set. Safe to use from
 * several threads.
 */
public final class RunRecord {
  /** What every discovery says at least. */
  private static final List<String> EXPECTED =
      List.of(
          "version",
          "command",
          "seed",
          "inputs",
          "counts.read",
          "counts.dropped",
          "counts.windows",
          "architecture",
          "epochs",
          "test.auroc",
          "test.auprc",
          "baseline.auroc",
          "seconds",
          "memory.peak_bytes",
          "hardware.processor",
          "hardware.vector_bits",
          "hardware.java");

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private static final List<String> ORDER =
      EXPECTED.stream().map(k -> k.split("\\.", -1)[0]).distinct().toList();

  private final JsonObject root = new JsonObject();

  /** A record that knows its command, version, seed, and the machine it is on. */
  public static RunRecord of(String version, String command, long seed) {
    RunRecord record = new RunRecord();
    record.put("version", version);
    record.put("command", command);
    record.put("seed", seed);
    Machine.describe(record);
    return record;
  }

  /** Sets a number; one that is not finite becomes null, as JSON has no NaN. */
  public synchronized RunRecord put(String key, double value) {
    return set(key, Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE);
  }

  /** Sets a whole number. */
  public synchronized RunRecord put(String key, long value) {
    return set(key, new JsonPrimitive(value));
  }

  /** Sets a text. */
  public synchronized RunRecord put(String key, String value) {
    return set(key, new JsonPrimitive(value));
  }

  /** Sets a truth. */
  public synchronized RunRecord put(String key, boolean value) {
    return set(key, new JsonPrimitive(value));
  }

  /** Sets a list of texts or numbers. */
  public synchronized RunRecord put(String key, List<?> values) {
    return set(key, GSON.toJsonTree(values));
  }

  /** Sets an object whose keys may themselves hold dots, such as reasons with their counts. */
  public synchronized RunRecord put(String key, Map<String, ? extends Number> values) {
    JsonObject object = new JsonObject();
    values.forEach(object::addProperty);
    return set(key, object);
  }

  /** Sets {@code key} to the number and {@code key_ci95} to its interval, if it has one. */
  public synchronized RunRecord put(String key, Estimate estimate) {
    put(key, estimate.value());
    if (estimate.hasInterval()) {
      put(key + "_ci95", List.of(estimate.low(), estimate.high()));
    }
    return this;
  }

  /** Adds a file that was read. */
  public synchronized RunRecord input(InputFile file) {
    if (!root.has("inputs")) {
      root.add("inputs", new com.google.gson.JsonArray());
    }
    JsonObject entry = new JsonObject();
    entry.addProperty("role", file.role());
    entry.addProperty("name", file.name());
    entry.add(
        "sha256", file.sha256().isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(file.sha256()));
    root.getAsJsonArray("inputs").add(entry);
    return this;
  }

  /** Sets the wall seconds of a stage, to the millisecond. */
  public RunRecord seconds(String stage, double seconds) {
    return put("seconds." + stage, Math.rint(seconds * 1000) / 1000);
  }

  /** The dotted keys that a discovery should have and this record has not. */
  public synchronized List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (String key : EXPECTED) {
      JsonElement at = root;
      for (String part : key.split("\\.", -1)) {
        at = at instanceof JsonObject o && o.has(part) ? o.get(part) : JsonNull.INSTANCE;
      }
      if (at.isJsonNull()) {
        missing.add(key);
      }
    }
    return missing;
  }

  /** The record as JSON, ending in a line feed. */
  public synchronized String toJson() {
    JsonObject ordered = new JsonObject();
    Set<String> rest = new TreeSet<>(root.keySet());
    for (String key : ORDER) {
      if (rest.remove(key)) {
        ordered.add(key, root.get(key));
      }
    }
    for (String key : rest) {
      ordered.add(key, root.get(key));
    }
    return GSON.toJson(ordered) + "\n";
  }

  /**
   * Writes the record, with the peak of memory as it is now; the file appears whole or not at all.
   *
   * @throws basewise.io.InputException if the file cannot be written
   */
  public void write(Path file) {
    put("memory.peak_bytes", Machine.peakBytes());
    AtomicOutput.write(file, toJson());
  }

  private RunRecord set(String key, JsonElement value) {
    String[] parts = key.split("\\.", -1);
    JsonObject at = root;
    for (int i = 0; i < parts.length - 1; i++) {
      if (!at.has(parts[i])) {
        at.add(parts[i], new JsonObject());
      }
      if (!(at.get(parts[i]) instanceof JsonObject inner)) {
        throw new IllegalArgumentException(key + ": " + parts[i] + " already holds a value");
      }
      at = inner;
    }
    at.add(parts[parts.length - 1], value);
    return this;
  }
}
