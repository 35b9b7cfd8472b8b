package basewise.scan.kernel;

import java.util.List;

public final class HitKernels {
  private HitKernels() {}

  public static HitKernel plan(List<OrientedMatrix> matrices) {
    return new KmerIndexKernel(LossMatrix.of(matrices), Integer.getInteger("K", 10));
  }
}
