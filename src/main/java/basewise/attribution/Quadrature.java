package basewise.attribution;

/** How an integral over [0, 1] becomes a sum. */
public enum Quadrature {
  /** n equal steps, each at its middle. */
  MIDPOINT("midpoint"),
  /** n + 1 points from 0 to 1, the ends with half a weight. */
  TRAPEZOID("trapezoid"),
  /** n points at the zeros of a Legendre polynomial; exact for polynomials up to degree 2n - 1. */
  GAUSS_LEGENDRE("gauss-legendre");

  private static final int NEWTON = 100;
  private static final double ROUNDING = 1e-15;

  private final String label;

  Quadrature(String label) {
    this.label = label;
  }

  /**
   * Its points and their weights, which sum to 1.
   *
   * @param n as above, at least 1
   */
  double[][] rule(int n) {
    return switch (this) {
      case MIDPOINT -> even(n, 0.5, n);
      case TRAPEZOID -> {
        double[][] rule = even(n + 1, 0, n);
        rule[1][0] /= 2;
        rule[1][n] /= 2;
        yield rule;
      }
      case GAUSS_LEGENDRE -> legendre(n);
    };
  }

  private static double[][] even(int points, double first, int n) {
    double[][] rule = new double[2][points];
    for (int k = 0; k < points; k++) {
      rule[0][k] = (k + first) / n;
      rule[1][k] = 1.0 / n;
    }
    return rule;
  }

  /** Zeros of the polynomial of degree n by Newton's method, from Chebyshev's as a first guess. */
  private static double[][] legendre(int n) {
    double[][] rule = new double[2][n];
    for (int k = 0; k < n; k++) {
      double x = -Math.cos(Math.PI * (k + 0.75) / (n + 0.5));
      double slope = 0;
      double move = 1;
      for (int tries = 0; tries < NEWTON && Math.abs(move) > ROUNDING; tries++) {
        double before = 0;
        double p = 1;
        for (int j = 1; j <= n; j++) {
          double next = ((2 * j - 1) * x * p - (j - 1) * before) / j;
          before = p;
          p = next;
        }
        slope = n * (before - x * p) / (1 - x * x);
        move = p / slope;
        x -= move;
      }
      rule[0][k] = (1 + x) / 2;
      rule[1][k] = 1 / ((1 - x * x) * slope * slope);
    }
    return rule;
  }

  /** Its name on the command line. */
  @Override
  public String toString() {
    return label;
  }
}
