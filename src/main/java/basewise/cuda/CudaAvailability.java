package basewise.cuda;

import java.util.List;

/** Whether kernels can run on an NVIDIA GPU here: a value, asked before anything is started. */
public sealed interface CudaAvailability {
  /** The driver and the devices, or the reason why not as an exception (exit code 4). */
  default Ready required() {
    return switch (this) {
      case Ready ready -> ready;
      case Missing(String reason) -> throw new CudaMissingException(reason);
    };
  }

  /**
   * They can.
   *
   * @param devices those that run our kernels, at least one, by ordinal
   */
  record Ready(CudaDriver driver, List<CudaDevice> devices) implements CudaAvailability {
    /** Copies the list. */
    public Ready {
      devices = List.copyOf(devices);
      if (devices.isEmpty()) {
        throw new IllegalArgumentException("no device");
      }
    }
  }

  /**
   * They cannot.
   *
   * @param reason one line, lower case, no full stop
   */
  record Missing(String reason) implements CudaAvailability {}
}
