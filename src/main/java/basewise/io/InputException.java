package basewise.io;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in what a person gave us, not in our code: file, line, problem, remedy. The command
 * line prints it as one line, without a stack trace, and exits with code 3 where a file is at
 * fault, 2 where an option is ({@link #ofOption}). What a screen cannot show is escaped.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean option;

  /**
   * @param source file name as the user wrote it ("-" for standard input)
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
    this(source, line, problem, remedy, cause, false);
  }

  /** A mistake that concerns a whole file. */
  public InputException(String source, String problem, String remedy) {
    this(source, 0, problem, remedy);
  }

  private InputException(
      String source,
      long line,
      String problem,
      String remedy,
      @Nullable Throwable cause,
      boolean option) {
    super(message(source, line, problem, remedy), cause);
    this.option = option;
  }

  /**
   * A mistake in an option: its value makes no sense, does not fit the input, or could have no
   * effect on it.
   *
   * @param name of the option, such as {@code --width}
   */
  public static InputException ofOption(String name, String problem, String remedy) {
    return new InputException(name, 0, problem, remedy, null, true);
  }

  /** Whether an option is at fault rather than a file. */
  public boolean isOfOption() {
    return option;
  }

  private static String message(String source, long line, String problem, String remedy) {
    String place = line > 0 ? source + ":" + line : source;
    String text = place + ": " + problem;
    return Wording.printable(remedy.isEmpty() ? text : text + " (" + remedy + ")");
  }
}
