package basewise.patterns;

import java.util.Arrays;

/**
 * The local moves of the Leiden algorithm: nodes, one by one, go to the cluster where modularity
 * gains most, and those whose neighbours went elsewhere are asked again, until none wants to.
 *
 * <p>Its loops are methods of their own, so that they are compiled once, early, and each for what
 * it meets.
 */
final class LocalMoves {
  /** Gains below this share of a node's strength are rounding, since weights are floats. */
  private static final double TINY = 1e-9;

  /** The most clusters of which nodes remember what they share with them. */
  private static final int FEW = 64;

  /** Clusters that may come up where they are few. */
  private static final int MORE = 8;

  private final Level level;
  private final int[] cluster;
  private final double resolution;

  /** Of clusters, their strengths and numbers of nodes. */
  private final double[] sum;

  private final int[] size;

  /** Clusters without nodes. */
  private final int[] free;

  private int frees;

  /** Nodes that wait to be asked, in a ring. */
  private final int[] queue;

  private final boolean[] waits;
  private int head;
  private int waiting;

  /** What the node that is asked shares with clusters, and which are near it. */
  private final double[] shared;

  private final int[] near;

  /** Clusters of lower numbers are remembered; 0 where they are many. */
  private int few;

  /** What node i shares with cluster c, at i * few + c, of nodes that are {@link #known}. */
  private double[] remembered = {};

  private boolean[] known = {};

  /**
   * Takes clusters, which it moves nodes among.
   *
   * @param order in which nodes are asked first
   */
  LocalMoves(Level level, int[] cluster, double resolution, int[] order) {
    this.level = level;
    this.cluster = cluster;
    this.resolution = resolution;
    int n = level.nodes();
    sum = new double[n];
    size = new int[n];
    for (int i = 0; i < n; i++) {
      sum[cluster[i]] += level.strength()[i];
      size[cluster[i]]++;
    }
    free = new int[n + 1];
    int clusters = 0; // beyond the last that is not empty
    for (int c = n - 1; c >= 0; c--) {
      if (size[c] == 0) {
        free[frees++] = c;
      } else {
        clusters = Math.max(clusters, c + 1);
      }
    }
    if (clusters < n && clusters + MORE <= FEW) {
      few = Math.min(n, (clusters + 2 * MORE - 1) / MORE * MORE);
      remembered = new double[Math.multiplyExact(n, few)];
      known = new boolean[n];
    }
    queue = order;
    waits = new boolean[n];
    Arrays.fill(waits, true);
    waiting = n;
    shared = new double[n];
    near = new int[n + 1];
  }

  /** Moves nodes until none gains, or until each has been asked so often on average. */
  void run(int patience) {
    for (long left = (long) patience * queue.length; waiting > 0 && left > 0; left--) {
      int i = queue[head];
      head = head + 1 == queue.length ? 0 : head + 1;
      waiting--;
      waits[i] = false;
      int best = best(i);
      if (best != cluster[i]) {
        int own = cluster[i];
        move(i, best);
        if (few > 0) {
          remember(i, own, best);
        }
        wake(i, best);
      }
    }
  }

  private int best(int i) {
    if (few > 0) {
      return bestOfFew(i);
    }
    int count = level.gather(i, cluster, shared, near, 0);
    int own = cluster[i];
    double strength = level.strength()[i];
    double cost = resolution * strength;
    int best = own;
    double most = shared[own] - cost * (sum[own] - strength);
    if (most < -TINY * strength && size[own] > 1) {
      best = free[frees - 1]; // alone is better
      most = 0;
    }
    double least = most + TINY * strength;
    for (int k = 0; k < count; k++) {
      int c = near[k];
      double gain = shared[c] - cost * sum[c];
      shared[c] = 0;
      if (gain > most && gain > least && c != own) {
        most = gain;
        best = c;
      }
    }
    return best;
  }

  private void move(int i, int to) {
    int own = cluster[i];
    if (size[to] == 0) {
      frees--;
      few = to < few ? few : 0; // one more than there is room for
    }
    sum[own] -= level.strength()[i];
    size[own]--;
    if (size[own] == 0) {
      sum[own] = 0;
      free[frees++] = own;
    }
    sum[to] += level.strength()[i];
    size[to]++;
    cluster[i] = to;
  }

  /** Lets neighbours of a node that are in other clusters than it is be asked again. */
  private void wake(int i, int now) {
    int[] to = level.to();
    int end = level.start()[i + 1];
    for (int e = level.start()[i]; e < end; e++) {
      int j = to[e];
      if (!waits[j] && cluster[j] != now) {
        waits[j] = true;
        int tail = head + waiting;
        queue[tail >= queue.length ? tail - queue.length : tail] = j;
        waiting++;
      }
    }
  }

  /** As {@link #best}, where sums are remembered. */
  private int bestOfFew(int i) {
    int row = i * few;
    if (!known[i]) {
      known[i] = true;
      level.share(i, cluster, remembered, row);
    }
    int own = cluster[i];
    double strength = level.strength()[i];
    double cost = resolution * strength;
    int best = own;
    double most = remembered[row + own] - cost * (sum[own] - strength);
    if (most < -TINY * strength && size[own] > 1) {
      best = free[frees - 1];
      most = 0;
    }
    double least = most + TINY * strength;
    for (int c = 0; c < few; c++) {
      double gain = remembered[row + c] - cost * sum[c];
      if (gain > most && gain > least && c != own && size[c] > 0) {
        most = gain;
        best = c;
      }
    }
    return best;
  }

  /** Lets the neighbours of a node know that it went elsewhere. */
  private void remember(int i, int from, int into) {
    int[] to = level.to();
    float[] weight = level.weight();
    int end = level.start()[i + 1];
    for (int e = level.start()[i]; e < end; e++) {
      if (known[to[e]]) {
        int row = to[e] * few;
        remembered[row + from] -= weight[e];
        remembered[row + into] += weight[e];
      }
    }
  }

  /** What each node shares with the others of its cluster. */
  double[] inside() {
    double[] out = new double[cluster.length];
    double[] own = new double[cluster.length];
    for (int i = 0; i < out.length; i++) {
      out[i] =
          few > 0 && known[i] ? remembered[i * few + cluster[i]] : level.inside(i, cluster, own);
    }
    return out;
  }
}
