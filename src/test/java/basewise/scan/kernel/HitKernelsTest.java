package basewise.scan.kernel;

import java.util.List;

/** What is planned finds what the definition finds. */
class HitKernelsTest extends HitKernelContract {
  @Override
  HitKernel kernel(List<OrientedMatrix> matrices) {
    return HitKernels.plan(matrices);
  }
}
