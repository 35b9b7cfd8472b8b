package basewise.genome;

/**
 * One sequence of a genome.
 *
 * @param name the first word of its header
 * @param length in bases
 */
public record Contig(String name, int length) {
  /** The most bases a contig can have. */
  static final int LONGEST = Integer.MAX_VALUE - 8;
}
