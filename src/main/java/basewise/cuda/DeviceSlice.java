package basewise.cuda;

import java.util.Objects;

/**
 * A place in memory on a device: an argument of a kernel.
 *
 * @param buffer the memory
 * @param offset bytes from its start
 */
public record DeviceSlice(DeviceBuffer buffer, long offset) {
  /** Refuses a place outside. */
  public DeviceSlice {
    Objects.checkIndex(offset, buffer.bytes());
  }
}
