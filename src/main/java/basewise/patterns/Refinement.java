package basewise.patterns;

import java.util.Arrays;

/**
 * The refinement of the Leiden algorithm: each cluster is put together anew from its nodes, of
 * which those that belong to it well join the piece that gains most.
 */
final class Refinement {
  private final Level level;
  private final int[] cluster;
  private final double resolution;

  /** Strengths of clusters, and of pieces. */
  private final double[] whole;

  private final double[] sum;

  /** Of a piece, what it shares with the rest of its cluster. */
  private final double[] outside;

  private final int[] piece;
  private final boolean[] joined;
  private final double[] shared;
  private final int[] near;

  /**
   * Takes clusters.
   *
   * @param inside what each node shares with the others of its cluster; changed
   */
  Refinement(Level level, int[] cluster, int clusters, double resolution, double[] inside) {
    this.level = level;
    this.cluster = cluster;
    this.resolution = resolution;
    outside = inside;
    int n = level.nodes();
    whole = new double[clusters];
    for (int i = 0; i < n; i++) {
      whole[cluster[i]] += level.strength()[i];
    }
    sum = level.strength().clone();
    piece = new int[n];
    Arrays.setAll(piece, i -> i);
    joined = new boolean[n];
    shared = new double[n];
    near = new int[n + 1];
  }

  /** The piece of each node. */
  int[] pieces(int[] order) {
    for (int i : order) {
      if (!joined[i] && belongs(i)) {
        join(i);
      }
    }
    return piece;
  }

  private boolean belongs(int p) {
    return outside[p] >= resolution * sum[p] * (whole[cluster[p]] - sum[p]);
  }

  private void join(int i) {
    int count = level.gather(i, piece, shared, near, 0);
    int own = cluster[i];
    double cost = resolution * level.strength()[i];
    int best = i;
    double most = 0;
    double with = 0;
    for (int k = 0; k < count; k++) {
      int p = near[k];
      double s = shared[p];
      shared[p] = 0;
      if (s > most && cluster[p] == own && s - cost * sum[p] > most && belongs(p)) {
        most = s - cost * sum[p];
        best = p;
        with = s;
      }
    }
    if (best != i) {
      outside[best] += outside[i] - 2 * with;
      sum[best] += level.strength()[i];
      sum[i] = 0;
      outside[i] = 0;
      piece[i] = best;
      joined[best] = true;
      joined[i] = true;
    }
  }
}
