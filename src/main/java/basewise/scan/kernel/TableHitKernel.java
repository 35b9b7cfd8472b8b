package basewise.scan.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * A few matrices, one after the other: as many windows at a time as a vector has bytes, their
 * losses looked up in {@link ByteTables} by byte permutes. With 64 lanes a code is three bases and
 * a table 64 bytes; below that two bases and 16 bytes. What passes is scored by {@link WordLosses}.
 */
final class TableHitKernel implements HitKernel {
  /** Windows that are looked at together, so that their words stay in the first-level cache. */
  private static final int CHUNK = 1 << 13;

  /** The same for one motif, whose words are not read again. */
  private static final int LONG_CHUNK = 1 << 15;

  static final int MOST_GROUPS = 8;

  private static final ByteTables.Pair NO_PAIR =
      new ByteTables.Pair(ByteTables.NONE, ByteTables.NONE);

  private final VectorSpecies<Byte> species;
  private final int bases;
  private final int matrices;
  private final List<Unit> units = new ArrayList<>();

  private final int chunk;

  /** Columns of the widest matrix. */
  private final int widest;

  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(this::newScratch);

  /**
   * Takes matrices and their filters; both strands of a motif, which follow one another, share
   * theirs where that is cheaper.
   */
  TableHitKernel(List<LossMatrix> matrices, List<ByteTables> filters, VectorSpecies<Byte> species) {
    this.species = species;
    this.matrices = matrices.size();
    bases = bases(species);
    widest = matrices.stream().mapToInt(m -> m.width).max().orElse(0);
    for (int m = 0; m < matrices.size(); m++) {
      LossMatrix first = matrices.get(m);
      ByteTables.Pair pair = m + 1 < matrices.size() ? pair(matrices, filters, m) : NO_PAIR;
      if (pair.first().columns().length > 0) {
        units.add(unit(first, matrices.get(m + 1), List.of(pair.first(), pair.second())));
        m++;
      } else {
        units.add(unit(first, null, List.of(filters.get(m))));
      }
    }
    chunk = units.size() <= 2 ? LONG_CHUNK : CHUNK;
  }

  /** What two matrices share, if they can and that is cheaper than a filter for each. */
  private ByteTables.Pair pair(List<LossMatrix> matrices, List<ByteTables> filters, int m) {
    LossMatrix a = matrices.get(m);
    LossMatrix b = matrices.get(m + 1);
    if (a.width != b.width || a.ids[0] / 2 != b.ids[0] / 2) {
      return NO_PAIR;
    }
    ByteTables.Pair pair =
        ByteTables.pair(
            a, b, bases, ByteFilters.MOST_SHARED, HitKernels.PER_PAIR, HitKernels.PER_PASS);
    double shared =
        cost(pair.first(), HitKernels.PER_PAIR) + pair.second().passes() * HitKernels.PER_PASS;
    double alone =
        cost(filters.get(m), HitKernels.PER_GROUP) + cost(filters.get(m + 1), HitKernels.PER_GROUP);
    return shared < alone ? pair : NO_PAIR;
  }

  private static double cost(ByteTables filter, double perGroup) {
    return filter.columns().length * perGroup + filter.passes() * HitKernels.PER_PASS;
  }

  /** Rounds up the number of groups and repeats each table to fill a vector. */
  private Unit unit(LossMatrix first, @Nullable LossMatrix second, List<ByteTables> filters) {
    int lanes = species.length();
    int groups = filters.getFirst().columns().length;
    int size = Arrays.stream(ByteFilters.SIZES).filter(n -> n >= groups).findFirst().orElseThrow();
    byte[] tables = new byte[filters.size() * size * lanes];
    for (int f = 0; f < filters.size(); f++) {
      for (int g = 0; g < groups; g++) {
        byte[] table = filters.get(f).tables()[g];
        for (int i = 0; i < lanes; i++) {
          tables[(f * size + g) * lanes + i] = table[i % table.length];
        }
      }
    }
    return new Unit(
        new WordLosses(first, bases),
        second == null ? null : new WordLosses(second, bases),
        Arrays.copyOf(filters.getFirst().columns(), size),
        tables,
        first.width);
  }

  /** How many bases a code has. */
  static int bases(VectorSpecies<Byte> species) {
    return species.length() >= 64 ? 3 : 2;
  }

  @Override
  public void scan(BlockCodes block, HitReceiver hits) {
    Scratch s = scratch.get();
    int length = block.length();
    int startLimit = block.startLimit();
    int end = Math.min(startLimit, length);
    for (int from = 0; from < end; from += chunk) {
      if (block.nothing(from, Math.min(length, from + chunk))) {
        continue;
      }
      int beyond = from + chunk + widest + species.length();
      BlockCodes.Words words = block.words(species, bases, from, beyond, s.words);
      for (Unit unit : units) {
        int to = Math.min(Math.min(startLimit, length - unit.width + 1), from + chunk);
        if (from < to) {
          unit.scan(species, words, block, from, to, s);
        }
      }
      s.hits.flush(hits);
    }
  }

  @Override
  public String describe() {
    return matrices + " by tables of " + bases + " bases on " + species.vectorBitSize() + " bits";
  }

  /** One matrix, or two whose filters look at the same places. */
  private record Unit(
      WordLosses first, @Nullable WordLosses second, int[] columns, byte[] tables, int width) {
    void scan(
        VectorSpecies<Byte> species,
        BlockCodes.Words part,
        BlockCodes block,
        int from,
        int to,
        Scratch s) {
      byte[] words = part.words();
      int[] passed = s.passed;
      int at = part.at();
      int end = at + to - from;
      int zero = from - at;
      long n = ByteFilters.filter(species, words, at, end, columns, tables, passed);
      first.score(words, block, zero, passed, 0, (int) n, end, s.hits);
      if (second != null) {
        int middle = passed.length / 2;
        second.score(words, block, zero, passed, middle, middle + (int) (n >>> 32), end, s.hits);
      }
    }
  }

  private Scratch newScratch() {
    // What lies beyond the last window is looked up too, and read over.
    return new Scratch(chunk, new byte[chunk + widest + 4 * species.length() + 64]);
  }

  /** What one thread needs. */
  private static final class Scratch {
    final byte[] words;

    /** Windows of a chunk that pass a filter, and those that pass a second. */
    final int[] passed;

    final HitBuffer hits = new HitBuffer();

    Scratch(int chunk, byte[] words) {
      this.words = words;
      passed = new int[2 * (chunk + 64)];
    }
  }
}
