package basewise.scan.kernel;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The planner: which kernel finds the hits of which matrix. The answers are the same whatever it
 * chooses; it weighs what each way costs per window, in nanoseconds as measured on one machine,
 * since only their ratios matter.
 */
public final class HitKernels {
  /** What a table's look-up costs, and what it costs to score a window that passes. */
  private static final double PER_GROUP = 0.012;

  private static final double PER_PASS = 20;

  /** What a candidate of the index costs, and what the index costs for each base at all. */
  private static final double PER_CANDIDATE = 2.5;

  private static final double PER_BASE = 5;

  /** What a sum of every window costs. */
  private static final double PER_WINDOW = 3;

  private HitKernels() {}

  /** The fastest way to scan with some matrices; equal to {@link ScalarHitKernel} in every hit. */
  public static HitKernel plan(List<OrientedMatrix> matrices) {
    return plan(LossMatrix.of(matrices), ByteVector.SPECIES_PREFERRED);
  }

  static HitKernel plan(List<LossMatrix> matrices, VectorSpecies<Byte> species) {
    int k = matrices.size() < 300 ? 8 : 10;
    List<LossMatrix> indexed = new ArrayList<>();
    List<LossMatrix> tabled = new ArrayList<>();
    List<ByteTables> tables = new ArrayList<>();
    List<LossMatrix> dense = new ArrayList<>();
    boolean worthwhile = matrices.size() * 4 * PER_GROUP > PER_BASE;
    for (LossMatrix m : matrices) {
      int limit = (int) ((4 * PER_GROUP / PER_CANDIDATE) * (1 << 2 * k));
      if (worthwhile && m.budget <= KmerIndex.MAX_BUDGET && KmerIndex.words(m, k, limit) <= limit) {
        indexed.add(m);
        continue;
      }
      ByteTables t =
          ByteTables.of(
              m, TableHitKernel.bases(species), TableHitKernel.MOST_GROUPS, PER_GROUP, PER_PASS);
      if (t.passes() * PER_PASS > PER_WINDOW) {
        dense.add(m);
      } else {
        tabled.add(m);
        tables.add(t);
      }
    }
    List<HitKernel> kernels = new ArrayList<>();
    if (!indexed.isEmpty()) {
      kernels.add(new KmerIndexKernel(indexed, k));
    }
    if (!tabled.isEmpty()) {
      kernels.add(new TableHitKernel(tabled, tables, species));
    }
    if (!dense.isEmpty()) {
      kernels.add(new DenseHitKernel(dense));
    }
    return kernels.size() == 1 ? kernels.get(0) : new Several(kernels);
  }

  /** Kernels for different matrices. */
  private record Several(List<HitKernel> kernels) implements HitKernel {
    @Override
    public void scan(byte[] codes, int length, int startLimit, HitReceiver hits) {
      for (HitKernel k : kernels) {
        k.scan(codes, length, startLimit, hits);
      }
    }

    @Override
    public String describe() {
      return kernels.isEmpty()
          ? "no matrix can be hit"
          : String.join(", ", kernels.stream().map(HitKernel::describe).toList());
    }
  }
}
