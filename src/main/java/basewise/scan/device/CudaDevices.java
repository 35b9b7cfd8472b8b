package basewise.scan.device;

import basewise.cuda.CudaDevice;
import basewise.cuda.CudaMissingException;
import basewise.scan.kernel.DeviceTables;
import basewise.scan.kernel.OrientedMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** GPUs for a scan. Closing lets go of those that no scan has taken; a scan closes its own. */
public final class CudaDevices implements HitDevices, AutoCloseable {
  private static final double NANO = 1e-9;

  private final List<CudaCode> started = new ArrayList<>();
  private double tableSeconds;
  private double waitSeconds;
  private Map<String, Double> startSeconds = Map.of();

  private CudaDevices() {}

  /** Starts some GPUs, without waiting for them. */
  public static CudaDevices start(List<CudaDevice> devices) {
    CudaDevices all = new CudaDevices();
    for (CudaDevice device : devices) {
      all.started.add(CudaCode.start(device));
    }
    return all;
  }

  /**
   * Brings the tables of some matrices to each; they belong to the caller then. Called once.
   *
   * @throws basewise.cuda.CudaMissingException if one cannot be used
   */
  @Override
  public List<HitDevice> open(List<OrientedMatrix> matrices) {
    if (started.isEmpty()) {
      return List.of();
    }
    long begun = System.nanoTime();
    List<DeviceTables> tables = DeviceTables.plan(matrices);
    long planned = System.nanoTime();
    tableSeconds = NANO * (planned - begun);
    List<HitDevice> devices = new ArrayList<>();
    try {
      for (CudaCode code : started) {
        devices.add(CudaHitDevice.open(code, tables));
      }
    } catch (DeviceMemoryException e) {
      close();
      throw new CudaMissingException(
          "%s for the tables of %d matrices".formatted(e.getMessage(), matrices.size()), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    startSeconds = Map.copyOf(started.getFirst().seconds());
    started.clear();
    waitSeconds = NANO * (System.nanoTime() - planned);
    return devices;
  }

  @Override
  public boolean any() {
    return !started.isEmpty();
  }

  /** How long it took to make the tables. */
  public double tableSeconds() {
    return tableSeconds;
  }

  /** How long the first GPU took to open and to compile each kernel file, beside other work. */
  public Map<String, Double> startSeconds() {
    return startSeconds;
  }

  /** How long GPUs were waited for after that, to start and to take the tables. */
  public double waitSeconds() {
    return waitSeconds;
  }

  @Override
  public void close() {
    started.forEach(CudaCode::close);
    started.clear();
  }
}
