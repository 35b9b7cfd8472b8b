package basewise.report;

import basewise.attribution.Completeness;
import java.nio.file.Path;

/**
 * {@code NAME.completeness.tsv}: id, method, reference (from 0), output minus the reference's
 * output, sum of contributions, what biases and stabilisers keep, error (see {@link Completeness}).
 */
public final class CompletenessTable implements AutoCloseable {
  private final TableOutput out;

  private CompletenessTable(TableOutput out) {
    this.out = out;
  }

  /**
   * Opens it and writes its header.
   *
   * @throws basewise.io.InputException if it cannot be written
   */
  public static CompletenessTable open(Path file) {
    TableOutput out = TableOutput.to(file);
    out.line("id\tmethod\treference\tdifference\tsum\tkept\terror");
    return new CompletenessTable(out);
  }

  /** Appends a row. */
  public void row(String id, String method, Completeness c) {
    out.line(
        "%s\t%s\t%d\t%s\t%s\t%s\t%s"
            .formatted(
                Text.field(id),
                method,
                c.reference(),
                (float) c.difference(),
                (float) c.sum(),
                (float) c.kept(),
                (float) c.error()));
  }

  /** Writes what is left. */
  public void seal() {
    out.seal();
  }

  /** Moves the file to its name. */
  public void commit() {
    out.commit();
  }

  @Override
  public void close() {
    out.close();
  }
}
