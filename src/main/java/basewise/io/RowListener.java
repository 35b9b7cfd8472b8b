package basewise.io;

/** Hears where rows about places lie in a text. */
public interface RowListener {
  /**
   * A row has been appended at [from, the text's size).
   *
   * @param contig its name in the row, the same array for rows that follow each other in one piece
   * @param start 0-based place in the contig
   * @param stop its end, exclusive
   */
  void row(byte[] contig, long start, long stop, int from);
}
