package basewise.patterns;

import basewise.nn.kernel.Workers;
import basewise.patterns.kernel.JaccardKernel;
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

  private static final int ROWS = 16;

  private final ScoredSequences data;
  private final Aggregation aggregation;
  private final boolean bothStrands;
  private final Workers workers;
  private final Map<Pattern, Sample> samples = new IdentityHashMap<>();
  private final Map<Pattern, Map<Pattern, Double>> similarities = new IdentityHashMap<>();
  private final Map<Pattern, Map<Pattern, Double>> contaminations = new IdentityHashMap<>();

  /**
   * Profiles of seqlets of a pattern, and the similarities of all pairs of them.
   *
   * @param pairs each once, though there are two of each
   * @param zeros seqlets without contributions: those of a seqlet to itself are 0 then, else 1
   */
  private record Sample(float[][] profiles, RankedSimilarities pairs, int zeros) {
    /** How many are above a number, those equal to it counting half. */
    double above(float x) {
      int ones = profiles.length - zeros;
      double own = x < 0 ? ones + zeros : x == 0 ? ones + 0.5 * zeros : x < 1 ? ones : 0;
      return 2 * pairs.above(x) + (x == 1 ? 0.5 * ones : own);
    }
  }

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
      patterns = distinct;
    }
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
      double least = Math.min(contamination(a, b), contamination(b, a));
      if (Arrays.stream(MERGE).anyMatch(m -> least >= m[0] && p.similarity >= m[1])) {
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

  private boolean broken(List<Pattern> patterns, Set<Integer> all) {
    for (int i : all) {
      for (int j : all) {
        Pattern a = patterns.get(i);
        Pattern b = patterns.get(j);
        double similarity = i < j ? similarity(a, b) : 1;
        if (similarity <= DEALBREAKER[3][1]) {
          double mean = 0.5 * (contamination(a, b) + contamination(b, a));
          if (Arrays.stream(DEALBREAKER).anyMatch(d -> mean <= d[0] && similarity <= d[1])) {
            return true;
          }
        }
      }
    }
    return false;
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

  /**
   * 1 if the seqlets of b are as like those of a as these are among themselves, 0 if always less:
   * twice what the area under the curve lacks.
   */
  private double contamination(Pattern a, Pattern b) {
    return contaminations
        .computeIfAbsent(a, x -> new IdentityHashMap<>())
        .computeIfAbsent(b, x -> 2 * (1 - Math.max(0.5, separation(a, b))));
  }

  private double separation(Pattern a, Pattern b) {
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
    if (moved.isEmpty()) {
      return 0.5;
    }
    return auroc(samples.computeIfAbsent(a, this::sample), profiles(moved));
  }

  private Sample sample(Pattern p) {
    float[][] profiles = profiles(sampled(p.seqlets()));
    int zeros = 0;
    for (float[] x : profiles) {
      zeros += JaccardKernel.similarity(x, x, 0) == 0 ? 1 : 0;
    }
    return new Sample(profiles, new RankedSimilarities(among(profiles)), zeros);
  }

  private float[][] profiles(List<Seqlet> seqlets) {
    return seqlets.stream().map(s -> Profile.of(data, s)).toArray(float[][]::new);
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

  /** Of numbers i and j below n each pair with j < i. */
  private float[] among(float[][] x) {
    float[] out = new float[x.length * (x.length - 1) / 2];
    workers.run(
        (x.length + ROWS - 1) / ROWS,
        chunk -> {
          int from = chunk * ROWS;
          int to = Math.min(x.length, from + ROWS);
          for (int j = 0; j < to - 1; j++) { // each is read once for all rows of the chunk
            for (int i = Math.max(from, j + 1); i < to; i++) {
              out[i * (i - 1) / 2 + j] = JaccardKernel.similarity(x[i], x[j], 0);
            }
          }
        });
    return out;
  }

  /**
   * The probability that a similarity of the sample is above one of it to y, ties counting half.
   */
  private double auroc(Sample own, float[][] y) {
    float[][] x = own.profiles;
    double[] above = new double[(y.length + ROWS - 1) / ROWS]; // halves: any sum is exact
    workers.run(
        above.length,
        chunk -> {
          int from = chunk * ROWS;
          int to = Math.min(y.length, from + ROWS);
          for (int i = 0; i < x.length; i++) { // each is read once for all rows of the chunk
            for (int j = from; j < to; j++) {
              above[chunk] += own.above(JaccardKernel.similarity(x[i], y[j], 0));
            }
          }
        });
    double all = (double) x.length * x.length;
    return Arrays.stream(above).sum() / (all * x.length * y.length);
  }
}
