package basewise.attribution;

/**
 * The value of a segment of a sequence.
 *
 * @param start its first position, 0-based
 * @param end one after its last
 * @param value of all of it
 * @param error standard error of that; 0 where nothing was sampled, NaN where there is no estimate
 */
public record PlayerScore(int start, int end, double value, double error) {}
