package basewise.compare;

import basewise.motif.Background;
import java.util.StringJoiner;

/**
 * How alike a query column and a target column are; higher is more alike. Formulas as in Tomtom
 * (Gupta et al. 2007) 5.4.0.
 *
 * <p>A column is first turned into a few numbers ({@link #features}), so that a comparison is a
 * short sum over them. {@link #row} scores one query column against many target columns and is the
 * only implementation: it does the same operations in the same order for every target. Every score
 * is rounded to a multiple of 2^-44 (for scores below 128), so that columns that are equal but for
 * the order in which numbers were added have equal scores: a correlation is exactly 1 or -1, or
 * -1/3 for two different pure columns, and falls into the same bin.
 */
public enum Distance {
  /**
   * Pearson correlation of the two columns; a column of four equal numbers has none and gives 0.
   */
  PEARSON("pearson", 4) {
    @Override
    void features(double[] p, double sites, Background background, double[] out) {
      double square = 0;
      for (int c = 0; c < 4; c++) {
        out[c] = p[c] - 0.25;
        square += out[c] * out[c];
      }
      double length = Math.sqrt(square);
      for (int c = 0; c < 4; c++) {
        out[c] = length < EVEN ? 0 : out[c] / length;
      }
    }

    @Override
    void row(double[] q, double[][] t, int from, int to, double[] out) {
      double q0 = q[0];
      double q1 = q[1];
      double q2 = q[2];
      double q3 = q[3];
      double[] a = t[0];
      double[] b = t[1];
      double[] c = t[2];
      double[] d = t[3];
      for (int i = from; i < to; i++) {
        double x = q0 * a[i] + q1 * b[i] + q2 * c[i] + q3 * d[i];
        out[i] = (x + GRID) - GRID;
      }
    }
  },

  /** Minus the Euclidean distance. */
  EUCLIDEAN("ed", 4) {
    @Override
    void features(double[] p, double sites, Background background, double[] out) {
      System.arraycopy(p, 0, out, 0, 4);
    }

    @Override
    void row(double[] q, double[][] t, int from, int to, double[] out) {
      double q0 = q[0];
      double q1 = q[1];
      double q2 = q[2];
      double q3 = q[3];
      double[] a = t[0];
      double[] b = t[1];
      double[] c = t[2];
      double[] d = t[3];
      for (int i = from; i < to; i++) {
        double x0 = q0 - a[i];
        double x1 = q1 - b[i];
        double x2 = q2 - c[i];
        double x3 = q3 - d[i];
        double x = -Math.sqrt(x0 * x0 + x1 * x1 + x2 * x2 + x3 * x3);
        out[i] = (x + GRID) - GRID;
      }
    }
  },

  /** Sandelin and Wasserman: 2 minus the squared Euclidean distance. */
  SANDELIN("sandelin", 4) {
    @Override
    void features(double[] p, double sites, Background background, double[] out) {
      System.arraycopy(p, 0, out, 0, 4);
    }

    @Override
    void row(double[] q, double[][] t, int from, int to, double[] out) {
      double q0 = q[0];
      double q1 = q[1];
      double q2 = q[2];
      double q3 = q[3];
      double[] a = t[0];
      double[] b = t[1];
      double[] c = t[2];
      double[] d = t[3];
      for (int i = from; i < to; i++) {
        double x0 = q0 - a[i];
        double x1 = q1 - b[i];
        double x2 = q2 - c[i];
        double x3 = q3 - d[i];
        double x = 2 - (x0 * x0 + x1 * x1 + x2 * x2 + x3 * x3);
        out[i] = (x + GRID) - GRID;
      }
    }
  },

  /**
   * Minus the mean of the two Kullback-Leibler divergences, in decimal logarithms: the sum of (q -
   * t) (log q - log t) / 2.
   */
  KULLBACK("kullback", 8) {
    @Override
    void features(double[] p, double sites, Background background, double[] out) {
      for (int c = 0; c < 4; c++) {
        out[c] = p[c];
        out[4 + c] = StrictMath.log10(p[c]);
      }
    }

    @Override
    void row(double[] q, double[][] t, int from, int to, double[] out) {
      double[] sum = new double[to - from];
      for (int c = 0; c < 4; c++) {
        double p = q[c];
        double log = q[4 + c];
        double[] tp = t[c];
        double[] tlog = t[4 + c];
        for (int i = 0; i < sum.length; i++) {
          sum[i] += (p - tp[from + i]) * (log - tlog[from + i]);
        }
      }
      for (int i = 0; i < sum.length; i++) {
        double x = sum[i] * -0.5;
        out[from + i] = (x + GRID) - GRID;
      }
    }
  },

  /** Average log-likelihood ratio (Wang and Stormo 2003), weighted by the numbers of sites. */
  ALLR("allr", 9) {
    @Override
    void features(double[] p, double sites, Background background, double[] out) {
      for (int c = 0; c < 4; c++) {
        out[c] = p[c] * sites;
        out[4 + c] = StrictMath.log(p[c] / background.of(c));
      }
      out[8] = out[0] + out[1] + out[2] + out[3];
    }

    @Override
    void row(double[] q, double[][] t, int from, int to, double[] out) {
      double[] sum = new double[to - from];
      for (int c = 0; c < 4; c++) {
        double n = q[c];
        double log = q[4 + c];
        double[] tn = t[c];
        double[] tlog = t[4 + c];
        for (int i = 0; i < sum.length; i++) {
          sum[i] += tn[from + i] * log + n * tlog[from + i];
        }
      }
      double all = q[8];
      double[] tall = t[8];
      for (int i = 0; i < sum.length; i++) {
        double x = sum[i] / (all + tall[from + i]);
        out[from + i] = (x + GRID) - GRID;
      }
    }
  };

  /** Adding and taking away 1.5 x 2^8 leaves a number rounded to a multiple of 2^-44. */
  private static final double GRID = 384;

  /** A column whose deviations from 1/4 are shorter than this is even: what is left is rounding. */
  private static final double EVEN = 1e-9;

  private final String word;
  private final int features;

  Distance(String word, int features) {
    this.word = word;
    this.features = features;
  }

  /** The word Tomtom's {@code -dist} uses: pearson, ed, sandelin, kullback, allr. */
  public String word() {
    return word;
  }

  /**
   * The distance of a word that {@link #word} returns, in any case.
   *
   * @throws IllegalArgumentException if there is none; the message lists the words
   */
  public static Distance of(String word) {
    StringJoiner words = new StringJoiner(", ");
    for (Distance d : values()) {
      if (d.word.equalsIgnoreCase(word)) {
        return d;
      }
      words.add(d.word);
    }
    throw new IllegalArgumentException("'" + word + "' is none of " + words);
  }

  /** Whether a probability of 0 makes a score infinite, so that a pseudocount is needed. */
  public boolean needsPseudocount() {
    return this == KULLBACK || this == ALLR;
  }

  /** How many numbers stand for a column. */
  int featureCount() {
    return features;
  }

  /**
   * The numbers that stand for a column.
   *
   * @param p probabilities A C G T after the pseudocount
   * @param sites how many sites they stand for
   * @param background used by ALLR only
   * @param out receives {@link #featureCount()} numbers
   */
  abstract void features(double[] p, double sites, Background background, double[] out);

  /**
   * Scores of one query column against target columns [from, to).
   *
   * @param q the query column's features
   * @param t target features, [feature][column]
   * @param out receives the scores at [from, to)
   */
  abstract void row(double[] q, double[][] t, int from, int to, double[] out);
}
