package basewise.scan.output;

/**
 * Standard output takes no more: the reader of a pipe has seen enough, or the disk behind it is
 * full, which the stream itself knows. There is no use in scanning on.
 */
public final class ReaderLeftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Nothing more to say. */
  public ReaderLeftException() {
    super("standard output is closed", null, false, false);
  }
}
