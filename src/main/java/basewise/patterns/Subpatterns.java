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

  private static final int ROWS = 64;

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
    TopK[] best = new TopK[n];
    Arrays.setAll(best, i -> new TopK(k));
    int blocks = (n + ROWS - 1) / ROWS;
    // Each pair once, for both; whoever comes first, the same are kept.
    Object[] turn = new Object[blocks];
    Arrays.setAll(turn, b -> new Object());
    workers.run(
        blocks * (blocks + 1) / 2,
        pair -> {
          int one = (int) ((Math.sqrt(8.0 * pair + 1) - 1) / 2);
          int other = pair - one * (one + 1) / 2;
          int[] rows = {one * ROWS, Math.min(n, (one + 1) * ROWS)};
          int[] columns = {other * ROWS, Math.min(n, (other + 1) * ROWS)};
          float[] alike = new float[ROWS * ROWS];
          for (int i = rows[0]; i < rows[1]; i++) {
            for (int j = columns[0]; j < columns[1]; j++) {
              alike[(i - rows[0]) * ROWS + j - columns[0]] =
                  JaccardKernel.similarity(profiles[i], profiles[j], 0);
            }
          }
          synchronized (turn[one]) {
            for (int i = rows[0]; i < rows[1]; i++) {
              for (int j = columns[0]; j < columns[1]; j++) {
                best[i].offer(alike[(i - rows[0]) * ROWS + j - columns[0]], j);
              }
            }
          }
          if (one != other) {
            synchronized (turn[other]) {
              for (int j = columns[0]; j < columns[1]; j++) {
                for (int i = rows[0]; i < rows[1]; i++) {
                  best[j].offer(alike[(i - rows[0]) * ROWS + j - columns[0]], i);
                }
              }
            }
          }
        });
    int[][] index = new int[n][];
    float[][] similarity = new float[n][];
    workers.run(
        blocks,
        block -> {
          for (int i = block * ROWS; i < Math.min(n, (block + 1) * ROWS); i++) {
            best[i].sort();
            index[i] = best[i].indices();
            similarity[i] = best[i].values();
          }
        });
    int[] cluster =
        leiden.cluster(DensityAdaptation.ofPattern(index, similarity, PERPLEXITY, workers));
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
