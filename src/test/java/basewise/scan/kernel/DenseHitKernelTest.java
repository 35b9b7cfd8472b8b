package basewise.scan.kernel;

import java.util.List;

class DenseHitKernelTest extends HitKernelContract {
  @Override
  HitKernel kernel(List<OrientedMatrix> matrices) {
    return new DenseHitKernel(LossMatrix.of(matrices));
  }
}
