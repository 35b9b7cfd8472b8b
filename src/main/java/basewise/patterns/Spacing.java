package basewise.patterns;

import java.util.List;

/**
 * How two patterns stand to one another in the sequences that have both; of each pattern the
 * strongest seqlet of a sequence counts, of a pattern and itself the two strongest.
 *
 * @param first the one that the other is seen from, read forward
 * @param second the other, or the same
 * @param withFirst sequences that have the first; of a pattern and itself, that have it
 * @param withSecond sequences that have the second; of a pattern and itself, that have it twice
 * @param both sequences that have both
 * @param expectedBoth how many would by chance: {@code withFirst * withSecond / sequences}; NaN of
 *     a pattern and itself
 * @param apart sequences where the two lie apart, cores and seqlets; these are counted below
 * @param logPvalue natural logarithm of the p-value of the preferred arrangement: how often a
 *     permutation has one that stands out as much
 * @param logQvalue Benjamini and Hochberg's over all pairs
 * @param cells arrangements that occur, the one that stands out most first
 */
public record Spacing(
    FoundPattern first,
    FoundPattern second,
    int withFirst,
    int withSecond,
    int both,
    double expectedBoth,
    int apart,
    double logPvalue,
    double logQvalue,
    List<Cell> cells) {
  /** Width of a bin of gaps, in bases. */
  public static final int BIN = 5;

  /** Keeps its own copy. */
  public Spacing {
    cells = List.copyOf(cells);
  }

  /**
   * An arrangement and a bin of gaps.
   *
   * @param downstream whether the second comes after the first, as the first is read; so of a
   *     pattern and itself on one strand
   * @param sameStrand whether both are read on one strand
   * @param gap least bases between the cores; the bin ends before {@code gap + BIN}
   * @param sequences how many sequences have the pair so
   * @param expected how many do on average where the second's places are permuted
   * @param pvalue how often a permutation has at least as many; of this cell alone
   */
  public record Cell(
      boolean downstream,
      boolean sameStrand,
      int gap,
      int sequences,
      double expected,
      double pvalue) {
    /** How far it stands out: (sequences - expected) / sqrt(expected + 1). */
    public double excess() {
      return (sequences - expected) / Math.sqrt(expected + 1);
    }
  }

  /** With its q-value. */
  Spacing withLogQvalue(double value) {
    return new Spacing(
        first, second, withFirst, withSecond, both, expectedBoth, apart, logPvalue, value, cells);
  }
}
