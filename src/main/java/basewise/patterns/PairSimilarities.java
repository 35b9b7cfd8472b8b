package basewise.patterns;

import basewise.nn.kernel.Workers;
import basewise.patterns.kernel.JaccardKernel;

/** How alike all pairs of profiles are that lie as they do, block by block. */
final class PairSimilarities {
  private static final int ROWS = 64;

  private PairSimilarities() {}

  /** Takes similarities as they are found, by several threads. */
  interface Taker {
    /**
     * Takes a block: the number of rows {@code first + j} and {@code i} is {@code alike[j][i -
     * from]}, for i in [from, to). Where the two cross, only the larger i count.
     */
    void take(float[][] alike, int first, int from, int to);
  }

  /** Each pair once, a row with itself too. */
  static void each(float[][] profiles, Workers workers, Taker taker) {
    int n = profiles.length;
    int blocks = (n + ROWS - 1) / ROWS;
    workers.run(
        blocks * (blocks + 1) / 2,
        pair -> {
          int one = (int) ((Math.sqrt(8.0 * pair + 1) - 1) / 2);
          int from = one * ROWS;
          int first = (pair - one * (one + 1) / 2) * ROWS;
          var columns = new JaccardKernel.Rows(profiles, from, Math.min(n, from + ROWS));
          var rows = new JaccardKernel.Rows(profiles, first, Math.min(n, first + ROWS));
          float[][] alike = new float[rows.count()][columns.count()];
          JaccardKernel.similarities(rows, columns, alike);
          taker.take(alike, first, from, columns.to());
        });
  }

  /** Each pair of two once, in some order. */
  static float[] of(float[][] profiles, Workers workers) {
    int n = profiles.length;
    float[] out = new float[n * (n - 1) / 2];
    each(
        profiles,
        workers,
        (alike, first, from, to) -> {
          for (int j = 0; j < alike.length; j++) {
            int row = first + j;
            int begin = Math.max(from, row + 1);
            if (begin < to) {
              int at = row * (2 * n - row - 1) / 2 + begin - row - 1;
              System.arraycopy(alike[j], begin - from, out, at, to - begin);
            }
          }
        });
    return out;
  }
}
