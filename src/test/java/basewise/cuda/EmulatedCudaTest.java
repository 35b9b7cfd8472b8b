package basewise.cuda;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract through the emulated driver, copies as they come. */
class EmulatedCudaTest extends CudaContract {
  private Emulation emulation;

  @BeforeEach
  void start() {
    emulation = Emulation.ofProbe();
    emulation.reset(faults());
  }

  @AfterEach
  void end() {
    if (emulation != null) {
      emulation.close();
    }
  }

  String faults() {
    return "";
  }

  @Override
  CudaDevice device() {
    return emulation.device();
  }
}
