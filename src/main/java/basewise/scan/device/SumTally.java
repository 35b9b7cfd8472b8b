package basewise.scan.device;

/** Takes how often sums occur: for who needs no more than that of hits. */
public interface SumTally {
  /** Whether sums must be told apart; else all hits of a matrix may be told with its cutoff. */
  boolean bySum();

  /**
   * Some hits.
   *
   * @param oriented 2 * motif + strand
   * @param sum their score, at least the cutoff
   * @param hits how many, more than 0
   */
  void add(int oriented, int sum, long hits);
}
