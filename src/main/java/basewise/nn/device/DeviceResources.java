package basewise.nn.device;

import java.util.List;

/** Memory and streams that are given back together. */
final class DeviceResources {
  private DeviceResources() {}

  /** Closes all, the last first, and empties the list. */
  static void close(List<AutoCloseable> open) {
    for (AutoCloseable resource : open.reversed()) {
      try {
        resource.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    open.clear();
  }
}
