package basewise.cuda;

import org.jspecify.annotations.Nullable;

/**
 * CUDA was asked for and cannot be had. The message is one line for the user; the command line
 * exits with 4.
 */
public final class CudaMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason one line, lower case, no full stop: what is missing and what would help
   */
  public CudaMissingException(String reason) {
    this(reason, null);
  }

  /** As above, with the driver's failure behind it. */
  public CudaMissingException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
