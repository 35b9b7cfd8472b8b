package basewise.scan.kernel;

import java.util.List;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Many matrices at once: each word of K bases names its candidates ({@link KmerIndex}), and what
 * their other columns lose decides ({@link RestTables}). The losses are whole numbers and complete,
 * so that what passes is a hit with its sum. Words that reach into an N or past the end read it as
 * any base; windows are checked for that at last.
 */
final class KmerIndexKernel implements HitKernel {
  private static final VectorSpecies<Integer> SPECIES =
      IntVector.SPECIES_PREFERRED.length() > KmerIndex.PADDING
          ? IntVector.SPECIES_512
          : IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Places looked at together; their candidates stay in the first-level cache. */
  private static final int CHUNK = 1024;

  private static final int LEFT_MASK = KmerIndex.MAX_BUDGET;

  private final List<LossMatrix> matrices;
  private final KmerIndex index;
  private final RestTables rest;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  /**
   * Builds the index.
   *
   * @param k bases of a word, 1 to 12
   */
  KmerIndexKernel(List<LossMatrix> matrices, int k) {
    this.matrices = List.copyOf(matrices);
    index = KmerIndex.of(matrices, k);
    rest = new RestTables(matrices, index.cores, k);
  }

  @Override
  public void scan(BlockCodes block, HitReceiver hits) {
    Scratch s = scratch.get();
    s.packed = block.packed();
    int length = block.length();
    int startLimit = block.startLimit();
    for (int from = 0; from < length; from += CHUNK) {
      int to = Math.min(length, from + CHUNK);
      if (s.packed.allUnknown(from, to)) {
        continue;
      }
      int n = candidates(s, from, to, length, startLimit, hits);
      n = firstStep(s, n);
      finish(s, n, length, startLimit, hits);
    }
  }

  /** Lists the candidates of the places [from, to); the rare long lists are dealt with at once. */
  private int candidates(
      Scratch s, int from, int to, int length, int startLimit, HitReceiver hits) {
    byte[] bases = s.packed.bases;
    int[] offsets = index.offsets;
    int[] entries = index.entries;
    int[] candidate = s.candidate;
    int[] place = s.place;
    int mask = (1 << 2 * index.k) - 1;
    int n = 0;
    for (int p = from; p < to; p++) {
      int word = (int) PackedCodes.from(bases, p) & mask;
      int begin = offsets[word];
      int count = offsets[word + 1] - begin;
      // A whole vector, whatever the count: what is too much is overwritten by the next.
      IntVector.fromArray(SPECIES, entries, begin).intoArray(candidate, n);
      IntVector.broadcast(SPECIES, p).intoArray(place, n);
      n += count;
      if (count > LANES) {
        n -= count;
        longList(s, p, begin, count, length, startLimit, hits);
      }
    }
    return n;
  }

  private void longList(
      Scratch s, int p, int begin, int count, int length, int startLimit, HitReceiver hits) {
    int[] candidate = s.listCandidate;
    int[] place = s.listPlace;
    for (int i = begin; i < begin + count; i += CHUNK) {
      int n = Math.min(CHUNK, begin + count - i);
      System.arraycopy(index.entries, i, candidate, 0, n);
      java.util.Arrays.fill(place, 0, n, p);
      int left = firstStep(rest, s.packed.bases, candidate, place, n);
      finish(s, candidate, place, left, length, startLimit, hits);
    }
  }

  private int firstStep(Scratch s, int n) {
    return firstStep(rest, s.packed.bases, s.candidate, s.place, n);
  }

  /** Keeps the candidates that can afford their first step, in order and without branches. */
  private static int firstStep(RestTables rest, byte[] bases, int[] candidate, int[] place, int n) {
    int[] steps = rest.first;
    short[] tables = rest.firstTables;
    int kept = 0;
    for (int i = 0; i < n; i++) {
      int entry = candidate[i];
      int p = place[i];
      int m = entry >>> KmerIndex.LEFT_BITS;
      int loss = tables[m * RestTables.SIZE + RestTables.index(steps[m], bases, p)];
      candidate[kept] = entry - loss;
      place[kept] = p;
      // One more if the loss is not above what is left.
      kept += (loss - (entry & LEFT_MASK) - 1) >>> 31;
    }
    return kept;
  }

  private void finish(Scratch s, int n, int length, int startLimit, HitReceiver hits) {
    finish(s, s.candidate, s.place, n, length, startLimit, hits);
  }

  private void finish(
      Scratch s,
      int[] candidate,
      int[] place,
      int n,
      int length,
      int startLimit,
      HitReceiver hits) {
    byte[] bases = s.packed.bases;
    int[] cores = index.cores;
    int[] more = rest.more;
    for (int i = 0; i < n; i++) {
      int entry = candidate[i];
      int p = place[i];
      int m = entry >>> KmerIndex.LEFT_BITS;
      int left = entry & LEFT_MASK;
      int start = p - cores[m];
      LossMatrix matrix = matrices.get(m);
      if (start < 0 || start >= startLimit || start + matrix.width > length) {
        continue;
      }
      for (int step = more[m]; step < more[m + 1] && left >= 0; step++) {
        int at = RestTables.index(rest.later[step], bases, p);
        left -= rest.laterTables[step * RestTables.SIZE + at];
      }
      if (left >= 0 && s.packed.known(start, matrix.width)) {
        matrix.report(start, matrix.cutoff + left, hits);
      }
    }
  }

  @Override
  public String describe() {
    return matrices.size()
        + " by an index of "
        + index.k
        + " bases ("
        + (index.entries.length - KmerIndex.PADDING)
        + " entries)";
  }

  /** How many entries the index has. */
  int entries() {
    return index.entries.length - KmerIndex.PADDING;
  }

  /** What one thread needs. */
  private static final class Scratch {
    PackedCodes packed = new PackedCodes();
    final int[] candidate = new int[(CHUNK + 1) * LANES];
    final int[] place = new int[(CHUNK + 1) * LANES];
    final int[] listCandidate = new int[CHUNK];
    final int[] listPlace = new int[CHUNK];
  }
}
