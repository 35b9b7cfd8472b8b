package basewise.stats;

/**
 * A number with its 95 % interval.
 *
 * @param value the number itself, from all data
 * @param low 2.5th percentile of its bootstrap replicates
 * @param high 97.5th percentile
 */
public record Estimate(double value, double low, double high) {}
