package basewise.patterns;

import basewise.nn.kernel.Workers;
import java.util.Arrays;

/**
 * An undirected graph with weights: of node i, the nodes it shares an edge with, ascending, at
 * [start[i], start[i + 1]).
 *
 * @param self weights of the edges of nodes to themselves
 */
record Graph(int[] start, int[] to, double[] weight, double[] self) {
  int nodes() {
    return self.length;
  }

  /** How two directed values become one undirected one. */
  enum Both {
    MEAN,
    SUM
  }

  private static final int ROWS = 64;

  /**
   * Joins directed edges with their opposites. Values of 0 and less are no edges; those of a node
   * to itself are left out.
   *
   * @param to of each node, the nodes it leads to, each once
   * @param value of each node, what belongs to them
   */
  static Graph of(int[][] to, float[][] value, Both both, Workers workers) {
    int n = to.length;
    int[] start = new int[n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < to[i].length; j++) {
        start[to[i][j] + 1] += value[i][j] > 0 && to[i][j] != i ? 1 : 0;
      }
    }
    for (int i = 0; i < n; i++) {
      start[i + 1] = Math.addExact(start[i + 1], start[i]);
    }
    // The edges that lead to a node, by the nodes they come from.
    int[] from = new int[start[n]];
    float[] worth = new float[start[n]];
    int[] next = Arrays.copyOf(start, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < to[i].length; j++) {
        int k = to[i][j];
        if (value[i][j] > 0 && k != i) {
          from[next[k]] = i;
          worth[next[k]++] = value[i][j];
        }
      }
    }
    int[] ends = new int[n + 1];
    workers.each(
        n,
        ROWS,
        i -> {
          int edges = start[i + 1] - start[i];
          for (int j = 0; j < to[i].length; j++) {
            boolean edge = value[i][j] > 0 && to[i][j] != i;
            boolean known =
                edge && Arrays.binarySearch(from, start[i], start[i + 1], to[i][j]) >= 0;
            edges += edge && !known ? 1 : 0;
          }
          ends[i + 1] = edges;
        });
    for (int i = 0; i < n; i++) {
      ends[i + 1] = Math.addExact(ends[i + 1], ends[i]);
    }
    int[] nodes = new int[ends[n]];
    double[] weights = new double[ends[n]];
    workers.each(
        n,
        ROWS,
        i -> {
          long[] own = new long[to[i].length];
          int count = 0;
          for (int j = 0; j < own.length; j++) {
            if (value[i][j] > 0 && to[i][j] != i) {
              own[count++] = (long) to[i][j] << 32 | j;
            }
          }
          Arrays.sort(own, 0, count);
          int in = start[i];
          int out = 0;
          for (int e = ends[i]; e < ends[i + 1]; e++) {
            int toward = out < count ? (int) (own[out] >> 32) : Integer.MAX_VALUE;
            int back = in < start[i + 1] ? from[in] : Integer.MAX_VALUE;
            nodes[e] = Math.min(toward, back);
            // A sum of two: both ends of an edge get the same bits.
            double sum = toward <= back ? value[i][(int) own[out++]] : 0;
            sum += back <= toward ? worth[in++] : 0;
            weights[e] = both == Both.MEAN && toward == back ? sum / 2 : sum;
          }
        });
    return new Graph(ends, nodes, weights, new double[n]);
  }
}
