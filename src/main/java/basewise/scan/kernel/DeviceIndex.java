package basewise.scan.kernel;

import java.util.List;
import java.util.stream.IntStream;

/**
 * {@link KmerIndex} and {@link RestTables} as src/main/cuda/index.cu reads them. Each entry carries
 * besides two filters: for two places near the core the pairs of bases that the budget still
 * affords, so that most candidates end without a look at a table.
 */
final class DeviceIndex extends DeviceTables {
  /** The most matrices of one index. */
  static final int MOST_MATRICES = 1 << 16;

  /** Entries are told by 24 bits of pairs of them; long lists take a pair more. */
  static final long MOST_ENTRIES = 20L << 20;

  /** Filters of so many matrices are kept in shared memory. */
  private static final int MOST_CACHED = 6144;

  /** Bytes that a warp's queue takes. */
  private static final int QUEUE_BYTES = 64 * 8;

  /** A list of so many entries or more tells its length itself. */
  private static final int MANY = 255;

  /** Filters may look at places from this many before the core to this many behind. */
  private static final int BEFORE = 64;

  private static final int BEHIND = 60;

  private final int k;
  private final int entries;
  private final int[] words;

  DeviceIndex(List<LossMatrix> matrices, int k) {
    super(matrices);
    this.k = k;
    KmerIndex index = KmerIndex.of(matrices, k);
    RestTables rest = new RestTables(matrices, index.cores, k);
    entries = index.entries.length - KmerIndex.PADDING;
    words = layout(index, rest);
  }

  private int[] layout(KmerIndex index, RestTables rest) {
    int n = matrices();
    Filter[] filters = new Filter[n];
    IntStream.range(0, n)
        .parallel()
        .forEach(m -> filters[m] = Filter.of(all().get(m), index.cores[m], k));
    DeviceWords out = new DeviceWords(16);
    out.append(new int[16], 16);
    int[] heads = new int[1 << 2 * k];
    int[] lists = lists(index, filters, heads);
    int[] where = new int[n];
    for (int m = 0; m < n; m++) {
      where[m] = filters[m].where();
    }
    DeviceWords ids = new DeviceWords(16);
    int[] records = new int[8 * n];
    int steps = n + rest.later.length;
    int[] stepWords = new int[steps];
    short[] tables = new short[steps * RestTables.SIZE];
    int step = 0;
    for (int m = 0; m < n; m++) {
      LossMatrix matrix = all().get(m);
      int later = rest.more[m + 1] - rest.more[m];
      int r = 8 * m;
      records[r] = rest.first[m];
      records[r + 1] = step;
      records[r + 2] = 1 + later | index.cores[m] << 16;
      records[r + 3] = matrix.width;
      records[r + 4] = matrix.cutoff;
      records[r + 5] = idWord(matrix, ids);
      records[r + 6] = firstBin(m);
      records[r + 7] = later > 0 ? rest.later[rest.more[m]] : 0;
      stepWords[step] = rest.first[m];
      System.arraycopy(
          rest.firstTables,
          m * RestTables.SIZE,
          tables,
          step * RestTables.SIZE,
          RestTables.SIZE);
      System.arraycopy(rest.later, rest.more[m], stepWords, step + 1, later);
      System.arraycopy(
          rest.laterTables,
          rest.more[m] * RestTables.SIZE,
          tables,
          (step + 1) * RestTables.SIZE,
          later * RestTables.SIZE);
      step += 1 + later;
    }
    out.set(0, k);
    out.set(1, n);
    out.set(2, out.append(heads, heads.length));
    out.set(3, out.append(lists, lists.length));
    out.set(4, out.append(where, n));
    out.set(5, out.append(records, records.length));
    out.set(6, out.append(tables));
    out.set(7, out.append(stepWords, steps));
    out.set(8, out.append(ids));
    out.set(9, n <= MOST_CACHED ? 1 : 0);
    return out.toArray();
  }

