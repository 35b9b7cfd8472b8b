package basewise.patterns.hits;

/**
 * A place where a pattern acts.
 *
 * @param row of the input, 0-based
 * @param pattern by its place in the list
 * @param reverse whether it lies on the other strand
 * @param start where the whole pattern begins, in positions of the input's sequences
 * @param from where the part that counts begins
 * @param to behind its last position
 * @param coefficient of the region scaled to a mean square of 1
 * @param similarity the cosine of the contributions there with the pattern
 * @param importance the sum of their absolute values
 * @param squares the sum of their squares
 * @param scale the root of the mean square of the region's contributions
 */
public record Hit(
    int row,
    int pattern,
    boolean reverse,
    int start,
    int from,
    int to,
    float coefficient,
    float similarity,
    float importance,
    float squares,
    float scale) {
  /** The coefficient in the region's own scale, as Fi-NeMo takes it: times the scale squared. */
  public double global() {
    return (double) coefficient * scale * scale;
  }
}
