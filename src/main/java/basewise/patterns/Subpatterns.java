package basewise.patterns;

import basewise.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.List;

/** A pattern's seqlets clustered once more, as they lie: is it one motif, or several? */
final class Subpatterns {
  /** Of the neighbourhoods. */
  static final double PERPLEXITY = 50;

  private static final int ROWS = 16;

  private final ScoredSequences data;
  private final Leiden leiden;
  private final Workers workers;

  Subpatterns(ScoredSequences data, Leiden leiden, Workers workers) {
    this.data = data;
    this.leiden = leiden;
    this.workers = workers;
  }

  /** The parts, the largest first. */
  List<Pattern> of(Pattern pattern) {
    Neighbours found = nearest(pattern);
    int[] cluster = leiden.cluster(DensityAdaptation.ofPattern(found, PERPLEXITY, workers));
    List<List<Seqlet>> parts = new ArrayList<>();
    for (int i = 0; i < cluster.length; i++) {
      while (parts.size() <= cluster[i]) {
        parts.add(new ArrayList<>());
      }
      parts.get(cluster[i]).add(pattern.seqlets().get(i));
    }
    Pattern[] made = new Pattern[parts.size()];
    workers.run(made.length, c -> made[c] = PatternBuilder.of(data, parts.get(c)).build());
    return List.of(made);
  }

  private Neighbours nearest(Pattern pattern) {
    int n = pattern.size();
    float[][] profiles = new float[n][];
    workers.each(n, ROWS, i -> profiles[i] = Profile.of(data, pattern.seqlets().get(i)));
    int k = Math.min((int) (3 * PERPLEXITY + 2), n);
    if (NearestProfiles.suits(profiles, k)) {
      return NearestProfiles.of(profiles, k, workers);
    }
    NearestRows nearest = new NearestRows(n, k);
    PairSimilarities.each(
        profiles,
        workers,
        (alike, first, from, to) -> {
          for (int j = 0; j < alike.length; j++) {
            int own = Math.max(from, first + j);
            nearest.toOne(first + j, alike[j], own - from, own, to);
          }
          nearest.toAll(alike, alike.length, 0, first, from, to);
        });
    return Neighbours.of(nearest, n, workers);
  }
}
