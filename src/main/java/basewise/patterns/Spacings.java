package basewise.patterns;

import basewise.nn.kernel.Workers;
import basewise.stats.FalseDiscovery;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which patterns keep which distance. In a permutation the sequences keep their places of the first
 * pattern and exchange those of the second, so that where in a sequence each pattern likes to be
 * makes no pair; places that would overlap are exchanged again, since seqlets do not overlap
 * either. The arrangement that stands out most is compared with the one that does in each
 * permutation; p = (b + 1) / (n + 1), n at most {@value #PERMUTATIONS}, and fewer once {@value
 * #ENOUGH} have been no less (Besag and Clifford 1991).
 */
public final class Spacings {
  static final int PERMUTATIONS = 4999;
  static final int ENOUGH = 20;

  /** Permutations, apart from those, that say what is expected. */
  private static final int PILOT = 200;

  /** A pair needs so many sequences. */
  private static final int LEAST = 20;

  /** How often a place that would overlap is exchanged. */
  private static final int TRIES = 50;

  private static final int ARRANGEMENTS = 4;

  private final ScoredSequences data;
  private final List<FoundPattern> patterns;
  private final List<Map<Integer, List<Seqlet>>> places = new ArrayList<>();
  private final int reach;
  private final int bins;
  private final long seed;

  private Spacings(ScoredSequences data, FoundPatterns found, PatternOptions options) {
    this.data = data;
    patterns = found.all();
    // Seqlets of windows keep this distance from one another: see SeqletFinder.
    reach =
        options.rule() == PatternOptions.Rule.WINDOWS ? options.core() / 2 + options.flank() : 0;
    bins = data.length() / Spacing.BIN + 1;
    seed = options.seed();
    for (FoundPattern p : patterns) {
      places.add(strongest(p.pattern()));
    }
  }

  /**
   * The pairs of patterns that at least 20 sequences have apart from one another, the most certain
   * first.
   *
   * @param options those that the patterns were found with; their seed is that of the permutations
   */
  public static List<Spacing> of(
      ScoredSequences data, FoundPatterns found, PatternOptions options, int threads) {
    Spacings all = new Spacings(data, found, options);
    int n = all.patterns.size();
    List<int[]> pairs = new ArrayList<>();
    for (int a = 0; a < n; a++) {
      for (int b = a; b < n; b++) {
        pairs.add(new int[] {a, b});
      }
    }
    @Nullable Spacing[] made = new Spacing[pairs.size()];
    try (Workers workers = Workers.of(threads)) {
      workers.run(made.length, i -> made[i] = all.pair(pairs.get(i)[0], pairs.get(i)[1], i));
    }
    List<Spacing> tested = Arrays.stream(made).filter(Objects::nonNull).toList();
    double[] q =
        FalseDiscovery.logQvalues(tested.stream().mapToDouble(Spacing::logPvalue).toArray());
    List<Spacing> out = new ArrayList<>();
    for (int i = 0; i < q.length; i++) {
      out.add(tested.get(i).withLogQvalue(q[i]));
    }
    out.sort(
        Comparator.comparingDouble(Spacing::logPvalue)
            .thenComparingDouble(s -> s.cells().isEmpty() ? 0 : -s.cells().getFirst().excess()));
    return out;
  }

  /** The cores of each sequence's two strongest seqlets of a pattern, the strongest first. */
  private Map<Integer, List<Seqlet>> strongest(Pattern p) {
    Core core = Core.of(p);
    Map<Integer, List<Seqlet>> out = new HashMap<>();
    p.seqlets().stream()
        .map(core::in)
        .sorted(
            Comparator.comparingDouble((Seqlet s) -> -Math.abs(data.total(s)))
                .thenComparingLong(Seqlet::place))
        .forEach(s -> {
          List<Seqlet> of = out.computeIfAbsent(s.sequence(), k -> new ArrayList<>());
          if (of.size() < 2) {
            of.add(s);
          }
        });
    return out;
  }

  private @Nullable Spacing pair(int a, int b, int number) {
    Map<Integer, List<Seqlet>> of = places.get(a);
    Map<Integer, List<Seqlet>> other = places.get(b);
    long random = Seeds.mix(seed, number);
    List<Seqlet> first = new ArrayList<>();
    List<Seqlet> second = new ArrayList<>();
    int twice = 0;
    int both = 0;
    for (int s : of.keySet().stream().sorted().toList()) {
      List<Seqlet> x = of.getOrDefault(s, List.of());
      List<Seqlet> y = other.getOrDefault(s, List.of());
      twice += x.size() > 1 ? 1 : 0;
      if (a == b ? x.size() < 2 : y.isEmpty()) {
        continue;
      }
      both++;
      // Of a pattern and itself, which of the two is seen from the other is left to chance.
      boolean turned = a == b && Seeds.generator(random, -1L - s).nextBoolean();
      Seqlet one = turned ? x.get(1) : x.getFirst();
      Seqlet two = a == b ? x.get(turned ? 0 : 1) : y.getFirst();
      if (apart(one, two)) {
        first.add(one);
        second.add(two);
      }
    }
    if (first.size() < LEAST) {
      return null;
    }
    return new Test(a, b, first, second, random)
        .run(
            of.size(),
            a == b ? twice : other.size(),
            both,
            a == b ? Double.NaN : (double) of.size() * other.size() / data.count());
  }

  private boolean apart(Seqlet a, Seqlet b) {
    int centres = Math.abs(a.start() + a.end() - b.start() - b.end()); // twice as far
    return gap(a, b) >= 0 && centres >= 2 * reach;
  }

  private static int gap(Seqlet a, Seqlet b) {
    return Math.max(b.start() - a.end(), a.start() - b.end());
  }

  /** One pair of patterns: in each sequence one place of each. */
  private final class Test {
    private final int a;
    private final int b;
    private final Seqlet[] first;
    private final Seqlet[] second;
    private final long random;

    Test(int a, int b, List<Seqlet> first, List<Seqlet> second, long random) {
      this.a = a;
      this.b = b;
      this.first = first.toArray(Seqlet[]::new);
      this.second = second.toArray(Seqlet[]::new);
      this.random = random;
    }

    Spacing run(int withFirst, int withSecond, int both, double expectedBoth) {
      int n = first.length;
      int[] as = IntStream.range(0, n).toArray();
      int[] observed = counts(as);
      double[] expected = new double[observed.length];
      for (int k = 0; k < PILOT; k++) {
        int[] counts = counts(permuted(as, PERMUTATIONS + k));
        for (int c = 0; c < counts.length; c++) {
          expected[c] += (double) counts[c] / PILOT;
        }
      }
      double most = most(observed, expected);
      int asMuch = 0;
      int made = 0;
      int[] cell = new int[observed.length];
      while (made < PERMUTATIONS && asMuch < ENOUGH) {
        int[] counts = counts(permuted(as, made++));
        asMuch += most(counts, expected) >= most ? 1 : 0;
        for (int c = 0; c < counts.length; c++) {
          cell[c] += counts[c] >= observed[c] ? 1 : 0;
        }
      }
      List<Spacing.Cell> cells = new ArrayList<>();
      for (int c = 0; c < observed.length; c++) {
        if (observed[c] > 0) {
          int arrangement = c / bins;
          cells.add(
              new Spacing.Cell(
                  arrangement / 2 == 0,
                  arrangement % 2 == 0,
                  c % bins * Spacing.BIN,
                  observed[c],
                  expected[c],
                  (cell[c] + 1.0) / (made + 1.0)));
        }
      }
      cells.sort(Comparator.comparingDouble(c -> -c.excess())); // stable
      double p = Math.log((asMuch + 1.0) / (made + 1.0));
      return new Spacing(
          patterns.get(a),
          patterns.get(b),
          withFirst,
          withSecond,
          both,
          expectedBoth,
          n,
          p,
          p,
          cells);
    }

    private double most(int[] counts, double[] expected) {
      double most = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < counts.length; c++) {
        most = Math.max(most, (counts[c] - expected[c]) / Math.sqrt(expected[c] + 1));
      }
      return most;
    }

    /** Which sequence's place of the second each sequence gets. */
    private int[] permuted(int[] as, int number) {
      SplittableRandom next = Seeds.generator(random, number);
      int[] out = as.clone();
      for (int i = out.length - 1; i > 0; i--) {
        swap(out, i, next.nextInt(i + 1));
      }
      for (int i = 0; i < out.length; i++) {
        for (int t = 0; t < TRIES && !apart(first[i], second[out[i]]); t++) {
          int j = next.nextInt(out.length);
          if (apart(first[i], second[out[j]]) && apart(first[j], second[out[i]])) {
            swap(out, i, j);
          }
        }
      }
      return out;
    }

    private static void swap(int[] of, int i, int j) {
      int x = of[i];
      of[i] = of[j];
      of[j] = x;
    }

    /**
     * Pairs of each arrangement and bin, [second downstream, upstream][same strand, other][bin].
     */
    private int[] counts(int[] order) {
      int[] counts = new int[ARRANGEMENTS * bins];
      for (int i = 0; i < order.length; i++) {
        Seqlet x = first[i];
        Seqlet y = second[order[i]];
        if (!apart(x, y)) {
          continue;
        }
        boolean same = x.reverse() == y.reverse();
        boolean downstream = x.reverse() ? y.end() <= x.start() : y.start() >= x.end();
        // Of two places of one pattern on one strand, either is the first.
        int arrangement = (downstream || a == b && same ? 0 : 2) + (same ? 0 : 1);
        counts[arrangement * bins + gap(x, y) / Spacing.BIN]++;
      }
      return counts;
    }
  }
}
