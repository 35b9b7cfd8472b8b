package basewise.scan.kernel;

import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Nested;

/** Every width of vector, whatever this machine prefers. */
class TableHitKernelTest {
  private static HitKernel tables(List<OrientedMatrix> matrices, VectorSpecies<Byte> species) {
    List<LossMatrix> all = LossMatrix.of(matrices);
    int bases = TableHitKernel.bases(species);
    return new TableHitKernel(
        all,
        all.stream()
            .map(m -> ByteTables.of(m, bases, TableHitKernel.MOST_GROUPS, 0.01, 20))
            .toList(),
        species);
  }

  /** Two bases a code. */
  @Nested
  class Bits128 extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return tables(matrices, ByteVector.SPECIES_128);
    }
  }

  /** Two bases a code. */
  @Nested
  class Bits256 extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return tables(matrices, ByteVector.SPECIES_256);
    }
  }

  /** Three bases a code. */
  @Nested
  class Bits512 extends HitKernelContract {
    @Override
    HitKernel kernel(List<OrientedMatrix> matrices) {
      return tables(matrices, ByteVector.SPECIES_512);
    }
  }
}
