package basewise.dataset;

import basewise.genome.Contig;
import basewise.genome.Genome;
import basewise.sequence.Interval;
import basewise.stats.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Genome windows that look like the positives but are not: drawn uniformly over the genome, away
 * from the peaks and from each other, and matched to each positive in GC (within 5 % of the width)
 * and in N (same twentieth of the width). Under a split by contig a negative comes from the part of
 * its positive.
 */
final class GcMatchedNegatives {
  /** Places looked at in one round per positive that still lacks a negative. */
  private static final int DRAWS = 5;

  private static final int ROUNDS = 6;
  private static final int SMALLEST_ROUND = 20_000;
  private static final int N_CLASSES = 20;

  /**
   * A negative and its positive.
   *
   * @param positive index of the positive it was matched to
   * @param place where it lies
   * @param codes [width] base codes
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
  record Match(int positive, Interval place, byte[] codes) {}

  @SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
  private record Candidate(Interval place, byte[] codes) {}

  private final Genome genome;
  private final int width;
  private final long seed;
  private final Places taken;
  private final Set<Long> positiveKeys = new HashSet<>();
  private final @Nullable ChromosomeSplit split;
  private final List<Contig> contigs = new ArrayList<>();
  private final long[] ends;
  private int round;

  /**
   * Prepares a draw.
   *
   * @param taken places no negative may touch; those chosen are added
   * @param split by which contigs are parted, or null
   */
  GcMatchedNegatives(
      Genome genome, int width, long seed, Places taken, @Nullable ChromosomeSplit split) {
    this.genome = genome;
    this.width = width;
    this.seed = seed;
    this.taken = taken;
    this.split = split;
    for (Contig c : genome.contigs()) {
      if (c.length() >= width) {
        contigs.add(c);
      }
    }
    ends = new long[contigs.size()];
    long total = 0;
    for (int i = 0; i < ends.length; i++) {
      total += contigs.get(i).length() - width + 1;
      ends[i] = total;
    }
  }

  /**
   * Draws negatives.
   *
   * @param parts of the positives
   * @param each how many per positive
   * @return in the order of the positives; fewer where the genome has nothing alike
   */
  List<Match> draw(List<Window> positives, Part[] parts, int each) {
    positives.forEach(p -> positiveKeys.add(p.key()));
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < positives.size(); i++) {
      for (int s = 0; s < each; s++) {
        open.add(i);
      }
    }
    List<Match> out = new ArrayList<>();
    for (round = 0; round < ROUNDS && !open.isEmpty() && ends.length > 0; round++) {
      Map<Part, List<List<ArrayDeque<Candidate>>>> pool = candidates(open.size());
      List<Integer> unmet = new ArrayList<>();
      for (int i : open) {
        Window positive = positives.get(i);
        Candidate match = take(pool, split == null ? Part.TRAIN : parts[i], positive);
        if (match == null) {
          unmet.add(i);
        } else {
          out.add(new Match(i, match.place, match.codes));
        }
      }
      open = unmet;
    }
    out.sort(Comparator.comparingInt(Match::positive));
    return out;
  }

  /** Candidates by part, class of N and number of G and C. */
  private Map<Part, List<List<ArrayDeque<Candidate>>>> candidates(int wanted) {
    int n = (int) Math.max(SMALLEST_ROUND, Math.min(5_000_000L, (long) DRAWS * wanted));
    List<Interval> places = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      SplittableRandom random = Seeds.generator(~seed, (long) round * 5_000_000L + i);
      places.add(place(random.nextLong(ends[ends.length - 1])));
    }
    // Read in the order of the file, then use in the order of the draw.
    Integer[] order = new Integer[n];
    java.util.Arrays.setAll(order, i -> i);
    java.util.Arrays.sort(
        order,
        Comparator.<Integer, String>comparing(i -> places.get(i).contig())
            .thenComparing(i -> places.get(i).start()));
    byte[][] codes = new byte[n][];
    for (int i : order) {
      if (!taken.touches(places.get(i))) {
        codes[i] = genome.bases(places.get(i));
      }
    }
    Map<Part, List<List<ArrayDeque<Candidate>>>> pool = new EnumMap<>(Part.class);
    for (int i = 0; i < n; i++) {
      if (codes[i] == null) {
        continue;
      }
      Window w = new Window("", "", null, null, codes[i], new float[1], Groups.key(0, codes[i]), 0);
      if (2 * w.unknownBases() > width || positiveKeys.contains(w.key())) {
        continue;
      }
      Part part = split == null ? Part.TRAIN : split.part(places.get(i).contig());
      pool.computeIfAbsent(part, p -> emptyPool())
          .get(nClass(w))
          .get(w.gcBases())
          .add(new Candidate(places.get(i), codes[i]));
    }
    return pool;
  }

  private @Nullable Candidate take(
      Map<Part, List<List<ArrayDeque<Candidate>>>> pool, Part part, Window positive) {
    List<List<ArrayDeque<Candidate>>> ofPart = pool.get(part);
    if (ofPart == null) {
      return null;
    }
    List<ArrayDeque<Candidate>> byGc = ofPart.get(nClass(positive));
    int gc = positive.gcBases();
    int tolerance = Math.max(1, width / 20);
    for (int d = 0; d <= tolerance; d++) {
      for (int side : d == 0 ? new int[] {0} : new int[] {-d, d}) {
        if (gc + side < 0 || gc + side > width) {
          continue;
        }
        ArrayDeque<Candidate> queue = byGc.get(gc + side);
        for (Candidate c = queue.poll(); c != null; c = queue.poll()) {
          if (!taken.touches(c.place)) {
            taken.add(c.place);
            return c;
          }
        }
      }
    }
    return null;
  }

  private List<List<ArrayDeque<Candidate>>> emptyPool() {
    List<List<ArrayDeque<Candidate>>> pool = new ArrayList<>();
    for (int c = 0; c <= N_CLASSES; c++) {
      List<ArrayDeque<Candidate>> byGc = new ArrayList<>();
      for (int gc = 0; gc <= width; gc++) {
        byGc.add(new ArrayDeque<>());
      }
      pool.add(byGc);
    }
    return pool;
  }

  private int nClass(Window w) {
    return w.unknownBases() * N_CLASSES / width;
  }

  private Interval place(long position) {
    int low = 0;
    int high = ends.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (position < ends[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    int start = (int) (position - (low == 0 ? 0 : ends[low - 1]));
    return new Interval(contigs.get(low).name(), start, start + width);
  }
}
