package basewise.stats;

/** A symmetric positive definite matrix as L L', to solve with. */
public final class Cholesky {
  /** What is left of a diagonal element, of what it was, below which it is rounding. */
  private static final double LEAST = 1e-12;

  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /**
   * Factors a matrix.
   *
   * @param matrix of which the lower triangle is read; not changed
   * @throws ArithmeticException if it is not positive definite, but for rounding
   */
  public static Cholesky of(double[][] matrix) {
    int n = matrix.length;
    double[][] lower = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] row = new double[i + 1];
      lower[i] = row;
      for (int j = 0; j <= i; j++) {
        double[] other = lower[j];
        double rest = matrix[i][j];
        for (int k = 0; k < j; k++) {
          rest -= row[k] * other[k];
        }
        if (j < i) {
          row[j] = rest / other[j];
        } else if (rest > LEAST * matrix[i][i]) {
          row[i] = Math.sqrt(rest);
        } else {
          throw new ArithmeticException("not positive definite in row " + i);
        }
      }
    }
    return new Cholesky(lower);
  }

  /** x with matrix x = y. */
  public double[] solve(double[] y) {
    int n = lower.length;
    double[] x = y.clone();
    for (int i = 0; i < n; i++) {
      double rest = x[i];
      for (int k = 0; k < i; k++) {
        rest -= lower[i][k] * x[k];
      }
      x[i] = rest / lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      x[i] /= lower[i][i];
      for (int k = 0; k < i; k++) {
        x[k] -= lower[i][k] * x[i];
      }
    }
    return x;
  }
}
