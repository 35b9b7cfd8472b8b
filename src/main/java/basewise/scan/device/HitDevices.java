package basewise.scan.device;

import basewise.scan.kernel.OrientedMatrix;
import java.util.List;

/** Devices that can be had for a scan. */
public interface HitDevices {
  /**
   * Brings the tables of some matrices to each device; none where there are none, and then the
   * processor scans.
   *
   * @throws basewise.cuda.CudaMissingException if they do not fit
   */
  List<HitDevice> open(List<OrientedMatrix> matrices);

  /** Whether there is one. */
  default boolean any() {
    return true;
  }

  /** The processor alone. */
  static HitDevices none() {
    return new HitDevices() {
      @Override
      public List<HitDevice> open(List<OrientedMatrix> matrices) {
        return List.of();
      }

      @Override
      public boolean any() {
        return false;
      }
    };
  }
}
