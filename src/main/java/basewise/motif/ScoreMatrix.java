package basewise.motif;

/**
 * A position-specific scoring matrix: log2-odds of each base at each column against a named
 * background. The score of a window is the sum over its columns; a window with an N has none.
 */
public final class ScoreMatrix {
  private final double[][] scores;
  private final Background background;

  /** Takes scores[width][4], A C G T, in bits; copied. Minus infinity is allowed. */
  public ScoreMatrix(double[][] scores, Background background) {
    this.scores = Rows.copy(scores);
    this.background = background;
  }

  /** Number of columns of the motif. */
  public int width() {
    return scores.length;
  }

  /** The score in bits of a base code 0-3 at a position. */
  public double at(int position, int code) {
    return scores[position][code];
  }

  /** The background the odds are taken against. */
  public Background background() {
    return background;
  }

  /** A copy, [width][4]. */
  public double[][] toArray() {
    return Rows.copy(scores);
  }

  /** Scores the other strand when read along the forward strand. */
  public ScoreMatrix reverseComplement() {
    return new ScoreMatrix(Rows.reverseComplement(scores), background);
  }

  /** The score of codes[start, start + width), or NaN if it holds an N. */
  public double score(byte[] codes, int start) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      byte c = codes[start + i];
      if (c > 3) {
        return Double.NaN;
      }
      sum += scores[i][c];
    }
    return sum;
  }

  /** The best score any window can have. */
  public double maximum() {
    double sum = 0;
    for (double[] r : scores) {
      sum += Math.max(Math.max(r[0], r[1]), Math.max(r[2], r[3]));
    }
    return sum;
  }
}
