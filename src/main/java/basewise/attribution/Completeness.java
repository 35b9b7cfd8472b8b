package basewise.attribution;

/**
 * Whether the contributions against one reference add up.
 *
 * @param reference its number, from 0
 * @param difference output of the sequence minus output of the reference
 * @param sum of all contributions: multipliers times the differences of the inputs
 * @param kept what rules of relevance give to no base: what biases and stabilisers take; 0 elsewhere
 * @param error |difference - sum - kept| / max(|difference|, the sum of absolute contributions,
 *     1e-6)
 */
public record Completeness(
    int reference, double difference, double sum, double kept, double error) {
  /** Exact rules stay below it. */
  public static final double EXPECTED = 1e-5;

  /** Above it a person is warned. */
  public static final double WORTH_A_WARNING = 1e-3;

  /** Above it the scores are wrong. */
  public static final double WRONG = 1e-2;

  private static final double SMALLEST = 1e-6;

  /**
   * Adds up.
   *
   * @param multipliers one per input
   * @param x the input
   * @param r the reference
   */
  static Completeness of(
      int reference, double difference, double[] multipliers, double[] x, double[] r) {
    double sum = 0;
    double absolute = 0;
    for (int i = 0; i < x.length; i++) {
      double contribution = multipliers[i] * (x[i] - r[i]);
      sum += contribution;
      absolute += Math.abs(contribution);
    }
    return of(reference, difference, sum, 0, absolute);
  }

  /**
   * Compares a sum.
   *
   * @param absolute the sum of absolute contributions
   */
  static Completeness of(
      int reference, double difference, double sum, double kept, double absolute) {
    double unit = Math.max(Math.max(Math.abs(difference), absolute), SMALLEST);
    double error = Math.abs(difference - sum - kept) / unit;
    return new Completeness(reference, difference, sum, kept, error);
  }
}
