package basewise.nn.kernel;

/** How long the windows of a {@link SpectralConvolution} should be, if it should be used at all. */
public final class SpectralSizes {
  /** Part of the products of sums in order below which transforms are faster. */
  private static final double WORTH_IT = 0.8;

  /** Longer windows take fewer products, but more room than caches have. */
  private static final int MOST_POINTS = 47;

  private SpectralSizes() {}

  /**
   * Positions in the windows that take the fewest products for {@code positions} outputs; 0 if sums
   * in order are faster.
   */
  public static int best(int width, int positions) {
    int best = 0;
    double least = WORTH_IT * width * positions;
    for (int points = width + 1 + width % 2; points <= MOST_POINTS; points += 2) {
      int whole = points - width + 1;
      double cost = (positions + whole - 1) / whole * products(points);
      if (cost < least) {
        best = points;
        least = cost;
      }
    }
    return best;
  }

  /**
   * Positions in the windows of which all outputs are wanted, made of {@code rows} positions that
   * are not zero; 0 if sums in order are faster.
   */
  public static int around(int width, int rows) {
    int points = ((rows | 1) + width - 1) | 1; // in steps, for there are factors for each
    boolean faster = products(points) < WORTH_IT * width * rows;
    return rows > 0 && points <= MOST_POINTS && faster ? points : 0;
  }

  /** Products of matrices for a window, and what the transforms cost besides. */
  private static double products(int points) {
    return (3 * points - 1) / 2 * 1.25;
  }
}
