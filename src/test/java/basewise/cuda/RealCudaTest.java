package basewise.cuda;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a GPU; skipped, with the reason, where there is none. */
class RealCudaTest extends CudaContract {
  @BeforeAll
  static void needsADevice() {
    Assumptions.assumeTrue(
        System.getProperty(CudaDriver.LIBRARY_PROPERTY) == null,
        "skipped: "
            + CudaDriver.LIBRARY_PROPERTY
            + " is set, and this is about the system's own driver");
    if (CudaDriver.availability() instanceof CudaAvailability.Missing(String reason)) {
      Assumptions.abort("skipped: " + reason);
    }
  }

  @Override
  CudaDevice device() {
    return CudaDriver.availability().required().devices().getFirst();
  }
}
