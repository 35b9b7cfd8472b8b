package basewise.scan.kernel;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Many matrices at once: each word of K bases names its candidates ({@link KmerIndex}), and what
 * their other columns lose decides ({@link RestTables}). The losses are whole numbers and complete,
 * so that what passes is a hit with its sum. Words that reach into an N or past the end read it as
 * any base; windows are checked for that at last.
 *
 * <p>Each step runs over some thousand places before the next begins, without branches: what it
 * keeps is written over what it does not. So the many loads that miss the first cache overlap.
 */
final class KmerIndexKernel implements HitKernel {
  private static final VectorSpecies<Integer> SPECIES =
      IntVector.SPECIES_PREFERRED.length() > 8
          ? IntVector.SPECIES_256
          : IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Places looked at together; what is known of them stays in the first two caches. */
  private static final int CHUNK = 2048;

  private static final int LEFT_MASK = KmerIndex.MAX_BUDGET;

  private final List<LossMatrix> matrices;
  private final int k;
  private final int entries;
  private final WordTable table;
  private final RestTables rest;

  /** For each matrix: the first column of its core, width, cutoff, id or -1 if it has several. */
  private final int[] facts;

  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  /**
   * Builds the index.
   *
   * @param k bases of a word, 1 to 12
   */
  KmerIndexKernel(List<LossMatrix> matrices, int k) {
    this.matrices = List.copyOf(matrices);
    this.k = k;
    KmerIndex index = KmerIndex.of(matrices, k);
    entries = index.entries.length - KmerIndex.PADDING;
    table = new WordTable(index);
    rest = new RestTables(matrices, index.cores, k);
    facts = new int[4 * matrices.size()];
    for (int m = 0; m < matrices.size(); m++) {
      LossMatrix matrix = matrices.get(m);
      facts[4 * m] = index.cores[m];
      facts[4 * m + 1] = matrix.width;
      facts[4 * m + 2] = matrix.cutoff;
      facts[4 * m + 3] = matrix.ids.length == 1 ? matrix.ids[0] : -1;
    }
  }

  @Override
  public void scan(BlockCodes block, HitReceiver hits) {
    Scratch s = scratch.get();
    PackedCodes packed = block.packed();
    int length = block.length();
    int startLimit = block.startLimit();
    for (int from = 0; from < length; from += CHUNK) {
      int to = Math.min(length, from + CHUNK);
      if (packed.allUnknown(from, to)) {
        continue;
      }
      int words = words(table.some, packed.bases, from, to, (1 << 2 * k) - 1, s.word, s.wordPlace);
      int n = heads(table, words, s);
      for (int list = 0; list < s.lists; ) {
        // As many lists as there is room for, whatever their length.
        int end = Math.min(s.lists, list + (s.candidate.length - n) / LANES - 1);
        n = expand(table, list, end, n, s);
        if (end < s.lists) {
          decide(packed, n, length, startLimit, s);
          n = 0;
        }
        list = end;
      }
      decide(packed, n, length, startLimit, s);
      for (int i = 0; i < s.longs; i++) {
        longList(packed, s.longHead[i], s.longPlace[i], length, startLimit, s);
      }
      s.hits.flush(hits);
    }
  }

  /** Lists the places [from, to) whose words have entries. */
  private static int words(
      long[] some, byte[] bases, int from, int to, int mask, int[] word, int[] place) {
    int n = 0;
    for (int p = from; p < to; p++) {
      int w = (int) PackedCodes.from(bases, p) & mask;
      word[n] = w;
      place[n] = p;
      n += (int) (some[w >>> 6] >>> w) & 1;
    }
    return n;
  }

  /** Takes the only entries of words as candidates, and lists the heads of lists. */
  private static int heads(WordTable table, int words, Scratch s) {
    long[] some = table.some;
    int[] rank = table.rank;
    int[] heads = table.heads;
    int[] word = s.word;
    int[] wordPlace = s.wordPlace;
    int[] candidate = s.candidate;
    int[] place = s.place;
    int[] list = s.list;
    int[] listPlace = s.listPlace;
    int n = 0;
    int lists = 0;
    for (int i = 0; i < words; i++) {
      int w = word[i];
      int p = wordPlace[i];
      int head = heads[rank[w >>> 6] + Long.bitCount(some[w >>> 6] & (1L << w) - 1)];
      candidate[n] = head;
      place[n] = p;
      n += ~head >>> 31;
      list[lists] = head;
      listPlace[lists] = p;
      lists += head >>> 31;
    }
    s.lists = lists;
    s.longs = 0;
    return n;
  }

