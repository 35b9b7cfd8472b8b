package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Method;
import basewise.dataset.Example;
import basewise.sequence.Dna;
import java.nio.file.Path;

/**
 * A table with the columns id, position (0-based), base, score and, with several methods, method. A
 * row per position, of the base that is there, or four if scores are hypothetical.
 */
final class ScoresTsv extends ScoresOutput {
  private final Path file;
  private final Plan plan;
  private final TableOutput out;
  private String end = "";

  ScoresTsv(Path file, Plan plan) {
    this.file = file;
    this.plan = plan;
    out = TableOutput.to(file);
    out.line("id\tposition\tbase\tscore" + (several() ? "\tmethod" : ""));
  }

  private boolean several() {
    return plan.methods().size() > 1;
  }

  @Override
  public void begin(Method method) {
    end = several() ? "\t" + method.label() : "";
  }

  @Override
  public void add(Example sequence, Attribution scores) {
    String name = Text.field(sequence.id());
    byte[] codes = sequence.codes();
    for (int i = 0; i < codes.length; i++) {
      if (plan.hypothetical()) {
        for (int c = 0; c < Dna.N; c++) {
          row(name, i, c, scores.scores()[i * Dna.N + c]);
        }
      } else {
        row(name, i, codes[i], codes[i] == Dna.N ? 0 : scores.scores()[i * Dna.N + codes[i]]);
      }
    }
  }

  private void row(String id, int position, int base, float score) {
    // Adding 0 takes the sign from a zero.
    out.line(id + "\t" + position + "\t" + Dna.letter(base) + "\t" + (score + 0f) + end);
  }

  @Override
  public Path table(String what) {
    return ScoresFormat.TSV.table(file, what);
  }

  @Override
  public void seal() {
    out.seal();
  }

  @Override
  public void commit() {
    out.commit();
  }

  @Override
  public void close() {
    out.close();
  }
}
