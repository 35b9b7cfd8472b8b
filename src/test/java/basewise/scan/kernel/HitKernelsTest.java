package basewise.scan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import jdk.incubator.vector.ByteVector;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is planned finds what the definition finds, whatever the machine. */
class HitKernelsTest {
  /** As on this machine. */
  @Nested
  class Planned extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return HitKernels.plan(matrices);
    }
  }

  /** An index however few the matrices are. */
  @Nested
  class Indexed extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return HitKernels.plan(LossMatrix.of(matrices), 10, ByteVector.SPECIES_256, 0);
    }
  }

  /** No vectors to speak of. */
  @Nested
  class Narrow extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return HitKernels.plan(LossMatrix.of(matrices), 8, ByteVector.SPECIES_64, Integer.MAX_VALUE);
    }
  }

  /** Vectors from the first block on, beside a rehearsal. */
  @Nested
  class Rehearsed extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      try (Rehearsal beside = Rehearsal.start()) {
        return HitKernels.plan(matrices, false);
      }
    }
  }

  /** Tables for whatever comes, as they rehearse. */
  @Nested
  class Tables extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return HitKernels.tables(matrices);
    }
  }

  @Test
  void itSaysWhatItChose() {
    SplittableRandom random = new SplittableRandom(1);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      HitKernelContract.addBoth(matrices, HitKernelContract.random(random, 8), random, 2e-3);
    }
    matrices.add(new OrientedMatrix(120, HitKernelContract.random(random, 9), 0));
    assertThat(HitKernels.plan(matrices).describe())
        .contains("120 by an index of 8 bases")
        .contains("1 by sums of every window");
    assertThat(HitKernels.plan(matrices.subList(0, 2)).describe()).startsWith("2 by tables of");
    OrientedMatrix hopeless = new OrientedMatrix(0, new int[5][4], 1);
    assertThat(HitKernels.plan(List.of(hopeless)).describe()).isEqualTo("no matrix can be hit");
  }

  @Test
  void aLongScanGoesOverToVectorsAndFindsTheSame() {
    SplittableRandom random = new SplittableRandom(2);
    List<OrientedMatrix> matrices = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      HitKernelContract.addBoth(matrices, HitKernelContract.random(random, 9 + i), random, 1e-3);
    }
    HitKernel kernel = HitKernels.plan(matrices);
    assertThat(kernel.describe()).contains("by tables of");
    // 2^25 windows are scanned by plain sums at first: 26 blocks of 2^15 bases.
    for (int i = 0; i < 30; i++) {
      byte[] codes = HitKernelContract.codes(random, 1 << 15, 1e-4);
      if (i % 10 == 0 || i > 24) {
        HitKernelContract.same(kernel, matrices, codes, codes.length);
      } else {
        kernel.scan(
            BlockCodes.of(HitKernelContract.padded(codes), codes.length, codes.length),
            (s, o, x) -> {});
      }
    }
  }

  @Test
  void equalOrientationsAreScannedOnce() {
    int[][] cells = {{9, 0, 0, 0}, {0, 0, 0, 9}};
    List<OrientedMatrix> both =
        List.of(new OrientedMatrix(0, cells, 18), new OrientedMatrix(1, cells, 18));
    assertThat(HitKernels.plan(both).describe()).startsWith("1 by");
  }
}
