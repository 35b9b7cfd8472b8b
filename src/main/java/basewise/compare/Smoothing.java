package basewise.compare;

import basewise.motif.Background;
import basewise.motif.Motif;

/** Columns of a motif as Tomtom sees them: with its pseudocount. */
final class Smoothing {
  /** What Tomtom assumes where a motif does not say its number of sites. */
  private static final double DEFAULT_SITES = 20;

  private Smoothing() {}

  /** Number of sites of a motif, or 20. */
  static double sites(Motif motif) {
    double n = motif.sites().orElse(DEFAULT_SITES);
    return n > 0 ? n : DEFAULT_SITES;
  }

  /** The background the options mean: averaged over the strands if both are compared. */
  static Background background(TomtomOptions options) {
    return options.reverseComplements() ? options.background().bothStrands() : options.background();
  }

  /**
   * Probabilities [width][4] after p' = (p n + pseudocount b) / (n + pseudocount), n the whole
   * number of sites (Tomtom cuts fractions off).
   */
  static double[][] columns(Motif motif, TomtomOptions options) {
    Background background = background(options);
    double n = Math.max(1, Math.floor(sites(motif)));
    double[][] p = motif.probabilities().toArray();
    for (double[] row : p) {
      for (int c = 0; c < 4; c++) {
        row[c] =
            (row[c] * n + options.pseudocount() * background.of(c)) / (n + options.pseudocount());
      }
    }
    return p;
  }
}