  /** All lists, each from an even entry on, and what tells of each: its pair and its length. */
  private int[] lists(KmerIndex index, Filter[] filters, int[] heads) {
    int at = 0;
    for (int w = 0; w < heads.length; w++) {
      int count = index.offsets[w + 1] - index.offsets[w];
      heads[w] = at / 2 << 8 | Math.min(count, MANY);
      at += (count + 1 & -2) + (count >= MANY ? 2 : 0);
    }
    int[] out = new int[2 * at];
    IntStream.range(0, heads.length)
        .parallel()
        .forEach(w -> {
          int to = 4 * (heads[w] >>> 8);
          int begin = index.offsets[w];
          int end = index.offsets[w + 1];
          if (end - begin >= MANY) {
            out[to] = end - begin;
            to += 4;
          }
          for (int i = begin; i < end; i++) {
            int entry = index.entries[i];
            out[to++] = entry;
            out[to++] =
                filters[entry >>> KmerIndex.LEFT_BITS].mask(entry & KmerIndex.MAX_BUDGET);
          }
        });
    return out;
  }

  /**
   * What two pairs of neighbouring places lose, those of the core nothing.
   *
   * @param first where the first pair begins, from the core's first column
   * @param firstLoss [16] by its two bases, the first lowest
   */
  private record Filter(int first, int[] firstLoss, int second, int[] secondLoss) {
    static Filter of(LossMatrix matrix, int core, int k) {
      boolean[] done = new boolean[matrix.width];
      for (int i = core; i < Math.min(matrix.width, core + k); i++) {
        done[i] = true;
      }
      int first = choose(matrix, done, core);
      int[] firstLoss = loss(matrix, done, core + first);
      for (int i = core + first; i < Math.min(matrix.width, core + first + 2); i++) {
        if (i >= 0) {
          done[i] = true;
        }
      }
      int second = choose(matrix, done, core);
      return new Filter(first, firstLoss, second, loss(matrix, done, core + second));
    }

    /** The pair of places that tell most, of those that are not done. */
    private static int choose(LossMatrix matrix, boolean[] done, int core) {
      int best = 0;
      int most = 0;
      for (int i = Math.max(-1, core - BEFORE); i < Math.min(matrix.width, core + BEHIND); i++) {
        int telling = telling(matrix, done, i) + telling(matrix, done, i + 1);
        if (telling > most) {
          most = telling;
          best = i - core;
        }
      }
      return best;
    }

    private static int telling(LossMatrix matrix, boolean[] done, int column) {
      return column < 0 || column >= matrix.width || done[column] ? 0 : matrix.telling(column);
    }

    private static int[] loss(LossMatrix matrix, boolean[] done, int column) {
      int[] loss = new int[16];
      for (int i = 0; i < 2; i++) {
        int c = column + i;
        if (c >= 0 && c < matrix.width && !done[c]) {
          for (int word = 0; word < 16; word++) {
            loss[word] += matrix.loss[c][word >> 2 * i & 3];
          }
        }
      }
      return loss;
    }

    /** Both places, counted from {@link #BEFORE} before the core. */
    int where() {
      return first + BEFORE | second + BEFORE << 8;
    }

    /** The pairs that are affordable, a bit each: the first filter's in the low half. */
    int mask(int left) {
      int mask = 0;
      for (int word = 0; word < 16; word++) {
        mask |= (firstLoss[word] <= left ? 1 : 0) << word;
        mask |= (secondLoss[word] <= left ? 1 : 0) << word + 16;
      }
      return mask;
    }
  }

  @Override
  public String resource() {
    return "index";
  }

  @Override
  public int[] words() {
    return words;
  }

  @Override
  int ownSharedBytes(int threads) {
    return threads / 32 * QUEUE_BYTES + (matrices() <= MOST_CACHED ? 4 * matrices() : 0);
  }

  @Override
  public String describe() {
    return matrices() + " by an index of " + k + " bases (" + entries + " entries)";
  }
}
