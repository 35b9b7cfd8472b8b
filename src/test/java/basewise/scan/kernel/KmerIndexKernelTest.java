package basewise.scan.kernel;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Every length of word; what an index cannot hold goes to sums of every window, as planned. */
class KmerIndexKernelTest {
  /** So that broad matrices do not fill the memory: all words of 7 bases, 1 in 256 of 11. */
  private static final int MOST_WORDS = 1 << 14;

  private static HitKernel index(List<OrientedMatrix> matrices, int k) {
    List<LossMatrix> narrow = new ArrayList<>();
    List<LossMatrix> broad = new ArrayList<>();
    for (LossMatrix m : LossMatrix.of(matrices)) {
      boolean fits =
          m.budget <= KmerIndex.MAX_BUDGET && KmerIndex.words(m, k, MOST_WORDS) <= MOST_WORDS;
      (fits ? narrow : broad).add(m);
    }
    HitKernel index = new KmerIndexKernel(narrow, k);
    HitKernel rest = new DenseHitKernel(broad);
    return new HitKernel() {
      @Override
      public void scan(BlockCodes block, HitReceiver hits) {
        index.scan(block, hits);
        rest.scan(block, hits);
      }

      @Override
      public String describe() {
        return index.describe();
      }
    };
  }

  /** K = 5. */
  @Nested
  class Words5 extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return index(matrices, 5);
    }
  }

  /** K = 8. */
  @Nested
  class Words8 extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return index(matrices, 8);
    }
  }

  /** K = 9. */
  @Nested
  class Words9 extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return index(matrices, 9);
    }
  }

  /** K = 10. */
  @Nested
  class Words10 extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return index(matrices, 10);
    }
  }

  /** K = 11. */
  @Nested
  class Words11 extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return index(matrices, 11);
    }
  }
}
