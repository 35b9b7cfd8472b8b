package basewise.dataset;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.sequence.Dna;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A dataset on disk: a table of windows ({@code id place sequence <labels> part parent}; the place
 * 0-based and half-open, a dot where there is none) and its counts as JSON.
 */
public final class DatasetFiles {
  /** The table in the folder. */
  public static final String TABLE = "windows.tsv";

  /** The counts in the folder. */
  public static final String COUNTS = "dataset.json";

  private DatasetFiles() {}

  /** Writes {@value #TABLE} and {@value #COUNTS} into a folder, which is made. */
  public static void writeFolder(Dataset dataset, Path folder) {
    writeTable(dataset, folder.resolve(TABLE));
    AtomicOutput.write(folder.resolve(COUNTS), counts(dataset));
  }

  /** Writes the table alone; gzipped if the name ends in {@code .gz}. */
  public static void writeTable(Dataset dataset, Path file) {
    try (AtomicOutput out = AtomicOutput.to(file)) {
      OutputStream stream =
          file.toString().endsWith(".gz") ? new GZIPOutputStream(out.stream()) : out.stream();
      Writer writer =
          new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
      write(dataset, writer);
      writer.flush();
      if (stream instanceof GZIPOutputStream gzip) {
        gzip.finish();
      }
      out.commit();
    } catch (IOException e) {
      throw new InputException(file.toString(), 0, "cannot be written: " + e.getMessage(), "", e);
    }
  }

  /** The counts, the width and the tasks as JSON, in a fixed order. */
  public static String counts(Dataset dataset) {
    JsonObject json = new JsonObject();
    json.addProperty("width", dataset.width());
    json.addProperty("task", dataset.regression() ? "regression" : "classification");
    json.add("labels", new GsonBuilder().create().toJsonTree(dataset.tasks()));
    json.addProperty("windows", dataset.examples().size());
    JsonObject counts = new JsonObject();
    dataset.counts().forEach(counts::addProperty);
    json.add("counts", counts);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }

  private static void write(Dataset dataset, Writer out) throws IOException {
    out.write("id\tplace\tsequence\t" + String.join("\t", dataset.tasks()) + "\tpart\tparent\n");
    List<Example> examples = dataset.examples();
    for (Example e : examples) {
      out.write(e.id());
      out.write('\t');
      out.write(e.place() == null ? "." : e.place().toString());
      out.write('\t');
      out.write(Dna.decode(e.codes()));
      for (float label : e.labels()) {
        out.write('\t');
        out.write(number(label));
      }
      out.write('\t');
      out.write(e.part().name().toLowerCase(java.util.Locale.ROOT));
      out.write('\t');
      out.write(e.parent() < 0 ? "." : examples.get(e.parent()).id());
      out.write('\n');
    }
  }

  /** The shortest plain decimal that reads back as the same float; NA where unknown. */
  private static String number(float value) {
    if (Float.isNaN(value)) {
      return "NA";
    }
    String text = new BigDecimal(Float.toString(value)).toPlainString();
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
