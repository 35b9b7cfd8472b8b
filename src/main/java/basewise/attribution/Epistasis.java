package basewise.attribution;

/**
 * What two substitutions together do beyond the sum of what each does alone: f(ij) - f(i) - f(j) +
 * f(0). Of the nine pairs of substitutions at two positions, the one with the largest absolute
 * effect; of equal ones the first in the order of bases.
 *
 * @param first position, 0-based
 * @param firstBase code of the base put there
 * @param second position, above the first
 * @param secondBase code of the base put there
 * @param strongest effect of that pair
 * @param meanAbsolute mean of the absolute effects of all nine
 */
public record Epistasis(
    int first,
    byte firstBase,
    int second,
    byte secondBase,
    double strongest,
    double meanAbsolute) {}
