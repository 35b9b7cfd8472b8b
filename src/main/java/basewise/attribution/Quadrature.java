package basewise.attribution;

/** How an integral over [0, 1] becomes a sum. */
public enum Quadrature {
  /** n equal steps, each at its middle. */
  MIDPOINT("midpoint"),
  /** n + 1 points from 0 to 1, the ends with half a weight. */
  TRAPEZOID("trapezoid"),
  /** n points at the zeros of a Legendre polynomial; exact for polynomials up to degree 2n - 1. */
  GAUSS_LEGENDRE("gauss-legendre");

  private final String label;

  Quadrature(String label) {
    this.label = label;
  }

  /** Its name on the command line. */
  @Override
  public String toString() {
    return label;
  }
}
