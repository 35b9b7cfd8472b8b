package basewise.patterns.hits;

/**
 * How a region was explained.
 *
 * @param row of the input, 0-based
 * @param error half of the mean square that is not explained, of the region scaled
 * @param gap the duality gap per position
 * @param steps it took
 * @param step the width of the last
 * @param scale the root of the mean square of its contributions
 * @param end how it ended
 */
public record RegionFit(
    int row, float error, float gap, int steps, float step, float scale, End end) {
  /** How it ended: as it should, for want of steps, or because no step was narrow enough. */
  public enum End {
    CONVERGED,
    OUT_OF_STEPS,
    FAILED
  }
}
