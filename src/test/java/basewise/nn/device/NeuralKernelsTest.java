package basewise.nn.device;

import static org.assertj.core.api.Assertions.assertThat;

import basewise.cuda.CudaContext;
import basewise.cuda.Emulation;
import basewise.cuda.KernelCheck;
import org.junit.jupiter.api.Test;

/** The network's kernels, built by gcc and run by an emulated driver, against the CPU's classes. */
class NeuralKernelsTest {
  @Test
  void kernelsEqualTheirTwins() {
    try (Emulation emulation = Emulation.ofKernels();
        CudaContext context = CudaContext.open(emulation.device())) {
      for (KernelCheck check : NeuralChecks.run(context)) {
        assertThat(check.first()).as(check.kernel() + " against " + check.twin()).isEmpty();
        assertThat(check.compared()).isPositive();
      }
    }
  }
}
