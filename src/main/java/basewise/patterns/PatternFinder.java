package basewise.patterns;

import basewise.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * From contribution scores to patterns, step by step as TF-MoDISco takes them. What is found
 * depends neither on the order of the sequences nor on the number of threads.
 */
public final class PatternFinder {
  private static final int NEIGHBOURS = 500;
  private static final double PERPLEXITY = 10;
  private static final int ROUNDS = 2;

  /** A pattern needs this much information somewhere: bits in a window of positions. */
  private static final double LEAST_INFORMATION = 0.6;

  private static final int INFORMATION_WINDOW = 6;

  /** Of so many seqlets, what a step leaves behind is worth a collection of its own. */
  private static final int MANY = 4000;

  private final ScoredSequences data;
  private final PatternOptions options;
  private final Workers workers;
  private final Leiden leiden;
  private final Subpatterns subpatterns;

  private PatternFinder(ScoredSequences data, PatternOptions options, Workers workers) {
    this.data = data;
    this.options = options;
    this.workers = workers;
    leiden = new Leiden(options.runs(), options.seed(), workers);
    subpatterns = new Subpatterns(data, leiden, workers);
  }

  /**
   * Finds the patterns of both signs.
   *
   * @param data sequences at least as long as a pattern
   * @throws IllegalArgumentException if they are shorter
   */
  public static FoundPatterns find(ScoredSequences data, PatternOptions options, int threads) {
    if (data.length() < Math.max(options.patternLength(), options.seqletLength() + 1)) {
      throw new IllegalArgumentException("sequences of " + data.length());
    }
    try (Workers workers = Workers.of(threads)) {
      SeqletFinder.Found seqlets = new SeqletFinder(data, options).find();
      PatternFinder finder = new PatternFinder(data, options, workers);
      return new FoundPatterns(
          finder.named(seqlets.positive(), true),
          finder.named(seqlets.negative(), false),
          seqlets.positiveFound(),
          seqlets.negativeFound());
    }
  }

  private List<FoundPattern> named(List<Seqlet> seqlets, boolean positive) {
    List<FoundPattern> out = new ArrayList<>();
    if (seqlets.size() >= Math.max(options.minSeqlets(), PatternOptions.SUPPORT)) {
      for (Pattern p : patterns(seqlets, positive ? 1 : -1)) {
        out.add(new FoundPattern(positive, out.size(), p, subpatterns.of(p)));
      }
    }
    return out;
  }

  private List<Pattern> patterns(List<Seqlet> found, int sign) {
    double[] background = composition(found);
    Aggregation aggregation = new Aggregation(data, options, background);
    List<Seqlet> seqlets = aggregation.sorted(found);
    List<Pattern> patterns = List.of();
    for (int round = 0; round < ROUNDS && !seqlets.isEmpty(); round++) {
      patterns = clustered(seqlets, sign, round == 0, aggregation);
      Map<Long, Seqlet> unique = new LinkedHashMap<>();
      patterns.forEach(p -> p.seqlets().forEach(s -> unique.put(s.place(), s)));
      seqlets = List.copyOf(unique.values());
      release(seqlets);
    }
    List<Pattern> parts = new ArrayList<>();
    for (Pattern p : patterns) {
      if (p.size() > Math.max(PatternOptions.SUPPORT, Subpatterns.PERPLEXITY)) {
        parts.addAll(
            new Redundancy(data, aggregation, options.bothStrands(), workers)
                .collapse(subpatterns.of(p)));
      } else {
        parts.add(p);
      }
    }
    return new Redundancy(data, aggregation, options.bothStrands(), workers)
        .collapse(parts).stream()
            .filter(p -> isPattern(p, background))
            .sorted(Comparator.comparingInt(p -> -p.size()))
            .toList();
  }

  private List<Pattern> clustered(
      List<Seqlet> given, int sign, boolean filter, Aggregation aggregation) {
    Neighbours neighbours =
        Neighbours.find(data, given, sign, NEIGHBOURS, options.bothStrands(), workers);
    release(given);
    Affinities affinities = Affinities.of(data, given, neighbours, options.bothStrands(), workers);
    List<Seqlet> seqlets = given;
    if (filter) {
      boolean[] kept = affinities.agreeing(neighbours, workers);
      affinities = affinities.only(kept);
      seqlets = new ArrayList<>();
      for (int i = 0; i < kept.length; i++) {
        if (kept[i]) {
          seqlets.add(given.get(i));
        }
      }
    }
    if (seqlets.isEmpty()) {
      return List.of();
    }
    int[] cluster = leiden.cluster(DensityAdaptation.ofSeqlets(affinities, PERPLEXITY, workers));
    List<List<Seqlet>> clusters = new ArrayList<>();
    for (int i = 0; i < cluster.length; i++) {
      while (clusters.size() <= cluster[i]) {
        clusters.add(new ArrayList<>());
      }
      clusters.get(cluster[i]).add(seqlets.get(i));
    }
    Pattern[] made = new Pattern[clusters.size()];
    workers.run(
        made.length,
        c -> {
          Pattern p = aggregation.pattern(clusters.get(c));
          if (p != null && Math.signum(p.total()) == sign) {
            made[c] = p;
          }
        });
    return Arrays.stream(made).filter(Objects::nonNull).toList();
  }

  /**
   * Steps leave hundreds of megabytes behind, in few large arrays, which Java would keep until the
   * heap has grown to its limit: a third of the process in place of a tenth of a second.
   */
  private static void release(List<Seqlet> seqlets) {
    if (seqlets.size() >= MANY) {
      System.gc();
    }
  }

  /** How often each base is there, N counting as none. */
  private double[] composition(List<Seqlet> seqlets) {
    double[] share = new double[4];
    long positions = 0;
    for (Seqlet s : seqlets) {
      for (int i = 0; i < s.length(); i++) {
        int code = data.code(s, i);
        if (code < 4) {
          share[code]++;
        }
        positions++;
      }
    }
    for (int c = 0; c < 4; c++) {
      share[c] /= positions;
    }
    return share;
  }

  private static boolean isPattern(Pattern p, double[] background) {
    if (p.size() < PatternOptions.SUPPORT) {
      return false;
    }
    double[] bits = p.information(background);
    int window = Math.min(INFORMATION_WINDOW, bits.length);
    int from = Pattern.richest(bits, window);
    return Arrays.stream(bits, from, from + window).sum() >= LEAST_INFORMATION;
  }
}
