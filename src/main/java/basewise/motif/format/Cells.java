package basewise.motif.format;

import basewise.motif.Motif;

/** The numbers of a matrix as text. */
final class Cells {
  static final int DIGITS = 6;

  private Cells() {}

  /** Probabilities with six decimals that sum to exactly 1, [width][4], A C G T. */
  static String[][] probabilities(Motif motif) {
    double[][] p = motif.probabilities().toArray();
    String[][] cells = new String[p.length][4];
    for (int i = 0; i < p.length; i++) {
      double[] row = Rounding.toOne(p[i], DIGITS);
      for (int c = 0; c < 4; c++) {
        cells[i][c] = Rounding.fixed(row[c], DIGITS);
      }
    }
    return cells;
  }

  /**
   * Counts, [width][4], A C G T: the motif's own; else probabilities times the number of sites,
   * whole where they are whole but for the decimals the probabilities were printed with; else, the
   * number of sites unknown, the probabilities themselves.
   */
  static String[][] counts(Motif motif) {
    double[][] n;
    if (motif.counts() != null) {
      n = motif.counts().toArray();
    } else if (motif.sites().isPresent() && motif.sites().getAsDouble() > 1) {
      n = motif.probabilities().toArray();
      double sites = motif.sites().getAsDouble();
      double slack = Math.min(0.1, Math.max(1e-3, 2e-6 * sites));
      boolean whole = true;
      for (double[] row : n) {
        for (int c = 0; c < 4; c++) {
          row[c] *= sites;
          whole &= Math.abs(row[c] - Math.rint(row[c])) < slack;
        }
      }
      if (whole) {
        for (double[] row : n) {
          for (int c = 0; c < 4; c++) {
            row[c] = Math.rint(row[c]);
          }
        }
      }
    } else {
      return probabilities(motif);
    }
    String[][] cells = new String[n.length][4];
    for (int i = 0; i < n.length; i++) {
      for (int c = 0; c < 4; c++) {
        cells[i][c] = Rounding.plain(n[i][c], DIGITS);
      }
    }
    return cells;
  }
}
