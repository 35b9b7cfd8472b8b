package basewise.io;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in what a person gave us, not in our code: file, line, problem, remedy. The command
 * line prints it as one line and exits with code 3; there is no stack trace.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param source file name as the user wrote it ("-" for standard input), or an option such as
   *     {@code --width}
   * @param line 1-based line, or 0 where lines make no sense
   * @param problem what is wrong, lower case, no full stop
   * @param remedy what to do about it, lower case, no full stop; may be empty
   */
  public InputException(String source, long line, String problem, String remedy) {
    this(source, line, problem, remedy, null);
  }

  /** As above, with the exception that revealed the mistake. */
  public InputException(
      String source, long line, String problem, String remedy, @Nullable Throwable cause) {
    super(message(source, line, problem, remedy), cause);
  }

  /** A mistake that concerns a whole file or option. */
  public InputException(String source, String problem, String remedy) {
    this(source, 0, problem, remedy);
  }

  private static String message(String source, long line, String problem, String remedy) {
    String place = line > 0 ? source + ":" + line : source;
    return remedy.isEmpty() ? place + ": " + problem : place + ": " + problem + " (" + remedy + ")";
  }
}
