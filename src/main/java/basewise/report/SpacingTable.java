package basewise.report;

import basewise.io.AtomicOutput;
import basewise.io.GFormat;
import basewise.patterns.Spacing;
import basewise.stats.LogValue;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code spacing.tsv}: how often two patterns are in one sequence, and how they stand to one
 * another there; a line for each arrangement and bin of gaps that occurs.
 */
public final class SpacingTable {
  /** The columns; others may follow these one day, none goes before. */
  public static final List<String> COLUMNS =
      List.of(
          "pattern_a",
          "pattern_b",
          "sequences_a",
          "sequences_b",
          "sequences_both",
          "expected_both",
          "sequences_apart",
          "pvalue",
          "qvalue",
          "b_is",
          "strand",
          "gap_start",
          "gap_end",
          "sequences",
          "expected",
          "gap_pvalue");

  private SpacingTable() {}

  /**
   * Writes the table.
   *
   * @throws basewise.io.InputException if the file cannot be written
   */
  public static void write(List<Spacing> pairs, Path file) {
    AtomicOutput.write(file, text(pairs));
  }

  static String text(List<Spacing> pairs) {
    StringBuilder tsv = new StringBuilder(String.join("\t", COLUMNS)).append('\n');
    for (Spacing s : pairs) {
      String pair =
          String.join(
              "\t",
              s.first().id(),
              s.second().id(),
              Integer.toString(s.withFirst()),
              Integer.toString(s.withSecond()),
              Integer.toString(s.both()),
              Double.isNaN(s.expectedBoth()) ? "" : GFormat.g(s.expectedBoth(), 4),
              Integer.toString(s.apart()),
              LogValue.ofLn(s.logPvalue()).toString(),
              LogValue.ofLn(s.logQvalue()).toString());
      for (Spacing.Cell c : s.cells()) {
        tsv.append(
            String.join(
                "\t",
                pair,
                c.downstream() ? "downstream" : "upstream",
                c.sameStrand() ? "same" : "opposite",
                Integer.toString(c.gap()),
                Integer.toString(c.gap() + Spacing.BIN),
                Integer.toString(c.sequences()),
                GFormat.g(c.expected(), 4),
                LogValue.of(c.pvalue()).toString()));
        tsv.append('\n');
      }
    }
    return tsv.toString();
  }
}
