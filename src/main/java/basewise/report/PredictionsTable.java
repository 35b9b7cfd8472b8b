package basewise.report;

import basewise.io.AtomicOutput;
import basewise.io.InputException;
import basewise.nn.Head;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code predictions.tsv}: id, logit and probability per task, then any columns the caller adds
 * (label, part). With one task the columns are {@code id logit probability}; with more they carry
 * the task's name, {@code logit_CTCF probability_CTCF}. A regression has {@code prediction} in the
 * place of both. Rows are streamed; the file appears when {@link #commit()} is called, and not at
 * all if it never is.
 */
public final class PredictionsTable implements AutoCloseable {
  private final AtomicOutput out;
  private final Path file;
  private final int tasks;
  private final int extra;
  private final boolean classes;

  private PredictionsTable(AtomicOutput out, Path file, int tasks, int extra, boolean classes) {
    this.classes = classes;
    this.out = out;
    this.file = file;
    this.tasks = tasks;
    this.extra = extra;
  }

  /**
   * Opens the table and writes its header.
   *
   * @param tasks names of the outputs; the name of a single one is not used
   * @param head what the outputs mean
   * @param extra names of further columns, after the tasks
   * @throws InputException if the file cannot be written
   */
  public static PredictionsTable open(
      Path file, List<String> tasks, Head head, List<String> extra) {
    boolean classes = head == Head.CLASSES;
    List<String> columns = new ArrayList<>(List.of("id"));
    for (String task : tasks) {
      String suffix = tasks.size() == 1 ? "" : "_" + Text.field(task);
      columns.add((classes ? "logit" : "prediction") + suffix);
      if (classes) {
        columns.add("probability" + suffix);
      }
    }
    columns.addAll(extra);
    PredictionsTable table =
        new PredictionsTable(AtomicOutput.to(file), file, tasks.size(), extra.size(), classes);
    table.line(columns);
    return table;
  }

  /**
   * Appends a row; the probability is the logistic function of the logit, six significant digits.
   *
   * @param logits one per task, or the predictions of a regression
   * @param extra one per further column
   */
  public void row(String id, float[] logits, List<String> extra) {
    if (logits.length != tasks || extra.size() != this.extra) {
      throw new IllegalArgumentException(
          "expected %d tasks and %d further columns, found %d and %d"
              .formatted(tasks, this.extra, logits.length, extra.size()));
    }
    List<String> fields = new ArrayList<>(List.of(Text.field(id)));
    for (float logit : logits) {
      fields.add(String.format(Locale.ROOT, "%.6f", logit));
      if (classes) {
        fields.add(String.format(Locale.ROOT, "%.6g", 1 / (1 + Math.exp(-logit))));
      }
    }
    for (String field : extra) {
      fields.add(Text.field(field));
    }
    line(fields);
  }

  /** Moves the file to its name; nothing may be appended afterwards. */
  public void commit() {
    out.commit();
  }

  @Override
  public void close() {
    out.close();
  }

  private void line(List<String> fields) {
    try {
      out.stream().write((String.join("\t", fields) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new InputException(
          file.toString(), 0, "cannot be written: " + e.getMessage(), "is the disk full?", e);
    }
  }
}
