package basewise.scan.device;

/** A device has not the memory that was asked for; less may do. */
public final class DeviceMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** As the device said it. */
  public DeviceMemoryException(String message, Throwable cause) {
    super(message, cause);
  }

  /** As the device said it. */
  public DeviceMemoryException(String message) {
    super(message);
  }
}
