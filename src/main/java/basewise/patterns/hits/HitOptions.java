package basewise.patterns.hits;

/**
 * How hits are called; the defaults are those of Fi-NeMo 0.41.
 *
 * @param lambda the penalty of a coefficient, and the least cosine of a hit with its pattern
 * @param trim a pattern is cut where its positions fall below this share of the strongest
 * @param tolerance the duality gap per position at which a region is done
 * @param steps a region takes at most
 * @param step the first width of a step
 * @param leastStep a region whose steps would have to be narrower fails
 * @param shrink what a step is multiplied by when it leads to infinity
 * @param filter whether hits less similar than lambda are left out
 * @param bothStrands whether patterns are looked for on the other strand too
 * @param hypothetical whether the weights are the hypothetical ones
 * @param half whether scores are rounded to half precision first, as Fi-NeMo's preprocessing does
 */
public record HitOptions(
    double lambda,
    double trim,
    double tolerance,
    int steps,
    double step,
    double leastStep,
    double shrink,
    boolean filter,
    boolean bothStrands,
    boolean hypothetical,
    boolean half) {
  /** The defaults. */
  public static final HitOptions DEFAULTS =
      new HitOptions(0.7, 0.3, 0.0005, 10_000, 3, 0.08, 0.7, true, true, false, false);
}
