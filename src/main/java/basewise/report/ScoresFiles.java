package basewise.report;

import basewise.attribution.Attribution;
import basewise.attribution.Completeness;
import basewise.attribution.Method;
import basewise.dataset.Example;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Scores and the tables that belong to them: how far they add up, and what is no score. */
public final class ScoresFiles implements ScoresSink {
  /** What the table of sums is called. */
  public static final String COMPLETENESS = "completeness";

  private final ScoresOutput scores;
  private @Nullable CompletenessTable completeness;
  private @Nullable ExtrasTables extras;
  private @Nullable Method method;

  /**
   * Opens them.
   *
   * @param indels whether deletions and insertions are looked at
   * @throws basewise.io.InputException if one cannot be written
   */
  public ScoresFiles(Path out, ScoresOutput.Plan plan, boolean indels) {
    scores = ScoresOutput.open(out, plan);
    try {
      if (plan.methods().stream().anyMatch(Method::complete)) {
        completeness = CompletenessTable.open(scores.table(COMPLETENESS));
      }
      extras = ExtrasTables.open(scores::table, plan.methods(), indels);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void begin(Method next) {
    method = next;
    scores.begin(next);
  }

  @Override
  public void add(Example sequence, Attribution found) {
    if (method == null || extras == null) {
      throw new IllegalStateException("no method was begun");
    }
    scores.add(sequence, found);
    extras.rows(sequence.id(), sequence.codes(), method, found.extras());
    if (completeness != null) {
      for (Completeness c : found.completeness()) {
        completeness.row(sequence.id(), method.label(), c);
      }
    }
  }

  @Override
  public void seal() {
    scores.seal();
    if (extras != null) {
      extras.seal();
    }
    if (completeness != null) {
      completeness.seal();
    }
  }

  @Override
  public void commit() {
    if (completeness != null) {
      completeness.commit();
    }
    if (extras != null) {
      extras.commit();
    }
    scores.commit();
  }

  @Override
  public void close() {
    if (completeness != null) {
      completeness.close();
    }
    if (extras != null) {
      extras.close();
    }
    scores.close();
  }
}
