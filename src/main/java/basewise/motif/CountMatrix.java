package basewise.motif;

/**
 * How often each base was seen at each column of aligned sites. Not normalised, no pseudocount; you
 * cannot scan with it.
 */
public final class CountMatrix {
  private final double[][] counts;

  /** Takes counts[width][4], columns A C G T; copied. */
  public CountMatrix(double[][] counts) {
    this.counts = Rows.copy(counts);
    for (double[] row : this.counts) {
      for (double x : row) {
        if (!(x >= 0) || Double.isInfinite(x)) {
          throw new IllegalArgumentException("not a count: " + x);
        }
      }
    }
  }

  /** Number of columns of the motif. */
  public int width() {
    return counts.length;
  }

  /** The count of a base code 0-3 at a position. */
  public double at(int position, int code) {
    return counts[position][code];
  }

  /** The largest column sum: the number of sites. */
  public double sites() {
    double most = 0;
    for (double[] row : counts) {
      most = Math.max(most, row[0] + row[1] + row[2] + row[3]);
    }
    return most;
  }

  /** A copy, [width][4]. */
  public double[][] toArray() {
    return Rows.copy(counts);
  }

  /** The same sites read on the other strand. */
  public CountMatrix reverseComplement() {
    return new CountMatrix(Rows.reverseComplement(counts));
  }

  /** Columns [start, end). */
  public CountMatrix slice(int start, int end) {
    return new CountMatrix(java.util.Arrays.copyOfRange(counts, start, end));
  }

  /**
   * Probabilities p = (count + pseudocount * b) / (total + pseudocount); a column without counts
   * becomes the background.
   *
   * @param pseudocount counts added per column, spread as the background; 0 for none
   * @param background how they are spread
   */
  public ProbabilityMatrix toProbabilities(double pseudocount, Background background) {
    double[][] p = new double[counts.length][4];
    for (int i = 0; i < p.length; i++) {
      double total = counts[i][0] + counts[i][1] + counts[i][2] + counts[i][3];
      for (int c = 0; c < 4; c++) {
        p[i][c] =
            total + pseudocount > 0
                ? (counts[i][c] + pseudocount * background.of(c)) / (total + pseudocount)
                : background.of(c);
      }
    }
    return new ProbabilityMatrix(p);
  }
}