  /** Adds the entries of lists [from, to) to n candidates; sets aside those that are long. */
  private static int expand(WordTable table, int from, int to, int n, Scratch s) {
    int[] lists = table.lists;
    int[] list = s.list;
    int[] listPlace = s.listPlace;
    int[] candidate = s.candidate;
    int[] place = s.place;
    int size = n;
    for (int i = from; i < to; i++) {
      int head = list[i];
      int p = listPlace[i];
      // A whole vector, whatever the count: what is too much is overwritten by the next.
      IntVector.fromArray(SPECIES, lists, WordTable.begin(head)).intoArray(candidate, size);
      IntVector.broadcast(SPECIES, p).intoArray(place, size);
      int count = WordTable.count(head);
      if (count > LANES) {
        s.longHead[s.longs] = head;
        s.longPlace[s.longs++] = p;
        count = 0;
      }
      size += count;
    }
    return size;
  }

  private void longList(
      PackedCodes packed, int head, int p, int length, int startLimit, Scratch s) {
    int begin = WordTable.begin(head);
    int end = begin + table.length(head);
    for (int i = begin; i < end; i += CHUNK) {
      int n = Math.min(CHUNK, end - i);
      System.arraycopy(table.lists, i, s.candidate, 0, n);
      Arrays.fill(s.place, 0, n, p);
      decide(packed, n, length, startLimit, s);
    }
  }

  /** Tells of those of n candidates that are hits. */
  private void decide(PackedCodes packed, int n, int length, int startLimit, Scratch s) {
    int kept = firstStep(rest, packed.bases, s.candidate, s.place, n);
    finish(packed, s.candidate, s.place, kept, length, startLimit, s.hits);
  }

  /** Keeps the candidates that can afford their first step, in order. */
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

  private void finish(
      PackedCodes packed,
      int[] candidate,
      int[] place,
      int n,
      int length,
      int startLimit,
      HitBuffer hits) {
    byte[] bases = packed.bases;
    int[] facts = this.facts;
    int[] more = rest.more;
    for (int i = 0; i < n; i++) {
      int entry = candidate[i];
      int p = place[i];
      int m = entry >>> KmerIndex.LEFT_BITS;
      int left = entry & LEFT_MASK;
      int start = p - facts[4 * m];
      int width = facts[4 * m + 1];
      if (start < 0 || start >= startLimit || start + width > length) {
        continue;
      }
      for (int step = more[m]; step < more[m + 1] && left >= 0; step++) {
        int at = RestTables.index(rest.later[step], bases, p);
        left -= rest.laterTables[step * RestTables.SIZE + at];
      }
      if (left >= 0 && packed.known(start, width)) {
        int id = facts[4 * m + 3];
        int sum = facts[4 * m + 2] + left;
        if (id >= 0) {
          hits.add(start, id, sum);
        } else {
          hits.add(start, matrices.get(m).ids, sum);
        }
      }
    }
  }

  @Override
  public String describe() {
    return matrices.size() + " by an index of " + k + " bases (" + entries + " entries)";
  }

  /** How many entries the index has. */
  int entries() {
    return entries;
  }

  /** What one thread needs. */
  private static final class Scratch {
    final int[] word = new int[CHUNK + 1];
    final int[] wordPlace = new int[CHUNK + 1];
    final int[] list = new int[CHUNK + 1];
    final int[] listPlace = new int[CHUNK + 1];
    int lists;
    final int[] longHead = new int[CHUNK + 1];
    final int[] longPlace = new int[CHUNK + 1];
    int longs;

    /** Room for the only entries of a chunk and some lists of each. */
    final int[] candidate = new int[4 * CHUNK + LANES];

    final int[] place = new int[4 * CHUNK + LANES];
    final HitBuffer hits = new HitBuffer();
  }
}
