package basewise.scan.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@link KmerIndex} and {@link RestTables} as src/main/cuda/index.cu reads them. Each entry carries
 * besides two filters: for two places near the core the pairs of bases that the budget still
 * affords, so that most candidates end without a look at a table.
 */
final class DeviceIndex extends DeviceTables {
  /** The most matrices of one index: 13 bits of an entry. */
  static final int MOST_MATRICES = 1 << 13;

  /** Wider ones are not indexed: 11 bits tell a width. */
  static final int MOST_COLUMNS = 1000;

  /** Entries are told by 24 bits of pairs of them; lists of odd or many entries take more. */
  static final long MOST_ENTRIES = 16L << 20;

  /** What the kernel keeps of so many matrices in shared memory: 40 KB. */
  private static final int MOST_CACHED = 5120;

  private static final int BRIEF_BYTES = 8;

  /** Bytes that a warp's queue takes, and its marks. */
  private static final int WARP_BYTES = 64 * 8 + 256;

  /** A list of so many entries or more tells its length itself. */
  private static final int MANY = 255;

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
    int[] heads = new int[1 << 2 * k];
    int listWords = heads(index, heads);
    DeviceWords ids = new DeviceWords(16);
    int[] briefs = new int[2 * n];
    int[] tails = new int[4 * n];
    for (int m = 0; m < n; m++) {
      LossMatrix matrix = all().get(m);
      briefs[2 * m] = rest.first[m];
      briefs[2 * m + 1] =
          index.cores[m] | matrix.width << 11 | (rest.more[m + 1] - rest.more[m]) << 22;
      tails[4 * m] = matrix.cutoff;
      tails[4 * m + 1] = idWord(matrix, ids);
      tails[4 * m + 2] = firstBin(m);
      tails[4 * m + 3] = rest.more[m];
    }
    short[] tables =
        Arrays.copyOf(rest.firstTables, rest.firstTables.length + rest.laterTables.length);
    System.arraycopy(rest.laterTables, 0, tables, rest.firstTables.length, rest.laterTables.length);
    // Lists are nearly all of it: room for all at once, so that they are not copied.
    DeviceWords out =
        new DeviceWords(
            16 + heads.length + listWords + 7 * n + tables.length / 2 + rest.later.length + 64);
    out.reserve(16);
    out.set(0, k);
    out.set(1, n);
    out.set(2, out.append(heads, heads.length));
    int lists = out.reserve(listWords);
    out.set(3, lists);
    fill(index, filters, heads, out.array(), lists);
    out.set(4, out.append(briefs, briefs.length));
    out.set(5, out.append(tails, tails.length));
    out.set(6, out.append(tables));
    out.set(7, out.append(rest.later, rest.later.length));
    out.set(8, out.append(ids));
    out.set(9, n <= MOST_CACHED ? 1 : 0);
    return out.toArray();
  }

  /** Where each list begins, at an even entry, and its length; how many words all take. */
  private static int heads(KmerIndex index, int[] heads) {
    int at = 0;
    for (int w = 0; w < heads.length; w++) {
      int count = index.offsets[w + 1] - index.offsets[w];
      heads[w] = at / 2 << 8 | Math.min(count, MANY);
      at += (count + 1 & -2) + (count >= MANY ? 2 : 0);
    }
    return 2 * at;
  }

  /** Writes all lists from a place on. */
  private static void fill(KmerIndex index, Filter[] filters, int[] heads, int[] out, int lists) {
    IntStream.range(0, heads.length)
        .parallel()
        .forEach(w -> {
          int to = lists + 4 * (heads[w] >>> 8);
          int begin = index.offsets[w];
          int end = index.offsets[w + 1];
          if (end - begin >= MANY) {
            out[to] = end - begin;
            to += 4;
          }
          for (int i = begin; i < end; i++) {
            int left = index.entries[i] & KmerIndex.MAX_BUDGET;
            int m = index.entries[i] >>> KmerIndex.LEFT_BITS;
            out[to++] = m << 19 | left << 5 | filters[m].which();
            out[to++] = filters[m].mask(left);
          }
        });
  }

  /**
   * What two pairs of neighbouring places lose, of the four pairs before the core and the four
   * behind it, counted in this order.
   *
   * @param first the first pair; the second is one to four pairs on, where the first of all follows
   *     the last
   * @param firstLoss [16] by its two bases, the first lowest
   */
  private record Filter(int first, int[] firstLoss, int second, int[] secondLoss) {
    private static final int PAIRS = 8;

    /** The two pairs that tell most. */
    static Filter of(LossMatrix matrix, int core, int k) {
      int best = 0;
      int next = 1;
      int most = -1;
      for (int a = 0; a < PAIRS; a++) {
        for (int b = 0; b < a; b++) {
          int telling = telling(matrix, core, k, a) + telling(matrix, core, k, b);
          if (telling > most) {
            most = telling;
            best = a;
            next = b;
          }
        }
      }
      // Of the two ways round one is at most half of all.
      boolean turned = (next - best & PAIRS - 1) > PAIRS / 2;
      int first = turned ? next : best;
      int second = turned ? best : next;
      return new Filter(first, loss(matrix, core, k, first), second, loss(matrix, core, k, second));
    }

    private static int column(int core, int k, int pair) {
      return core + 2 * pair + (pair < PAIRS / 2 ? -PAIRS : k - PAIRS);
    }

    private static int telling(LossMatrix matrix, int core, int k, int pair) {
      int telling = 0;
      int column = column(core, k, pair);
      for (int c = Math.max(0, column); c < Math.min(matrix.width, column + 2); c++) {
        telling += matrix.telling(c);
      }
      return telling;
    }

    private static int[] loss(LossMatrix matrix, int core, int k, int pair) {
      int[] loss = new int[16];
      int column = column(core, k, pair);
      for (int c = Math.max(0, column); c < Math.min(matrix.width, column + 2); c++) {
        for (int word = 0; word < 16; word++) {
          loss[word] += matrix.loss[c][word >> 2 * (c - column) & 3];
        }
      }
      return loss;
    }

    /** Both pairs, in five bits. */
    int which() {
      return first | (second - first - 1 & 3) << 3;
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
    return threads / 32 * WARP_BYTES + (matrices() <= MOST_CACHED ? BRIEF_BYTES * matrices() : 0);
  }

  @Override
  public String describe() {
    return matrices() + " by an index of " + k + " bases (" + entries + " entries)";
  }
}
