package basewise.discovery;

import basewise.motif.Background;
import basewise.motif.CountMatrix;
import basewise.motif.ScoreMatrix;

/**
 * A motif on its way: the counts of its sites, and how well it told training positives from
 * negatives.
 *
 * @param origin where it started
 * @param counts its aligned sites
 * @param training its most telling threshold on the training part
 */
public record Candidate(Origin origin, CountMatrix counts, Presence training) {
  /** Counts added per column, spread as the background, when sites become scores. */
  public static final double PSEUDOCOUNT = 1;

  /** A starting point that has not been looked at yet. */
  static Candidate start(Origin origin, CountMatrix counts) {
    return new Candidate(origin, counts, new Presence(0, 0, 0, 0, 0, 0));
  }

  /** Log-odds scores against a background. */
  public ScoreMatrix scores(Background background) {
    return scores(counts, background);
  }

  /** Log-odds scores of some counts against a background. */
  static ScoreMatrix scores(CountMatrix counts, Background background) {
    return counts.toProbabilities(PSEUDOCOUNT, background).toScores(1, 0, background);
  }
}
