package basewise.compare;

import basewise.motif.Background;

/**
 * How motifs are compared. Tomtom's {@code -dist, -motif-pseudo, -bfile, -min-overlap, -norc}.
 *
 * @param distance how two columns are compared (Tomtom's own default is the Euclidean distance)
 * @param pseudocount added to each column of queries and targets, spread as the background; at
 *     least 0
 * @param background for the pseudocount and for {@link Distance#ALLR}; with reverse complements it
 *     is averaged over both strands
 * @param minOverlap columns that must overlap, at least 1; where a motif is shorter, its width
 * @param reverseComplements whether targets are also tried as their reverse complements
 */
public record TomtomOptions(
    Distance distance,
    double pseudocount,
    Background background,
    int minOverlap,
    boolean reverseComplements) {
  /** The defaults, said once: Pearson, 0.1, uniform, 1, both strands. */
  public static final TomtomOptions DEFAULTS =
      new TomtomOptions(Distance.PEARSON, 0.1, Background.UNIFORM, 1, true);

  /** Keep matches up to this q-value, unless an E-value was asked for. */
  public static final double DEFAULT_QVALUE = 0.5;

  /** Checks the numbers. */
  public TomtomOptions {
    if (!(pseudocount >= 0) || Double.isInfinite(pseudocount)) {
      throw new IllegalArgumentException("not a pseudocount: " + pseudocount);
    }
    if (minOverlap < 1) {
      throw new IllegalArgumentException("not an overlap: " + minOverlap);
    }
  }

  /** The same with another distance. */
  public TomtomOptions with(Distance other) {
    return new TomtomOptions(other, pseudocount, background, minOverlap, reverseComplements);
  }

  /** The same with another least overlap. */
  public TomtomOptions withMinOverlap(int columns) {
    return new TomtomOptions(distance, pseudocount, background, columns, reverseComplements);
  }

  /** The same with or without reverse complements of the targets. */
  public TomtomOptions withReverseComplements(boolean both) {
    return new TomtomOptions(distance, pseudocount, background, minOverlap, both);
  }

  /** The same with another pseudocount. */
  public TomtomOptions withPseudocount(double counts) {
    return new TomtomOptions(distance, counts, background, minOverlap, reverseComplements);
  }

  /** The same with another background. */
  public TomtomOptions withBackground(Background other) {
    return new TomtomOptions(distance, pseudocount, other, minOverlap, reverseComplements);
  }
}
