package basewise.scan.device;

import basewise.scan.kernel.OrientedMatrix;
import java.util.List;

/** Devices that can be had for a scan. */
public interface HitDevices {
  /**
   * Brings the tables of some matrices to each device.
   *
   * @throws DeviceMemoryException if they do not fit
   */
  List<HitDevice> open(List<OrientedMatrix> matrices);
}
