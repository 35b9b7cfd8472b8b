package basewise.motif;

import java.util.Arrays;

/**
 * The probability of each base at each column of a motif (a position probability matrix): rows sum
 * to 1.
 */
public final class ProbabilityMatrix {
  private static final double TOLERANCE = 0.02;
  private static final String[] IUPAC = {
    "", "A", "C", "M", "G", "R", "S", "V", "T", "W", "Y", "H", "K", "D", "B", "N"
  };
  private final double[][] rows;

  /**
   * Takes probabilities[width][4], A C G T; each row must sum to 1 within 0.02 and is renormalised.
   */
  public ProbabilityMatrix(double[][] probabilities) {
    rows = Rows.copy(probabilities);
    for (double[] row : rows) {
      double sum = row[0] + row[1] + row[2] + row[3];
      if (!(Math.abs(sum - 1) <= TOLERANCE)
          || Math.min(Math.min(row[0], row[1]), Math.min(row[2], row[3])) < 0) {
        throw new IllegalArgumentException("not probabilities: " + Arrays.toString(row));
      }
      if (sum != 1) {
        for (int c = 0; c < 4; c++) {
          row[c] /= sum;
        }
      }
    }
  }

  /** Number of columns of the motif. */
  public int width() {
    return rows.length;
  }

  /** The probability of a base code 0-3 at a position. */
  public double at(int position, int code) {
    return rows[position][code];
  }

  /** A copy, [width][4]. */
  public double[][] toArray() {
    return Rows.copy(rows);
  }

  /** The motif as the other strand shows it. */
  public ProbabilityMatrix reverseComplement() {
    return new ProbabilityMatrix(Rows.reverseComplement(rows));
  }

  /** Columns [start, end). */
  public ProbabilityMatrix slice(int start, int end) {
    return new ProbabilityMatrix(Arrays.copyOfRange(rows, start, end));
  }

  /** Information content of one column in bits: sum p log2(p / b). */
  public double informationContent(int position, Background background) {
    double bits = 0;
    for (int c = 0; c < 4; c++) {
      double p = rows[position][c];
      if (p > 0) {
        bits += p * Math.log(p / background.of(c));
      }
    }
    return bits / Math.log(2);
  }

  /** Information content of all columns in bits. */
  public double informationContent(Background background) {
    double bits = 0;
    for (int i = 0; i < rows.length; i++) {
      bits += informationContent(i, background);
    }
    return bits;
  }

  /**
   * IUPAC consensus: per column the smallest set of most probable bases that hold at least half
   * (one base), three quarters (two bases) or 0.9 (three bases) of the probability; else N. One
   * base must also be at least twice as probable as the next (Cavener 1987).
   */
  public String consensus() {
    StringBuilder text = new StringBuilder(rows.length);
    for (double[] row : rows) {
      Integer[] order = {0, 1, 2, 3};
      Arrays.sort(order, (a, b) -> Double.compare(row[b], row[a]));
      int set;
      if (row[order[0]] >= 0.5 && row[order[0]] >= 2 * row[order[1]]) {
        set = 1 << order[0];
      } else if (row[order[0]] + row[order[1]] >= 0.75) {
        set = 1 << order[0] | 1 << order[1];
      } else if (row[order[3]] < 0.1) {
        set = 15 & ~(1 << order[3]);
      } else {
        set = 15;
      }
      text.append(IUPAC[set]);
    }
    return text.toString();
  }

  /**
   * Log-odds scores log2(p / b) after p' = (p * sites + pseudocount * b) / (sites + pseudocount).
   *
   * @param sites how many sites the probabilities stand for (FIMO: 20 if not known)
   * @param pseudocount counts added, spread as the background (FIMO: 0.1)
   */
  public ScoreMatrix toScores(double sites, double pseudocount, Background background) {
    double[][] s = new double[rows.length][4];
    for (int i = 0; i < s.length; i++) {
      for (int c = 0; c < 4; c++) {
        double b = background.of(c);
        double p = (rows[i][c] * sites + pseudocount * b) / (sites + pseudocount);
        s[i][c] = Math.log(p / b) / Math.log(2);
      }
    }
    return new ScoreMatrix(s, background);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ProbabilityMatrix m && Arrays.deepEquals(rows, m.rows);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(rows);
  }
}
