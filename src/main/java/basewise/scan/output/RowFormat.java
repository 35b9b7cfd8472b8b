package basewise.scan.output;

/** How hits are written as rows of text. Thread-safe; owns no file. */
public interface RowFormat {
  /** What comes before all rows; may be empty. */
  byte[] header();

  /**
   * What depends on the sequence alone; made once per sequence and block.
   *
   * @param contig its name, UTF-8
   */
  byte[] lead(byte[] contig);

  /** How many bases a hit of an oriented motif covers. */
  int width(int oriented);

  /**
   * Appends one row, its line end too.
   *
   * @param lead of {@link #lead}
   * @param start 0-based place of the hit in the contig
   * @param oriented 2 * motif + strand (0 forward, 1 reverse)
   * @param codes base codes 0-4
   * @param at where in the codes the hit starts
   */
  void row(Rows out, byte[] lead, long start, int oriented, int sum, byte[] codes, int at);
}
