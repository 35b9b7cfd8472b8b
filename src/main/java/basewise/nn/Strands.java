package basewise.nn;

/** Which strands a filter looks at. */
public enum Strands {
  /** A filter and its reverse complement; the better one counts. */
  BOTH,
  /** The strand as given: RNA, or data with a direction. */
  FORWARD
}
