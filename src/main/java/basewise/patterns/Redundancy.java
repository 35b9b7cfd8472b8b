package basewise.patterns;

import basewise.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Patterns that are one motif are merged (Shrikumar et al. 2018, section 1.8): those that look
 * alike, and whose seqlets are as like the other's as they are like their own.
 */
final class Redundancy {
  /** The most seqlets of a pattern that are compared. */
  private static final int SAMPLE = 1000;

  /** Merged at {cross-contamination, similarity} of at least any of these. */
  private static final double[][] MERGE = {{0.8, 0.8}, {0.5, 0.85}, {0.2, 0.9}};

  /** And only if no pair among those that would be one is at most at any of these. */
  private static final double[][] DEALBREAKER = {{0.4, 0.75}, {0.2, 0.8}, {0.1, 0.85}, {0, 0.9}};

  private final ScoredSequences data;
  private final Aggregation aggregation;
  private final boolean bothStrands;
  private final Workers workers;
  private final Map<Pattern, Contamination.Sample> samples = new IdentityHashMap<>();
  private final Map<Pattern, Map<Pattern, Double>> similarities = new IdentityHashMap<>();
  private final Map<Pattern, Map<Pattern, Contamination>> contaminations = new IdentityHashMap<>();

  private record Pair(int first, int second, double similarity) {}

  Redundancy(ScoredSequences data, Aggregation aggregation, boolean bothStrands, Workers workers) {
    this.bothStrands = bothStrands;
    this.data = data;
    this.aggregation = aggregation;
    this.workers = workers;
  }

  /** Merges until nothing changes. What was compared is remembered only as long as this runs. */
  List<Pattern> collapse(List<Pattern> given) {
    List<Pattern> patterns = given;
    while (true) {
      List<Pair> merges = merges(patterns);
      if (merges.isEmpty()) {
        return patterns;
      }
      List<Pattern> now = new ArrayList<>(patterns);
      for (Pair p : merges) {
        Pattern a = now.get(p.first);
        Pattern b = now.get(p.second);
        if (a != b) {
          Pattern parent = a.size() < b.size() ? b : a;
          Pattern child = a.size() < b.size() ? a : b;
          Pattern merged = aggregation.merged(parent, child);
          if (merged != null) {
            now.replaceAll(x -> x == a || x == b ? merged : x);
          }
        }
      }
      List<Pattern> distinct = new ArrayList<>();
      Set<Pattern> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      now.stream()
          .sorted(Comparator.comparingInt((Pattern x) -> -x.size()))
          .filter(seen::add)
          .forEach(distinct::add);
      if (distinct.equals(patterns)) {
        return distinct; // every merged pattern ran out of its sequences
      }
      samples.keySet().retainAll(seen);
      retain(similarities, seen);
      retain(contaminations, seen);
      patterns = distinct;
    }
  }

  private static <T> void retain(Map<Pattern, Map<Pattern, T>> pairs, Set<Pattern> patterns) {
    pairs.keySet().retainAll(patterns);
    pairs.values().forEach(others -> others.keySet().retainAll(patterns));
  }

  /** The pairs to merge, the most similar first; merging is transitive. */
  private List<Pair> merges(List<Pattern> patterns) {
    int n = patterns.size();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        pairs.add(new Pair(i, j, similarity(patterns.get(i), patterns.get(j))));
      }
    }
    pairs.sort(Comparator.comparingDouble(p -> -p.similarity));
    Map<Integer, Set<Integer>> partners = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      partners.put(i, new TreeSet<>(Set.of(i)));
    }
    List<Pair> merges = new ArrayList<>();
    for (Pair p : pairs) {
      if (p.similarity < MERGE[0][1]) {
        break;
      }
      Pattern a = patterns.get(p.first);
      Pattern b = patterns.get(p.second);
      if (contaminated(a, b, p.similarity)) {
        Set<Integer> all = new TreeSet<>(partners.get(p.first));
        all.addAll(partners.get(p.second));
        if (!broken(patterns, all)) {
          merges.add(p);
          all.forEach(i -> partners.put(i, all));
        }
      }
    }
    return merges;
  }

  /** Whether the seqlets of two patterns speak for a merger. */
  private boolean contaminated(Pattern a, Pattern b, double similarity) {
    double enough =
        Arrays.stream(MERGE)
            .filter(m -> similarity >= m[1])
            .mapToDouble(m -> m[0])
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    Pattern small = a.size() < b.size() ? a : b; // of few seqlets one knows soon
    Pattern large = a.size() < b.size() ? b : a;
    return contamination(small, large).atLeast(enough)
        && contamination(large, small).atLeast(enough);
  }

  private boolean broken(List<Pattern> patterns, Set<Integer> all) {
    for (int i : all) {
      for (int j : all) {
        if (i < j && broken(patterns.get(i), patterns.get(j))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean broken(Pattern a, Pattern b) {
    double similarity = similarity(a, b);
    double little =
        Arrays.stream(DEALBREAKER)
            .filter(d -> similarity <= d[1])
            .mapToDouble(d -> d[0])
            .max()
            .orElse(-1);
    return little >= 0
        && Contamination.meanAtMost(contamination(a, b), contamination(b, a), little);
  }

  /** Mean cosine of the contributions, each laid on the other. */
  private double similarity(Pattern a, Pattern b) {
    return similarities
        .computeIfAbsent(a, x -> new IdentityHashMap<>())
        .computeIfAbsent(b, x -> 0.5 * (aligned(a, b).score() + aligned(b, a).score()));
  }

  private Alignment aligned(Pattern parent, Pattern child) {
    return Alignment.cosine(parent.contributions(), child.contributions(), bothStrands);
  }

  /** Of a by b. */
  private Contamination contamination(Pattern a, Pattern b) {
    return contaminations
        .computeIfAbsent(a, x -> new IdentityHashMap<>())
        .computeIfAbsent(b, x -> begun(a, b));
  }

  private Contamination begun(Pattern a, Pattern b) {
    Alignment aligned = aligned(a, b);
    List<Seqlet> moved = new ArrayList<>();
    for (Seqlet s : sampled(b.seqlets())) {
      Seqlet there = aligned.reverse() ? s.turned() : s;
      Seqlet m = there.moved(there.reverse() ? aligned.offset() : -aligned.offset());
      // One less than fits, as modisco-lite has it.
      if (m.start() >= 0 && m.end() < data.length()) {
        moved.add(m);
      }
    }
    Contamination.Sample sample =
        samples.computeIfAbsent(
            a, x -> Contamination.Sample.of(data, sampled(x.seqlets()), workers));
    return new Contamination(data, sample, moved, workers);
  }

  private static List<Seqlet> sampled(List<Seqlet> seqlets) {
    if (seqlets.size() <= SAMPLE) {
      return seqlets;
    }
    List<Seqlet> out = new ArrayList<>();
    for (int i = 0; i < SAMPLE; i++) {
      out.add(seqlets.get((int) ((long) i * seqlets.size() / SAMPLE)));
    }
    return out;
  }
}
