package basewise.patterns;

import basewise.nn.kernel.Workers;
import basewise.patterns.kernel.JaccardKernel;
import java.util.ArrayList;
import java.util.Arrays;
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
    int n = pattern.size();
    float[][] profiles =
        pattern.seqlets().stream().map(s -> Profile.of(data, s)).toArray(float[][]::new);
    int k = Math.min((int) (3 * PERPLEXITY + 2), n);
    int[][] index = new int[n][];
    float[][] similarity = new float[n][];
    workers.run(
        (n + ROWS - 1) / ROWS,
        chunk -> {
          int from = chunk * ROWS;
          int to = Math.min(n, from + ROWS);
          TopK[] best = new TopK[to - from];
          Arrays.setAll(best, i -> new TopK(k));
          for (int j = 0; j < n; j++) { // each is read once for all rows of the chunk
            for (int i = from; i < to; i++) {
              best[i - from].offer(JaccardKernel.similarity(profiles[i], profiles[j], 0), j);
            }
          }
          for (int i = from; i < to; i++) {
            best[i - from].sort();
            index[i] = best[i - from].indices();
            similarity[i] = best[i - from].values();
          }
        });
    int[] cluster = leiden.cluster(DensityAdaptation.ofPattern(index, similarity, PERPLEXITY));
    List<List<Seqlet>> parts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      while (parts.size() <= cluster[i]) {
        parts.add(new ArrayList<>());
      }
      parts.get(cluster[i]).add(pattern.seqlets().get(i));
    }
    return parts.stream().map(p -> PatternBuilder.of(data, p).build()).toList();
  }
}
