package basewise.scan.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a launch of a device's scan reads: one flat table of 32-bit words that holds everything of
 * some matrices, in the layout that its kernel of src/main/cuda expects, and what is needed to read
 * its answers. Equal to {@link ScalarHitKernel} in every hit. Immutable.
 */
public abstract sealed class DeviceTables permits DeviceIndex, DeviceSums {
  private static final int BLOCK_THREADS = 256;

  /** What the kernels keep of a tile's hits beside the hits themselves. */
  static final int STAGED_BYTES = 16;

  /** Bytes of a hit. */
  static final int HIT_BYTES = 8;

  /** Bytes of the words of bases of one tile, with what lies before and behind it. */
  static final int TILE_BYTES = (64 + 1024 + 128) / 4;

  /** From so many matrices on, an index costs a base less than their sums do. */
  private static final int WORTH_AN_INDEX = 16;

  /** Matrices that more of all words can be part of have sums instead. */
  private static final double LIMIT = 0.25;

  private final List<LossMatrix> matrices;
  private final int[] firstBins;
  private final long allBins;

  DeviceTables(List<LossMatrix> matrices) {
    this.matrices = List.copyOf(matrices);
    firstBins = new int[matrices.size()];
    long bins = 0;
    for (int m = 0; m < firstBins.length; m++) {
      firstBins[m] = (int) bins;
      bins += matrices.get(m).budget + 1L;
    }
    allBins = bins;
  }

  /** The launches that find all hits of some matrices; none if none can be hit. */
  public static List<DeviceTables> plan(List<OrientedMatrix> matrices) {
    List<LossMatrix> all = LossMatrix.of(matrices);
    return plan(all, bases(all.size()), LIMIT, WORTH_AN_INDEX, DeviceIndex.MOST_ENTRIES);
  }

  /** As above, with an index of words of k bases wherever it can be: for benchmarks and tests. */
  public static List<DeviceTables> plan(List<OrientedMatrix> matrices, int k, double limit) {
    return plan(LossMatrix.of(matrices), k, limit, 0, DeviceIndex.MOST_ENTRIES);
  }

  /** How many words an index would list a matrix under; very many if it cannot be indexed. */
  private static int words(LossMatrix matrix, int k, int most) {
    boolean fits =
        matrix.budget <= KmerIndex.MAX_BUDGET && matrix.width <= DeviceIndex.MOST_COLUMNS;
    return fits ? KmerIndex.words(matrix, k, most) : Integer.MAX_VALUE;
  }

  /** Bases of the words of an index. */
  private static int bases(int matrices) {
    return matrices < 300 ? 8 : matrices < 1000 ? 9 : 10;
  }

  /**
   * As above.
   *
   * @param k bases of a word, if there is an index
   * @param limit the part of all words that one matrix may be listed under
   * @param worthAnIndex how many matrices are
   * @param mostEntries what one index may hold
   */
  static List<DeviceTables> plan(
      List<LossMatrix> matrices, int k, double limit, int worthAnIndex, long mostEntries) {
    int most = (int) (limit * (1L << 2 * k));
    int[] counts = new int[matrices.size()];
    IntStream.range(0, counts.length)
        .parallel()
        .forEach(m ->
            counts[m] =
                counts.length < worthAnIndex ? Integer.MAX_VALUE : words(matrices.get(m), k, most));
    List<LossMatrix> sums = new ArrayList<>();
    List<DeviceTables> launches = new ArrayList<>();
    List<LossMatrix> indexed = new ArrayList<>();
    long entries = 0;
    for (int i = 0; i < counts.length; i++) {
      LossMatrix m = matrices.get(i);
      int words = counts[i];
      if (words > most) {
        sums.add(m);
        continue;
      }
      if (indexed.size() == DeviceIndex.MOST_MATRICES || entries + words > mostEntries) {
        launches.add(new DeviceIndex(indexed, k));
        indexed.clear();
        entries = 0;
      }
      indexed.add(m);
      entries += words;
    }
    if (!indexed.isEmpty()) {
      launches.add(new DeviceIndex(indexed, k));
    }
    launches.addAll(DeviceSums.of(sums));
    return List.copyOf(launches);
  }

  /** The name of the PTX that holds the kernels, without its end. */
  public abstract String resource();

  /** The kernel that finds hits. */
  public String hitsKernel() {
    return resource() + "_hits";
  }

  /** The kernel that counts them. */
  public String histogramKernel() {
    return resource() + "_histogram";
  }

  /** The table; not copied. */
  public abstract int[] words();

  /** Threads of a block that go well. */
  public int threads() {
    return BLOCK_THREADS;
  }

  /**
   * Bytes of dynamic shared memory of a launch.
   *
   * @param threads threads of a block, a multiple of 32
   * @param staged how many hits of a tile are kept there before they are written; 0 for histograms
   */
  public int sharedBytes(int threads, int staged) {
    return STAGED_BYTES + HIT_BYTES * (staged + 1 & ~1) + TILE_BYTES + ownSharedBytes(threads);
  }

  /** What a kernel wants besides. */
  abstract int ownSharedBytes(int threads);

  /** What it is, in a few words, for {@code -v}. */
  public abstract String describe();

  /** How many different matrices there are. */
  public int matrices() {
    return matrices.size();
  }

  final List<LossMatrix> all() {
    return matrices;
  }

  /** How many bins of 64 bits a histogram has. */
  public long bins(boolean bySum) {
    return bySum ? allBins : matrices.size();
  }

  final int firstBin(int matrix) {
    return firstBins[matrix];
  }

  /** Tells what was counted, each oriented matrix for itself; bins without hits are left out. */
  public void readBins(long[] bins, boolean bySum, BinReceiver receiver) {
    for (int m = 0; m < matrices.size(); m++) {
      LossMatrix matrix = matrices.get(m);
      int first = bySum ? firstBins[m] : m;
      int n = bySum ? matrix.budget + 1 : 1;
      for (int i = 0; i < n; i++) {
        long count = bins[first + i];
        if (count != 0) {
          for (int id : matrix.ids) {
            receiver.add(id, matrix.cutoff + i, count);
          }
        }
      }
    }
  }

  /** Hears how many hits there are. */
  @FunctionalInterface
  public interface BinReceiver {
    /**
     * Some hits of one oriented matrix.
     *
     * @param oriented 2 * motif + strand
     * @param sum their sum; the cutoff where only hits were counted
     */
    void add(int oriented, int sum, long count);
  }

  /** Appends the ids of matrices that are told under several; what a record says of a matrix. */
  static int idWord(LossMatrix matrix, DeviceWords ids) {
    if (matrix.ids.length == 1) {
      return matrix.ids[0];
    }
    int at = ids.size();
    ids.add(matrix.ids.length);
    for (int id : matrix.ids) {
      ids.add(id);
    }
    return at | 1 << 31;
  }
}
