package basewise.scan.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The planner: which kernel finds the hits of which matrix. What it chooses changes nothing but the
 * time. Costs are nanoseconds per window, as measured on one machine (an AMD EPYC of 2.6 GHz with
 * 64-lane byte permutes); only their ratios matter.
 *
 * <p>An index of K = 11 takes 0.8 MB and at most 0.1 MB for each matrix, and twice that and 16 MB
 * more while it is built (JASPAR's 1,019 motifs of vertebrates, both strands: 12 MB).
 */
public final class HitKernels {
  /** What a table's look-up costs. */
  static final double PER_GROUP = 0.01;

  /** What a window costs that passes a filter. */
  static final double PER_PASS = 14;

  /** What a table's look-up of both strands costs. */
  static final double PER_PAIR = 0.012;

  /** What the sum of a window costs. */
  private static final double PER_SUM = 3;

  /** From so many matrices on, an index costs each base less than their tables do. */
  private static final int WORTH_AN_INDEX = 100;

  /** From so many matrices on, longer words pay. */
  private static final int WORTH_LONG_WORDS = 300;

  /** Bases of an index's words. */
  private static final int SHORT = 8;

  private static final int LONG = 11;

  /**
   * Matrices that more of all words can be part of have tables instead: 0.08 ns a window, where a
   * candidate costs 6 while the index fits the second cache, and 20 where it does not.
   */
  private static final double LIMIT = 0.003;

  private static final double SMALL_LIMIT = 0.012;

  /** So many sums cost less than Java takes to compile the vector loops: 0.1 s of 0.7. */
  private static final long COLD_WINDOWS = 1L << 25;

  private static final int MOST_IN_AN_INDEX = KmerIndex.MAX_MATRICES / 2;

  /** What tables are looked up with. */
  static final VectorSpecies<Byte> SPECIES = species();

  private HitKernels() {}

  /** The fastest way to scan with some matrices; equal to {@link ScalarHitKernel} in every hit. */
  public static HitKernel plan(List<OrientedMatrix> matrices) {
    return plan(matrices, true);
  }

  /**
   * As above.
   *
   * @param cold whether no {@link Rehearsal} has run: vectors then wait until sums have taken long
   */
  public static HitKernel plan(List<OrientedMatrix> matrices, boolean cold) {
    List<LossMatrix> all = LossMatrix.of(matrices);
    int k = all.size() < WORTH_LONG_WORDS ? SHORT : LONG;
    return plan(all, k, SPECIES, WORTH_AN_INDEX, cold);
  }

  /** An index of some matrices, however few they are. */
  static HitKernel index(List<OrientedMatrix> matrices) {
    return new KmerIndexKernel(LossMatrix.of(matrices), SHORT);
  }

  /** Tables for some matrices, however many windows pass them; sums where there are no vectors. */
  static HitKernel tables(List<OrientedMatrix> matrices) {
    List<LossMatrix> all = LossMatrix.of(matrices);
    if (SPECIES.vectorBitSize() < 128) {
      return new DenseHitKernel(all);
    }
    List<ByteTables> filters = filters(all, new boolean[all.size()], TableHitKernel.bases(SPECIES));
    return new TableHitKernel(all, filters, SPECIES);
  }

  /** As above, but with an index of words of k bases (8 to 11): for benchmarks. */
  public static HitKernel plan(List<OrientedMatrix> matrices, int k) {
    return plan(LossMatrix.of(matrices), k, SPECIES, WORTH_AN_INDEX);
  }

  /**
   * As above.
   *
   * @param k bases of a word, if there is an index
   * @param species vectors of bytes; below 128 bits none are used
   * @param worthAnIndex how many matrices are
   */
  static HitKernel plan(
      List<LossMatrix> matrices, int k, VectorSpecies<Byte> species, int worthAnIndex) {
    return plan(matrices, k, species, worthAnIndex, true);
  }

  private static HitKernel plan(
      List<LossMatrix> matrices,
      int k,
      VectorSpecies<Byte> species,
      int worthAnIndex,
      boolean cold) {
    boolean[] narrow = new boolean[matrices.size()];
    if (matrices.size() >= worthAnIndex) {
      int limit = (int) ((k < 10 ? SMALL_LIMIT : LIMIT) * (1L << 2 * k));
      IntStream.range(0, narrow.length)
          .parallel()
          .forEach(m -> {
            LossMatrix matrix = matrices.get(m);
            narrow[m] =
                matrix.budget <= KmerIndex.MAX_BUDGET && KmerIndex.words(matrix, k, limit) <= limit;
          });
    }
    List<LossMatrix> indexed = new ArrayList<>();
    List<LossMatrix> tabled = new ArrayList<>();
    List<ByteTables> tables = new ArrayList<>();
    List<LossMatrix> dense = new ArrayList<>();
    List<ByteTables> filters = filters(matrices, narrow, TableHitKernel.bases(species));
    for (int m = 0; m < narrow.length; m++) {
      if (narrow[m]) {
        indexed.add(matrices.get(m));
      } else if (species.vectorBitSize() < 128 || filters.get(m).passes() * PER_PASS > PER_SUM) {
        dense.add(matrices.get(m));
      } else {
        tabled.add(matrices.get(m));
        tables.add(filters.get(m));
      }
    }
    List<HitKernel> kernels = new ArrayList<>();
    for (int i = 0; i < indexed.size(); i += MOST_IN_AN_INDEX) {
      int end = Math.min(indexed.size(), i + MOST_IN_AN_INDEX);
      kernels.add(new KmerIndexKernel(indexed.subList(i, end), k));
    }
    if (!tabled.isEmpty()) {
      HitKernel vectors = new TableHitKernel(tabled, tables, species);
      kernels.add(cold ? new Warming(tabled, vectors) : vectors);
    }
    if (!dense.isEmpty()) {
      kernels.add(new DenseHitKernel(dense));
    }
    return kernels.size() == 1 ? kernels.get(0) : new Several(kernels);
  }

  /**
   * Filters for the matrices that are not indexed; those of the others are {@link ByteTables#NONE}.
   */
  private static List<ByteTables> filters(List<LossMatrix> matrices, boolean[] indexed, int bases) {
    return IntStream.range(0, indexed.length)
        .parallel()
        .mapToObj(m ->
            indexed[m]
                ? ByteTables.NONE
                : ByteTables.of(
                    matrices.get(m), bases, TableHitKernel.MOST_GROUPS, PER_GROUP, PER_PASS))
        .toList();
  }

  /** The widest vectors whose bytes this machine can permute at once. */
  private static VectorSpecies<Byte> species() {
    VectorSpecies<Byte> preferred = ByteVector.SPECIES_PREFERRED;
    return preferred.vectorBitSize() < 512 || permutes64() ? preferred : ByteVector.SPECIES_256;
  }

  /**
   * Whether permutes of 64 bytes are one instruction: not on the first x86 processors with 512
   * bits, where Java would do them one by one. Where the system does not tell, they are taken to be
   * absent.
   */
  private static boolean permutes64() {
    if (!System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("amd64|x86_64|x64")) {
      return true;
    }
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      // Linux writes avx512vbmi; some kernels with an underscore.
      return lines
          .filter(l -> l.startsWith("flags"))
          .findFirst()
          .map(l -> List.of(l.split("\\s+")))
          .filter(f -> f.contains("avx512vbmi") || f.contains("avx512_vbmi"))
          .isPresent();
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Plain sums at first, so that a small scan ends before vectors would have started. */
  private static final class Warming implements HitKernel {
    private final int matrices;
    private final HitKernel plain;
    private final HitKernel vectors;
    private final AtomicLong windows = new AtomicLong();

    Warming(List<LossMatrix> matrices, HitKernel vectors) {
      this.matrices = matrices.size();
      plain = new DenseHitKernel(matrices);
      this.vectors = vectors;
    }

    @Override
    public void scan(BlockCodes block, HitReceiver hits) {
      boolean cold =
          windows.get() < COLD_WINDOWS
              && windows.getAndAdd((long) block.length() * matrices) < COLD_WINDOWS;
      (cold ? plain : vectors).scan(block, hits);
    }

    @Override
    public String describe() {
      return vectors.describe();
    }
  }

  /** Kernels for different matrices. */
  private record Several(List<HitKernel> kernels) implements HitKernel {
    @Override
    public void scan(BlockCodes block, HitReceiver hits) {
      for (HitKernel k : kernels) {
        k.scan(block, hits);
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
