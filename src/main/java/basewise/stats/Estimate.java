package basewise.stats;

/**
 * A measured number with its 95 % interval.
 *
 * @param value the number; NaN if it was not measured
 * @param low lower end of the interval; NaN if there is none
 * @param high upper end of the interval; NaN if there is none
 */
public record Estimate(double value, double low, double high) {
  /** Nothing was measured. */
  public static final Estimate UNKNOWN = new Estimate(Double.NaN, Double.NaN, Double.NaN);

  /** A number without an interval. */
  public static Estimate of(double value) {
    return new Estimate(value, Double.NaN, Double.NaN);
  }

  /** Whether there is a number. */
  public boolean known() {
    return Double.isFinite(value);
  }

  /** Whether there is an interval. */
  public boolean hasInterval() {
    return Double.isFinite(low) && Double.isFinite(high);
  }
}
