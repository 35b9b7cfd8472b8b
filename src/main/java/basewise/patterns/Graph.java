package basewise.patterns;

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

  /**
   * Joins directed edges with their opposites. Values of 0 and less are no edges; those of a node
   * to itself are left out.
   *
   * @param to of each node, the nodes it leads to
   * @param value of each node, what belongs to them
   */
  static Graph of(int[][] to, double[][] value, Both both) {
    int n = to.length;
    int[] start = new int[n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < to[i].length; j++) {
        if (value[i][j] > 0 && to[i][j] != i) {
          start[i + 1]++;
          start[to[i][j] + 1]++;
        }
      }
    }
    for (int i = 0; i < n; i++) {
      start[i + 1] = Math.addExact(start[i + 1], start[i]);
    }
    // Each edge twice, at both its ends; where both directions exist they lie side by side when
    // sorted.
    long[] place = new long[start[n]];
    double[] values = new double[start[n]];
    int[] next = Arrays.copyOf(start, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < to[i].length; j++) {
        int k = to[i][j];
        if (value[i][j] > 0 && k != i) {
          place[next[i]] = (long) k << 32 | next[i];
          values[next[i]++] = value[i][j];
          place[next[k]] = (long) i << 32 | next[k];
          values[next[k]++] = value[i][j];
        }
      }
    }
    int[] ends = new int[n + 1];
    int[] nodes = new int[start[n]];
    double[] weights = new double[start[n]];
    int out = 0;
    for (int i = 0; i < n; i++) {
      Arrays.sort(place, start[i], start[i + 1]);
      for (int e = start[i]; e < start[i + 1]; out++) {
        int node = (int) (place[e] >> 32);
        double first = values[(int) place[e++]];
        boolean twice = e < start[i + 1] && (int) (place[e] >> 32) == node;
        double second = twice ? values[(int) place[e++]] : 0;
        nodes[out] = node;
        // Smaller plus larger: both ends of an edge get the same bits.
        double sum = Math.min(first, second) + Math.max(first, second);
        weights[out] = both == Both.MEAN && twice ? sum / 2 : sum;
      }
      ends[i + 1] = out;
    }
    return new Graph(ends, Arrays.copyOf(nodes, out), Arrays.copyOf(weights, out), new double[n]);
  }
}
