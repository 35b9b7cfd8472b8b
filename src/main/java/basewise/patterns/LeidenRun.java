package basewise.patterns;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One run of the Leiden algorithm (Traag, Waltman and van Eck 2019) for modularity: nodes move to
 * where they fit best until none wants to, each cluster is put together anew from its nodes, the
 * pieces become the nodes of a smaller graph, and so on; all of it until nothing changes. Pieces
 * join the piece that gains most, as in the authors' leidenalg, whose modularity modisco-lite's
 * clusters have.
 */
final class LeidenRun {
  /** Gains below this are rounding. */
  private static final double TINY = 1e-12;

  private final SplittableRandom random;

  /** What a pair of nodes is expected to share, over the product of their strengths. */
  private final double resolution;

  /**
   * A graph at some level: edges of node i at [start[i], start[i + 1]), none of a node to itself;
   * strengths count those.
   */
  private record Level(int[] start, int[] to, double[] weight, double[] strength) {
    int nodes() {
      return strength.length;
    }
  }

  private LeidenRun(double resolution, SplittableRandom random) {
    this.resolution = resolution;
    this.random = random;
  }

  /** Strengths of nodes: the weights of their edges, with those to themselves. */
  static double[] strengths(Graph graph) {
    double[] strength = graph.self().clone();
    for (int i = 0; i < strength.length; i++) {
      for (int e = graph.start()[i]; e < graph.start()[i + 1]; e++) {
        strength[i] += graph.weight()[e];
      }
    }
    return strength;
  }

  /** The cluster of each node, numbered from 0 without gaps. */
  static int[] cluster(Graph graph, double[] strength, long seed) {
    Level level = new Level(graph.start(), graph.to(), graph.weight(), strength);
    double all = Arrays.stream(strength).sum();
    int[] cluster = new int[strength.length];
    Arrays.setAll(cluster, i -> i);
    LeidenRun run = new LeidenRun(all == 0 ? 0 : 1 / all, new SplittableRandom(seed));
    while (run.improve(level, cluster)) {
      // Each time from what the last time left.
    }
    compact(cluster);
    return cluster;
  }

  /** Modularity. */
  static double quality(Graph graph, double[] strength, int[] cluster) {
    double all = 0;
    double inside = 0;
    double[] sum = new double[strength.length];
    for (int i = 0; i < strength.length; i++) {
      all += strength[i];
      inside += graph.self()[i];
      sum[cluster[i]] += strength[i];
      for (int e = graph.start()[i]; e < graph.start()[i + 1]; e++) {
        inside += cluster[graph.to()[e]] == cluster[i] ? graph.weight()[e] : 0;
      }
    }
    double expected = 0;
    for (double s : sum) {
      expected += s * s;
    }
    return all == 0 ? 0 : inside / all - expected / (all * all);
  }

  /** Whether anything changed. */
  private boolean improve(Level level, int[] cluster) {
    boolean changed = move(level, cluster);
    int clusters = compact(cluster);
    if (clusters == level.nodes()) {
      return changed;
    }
    int[] piece = refine(level, cluster, clusters);
    int pieces = compact(piece);
    if (pieces == level.nodes()) {
      return changed;
    }
    int[] above = new int[pieces];
    for (int i = 0; i < piece.length; i++) {
      above[piece[i]] = cluster[i];
    }
    changed |= improve(reduced(level, piece, pieces), above);
    for (int i = 0; i < piece.length; i++) {
      cluster[i] = above[piece[i]];
    }
    return changed;
  }

  /** Numbers clusters anew, in the order in which nodes name them; how many there are. */
  private static int compact(int[] cluster) {
    int[] number = new int[cluster.length];
    Arrays.fill(number, -1);
    int n = 0;
    for (int i = 0; i < cluster.length; i++) {
      if (number[cluster[i]] < 0) {
        number[cluster[i]] = n++;
      }
      cluster[i] = number[cluster[i]];
    }
    return n;
  }

  private int[] order(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Moves nodes, those whose neighbours moved again, until none gains. */
  private boolean move(Level level, int[] cluster) {
    int n = level.nodes();
    double[] sum = new double[n];
    int[] size = new int[n];
    for (int i = 0; i < n; i++) {
      sum[cluster[i]] += level.strength[i];
      size[cluster[i]]++;
    }
    int[] free = new int[n + 1];
    int frees = 0;
    for (int c = n - 1; c >= 0; c--) {
      if (size[c] == 0) {
        free[frees++] = c;
      }
    }
    int[] queue = order(n);
    boolean[] waits = new boolean[n];
    Arrays.fill(waits, true);
    int head = 0;
    int waiting = n;
    double[] shared = new double[n];
    int[] near = new int[n];
    boolean changed = false;
    while (waiting > 0) {
      int i = queue[head];
      head = head + 1 == n ? 0 : head + 1;
      waiting--;
      waits[i] = false;
      int from = level.start[i];
      int to = level.start[i + 1];
      int count = 0;
      for (int e = from; e < to; e++) {
        int c = cluster[level.to[e]];
        if (shared[c] == 0) {
          near[count++] = c;
        }
        shared[c] += level.weight[e];
      }
      int own = cluster[i];
      double strength = level.strength[i];
      double cost = resolution * strength;
      int best = own;
      double most = shared[own] - cost * (sum[own] - strength);
      if (most < -TINY && size[own] > 1) {
        best = free[frees - 1]; // alone is better
        most = 0;
      }
      double stays = most;
      for (int k = 0; k < count; k++) {
        int c = near[k];
        if (c != own) {
          double gain = shared[c] - cost * sum[c];
          if (gain > most && gain > stays + TINY * strength) {
            most = gain;
            best = c;
          }
        }
        shared[c] = 0;
      }
      if (best == own) {
        continue;
      }
      changed = true;
      if (size[best] == 0) {
        frees--;
      }
      sum[own] -= strength;
      size[own]--;
      if (size[own] == 0) {
        sum[own] = 0;
        free[frees++] = own;
      }
      sum[best] += strength;
      size[best]++;
      cluster[i] = best;
      for (int e = from; e < to; e++) {
        int j = level.to[e];
        if (!waits[j] && cluster[j] != best) {
          waits[j] = true;
          int tail = head + waiting;
          queue[tail >= n ? tail - n : tail] = j;
          waiting++;
        }
      }
    }
    return changed;
  }

  /** Each cluster from its nodes: those that belong to it well join the piece that gains most. */
  private int[] refine(Level level, int[] cluster, int clusters) {
    int n = level.nodes();
    double[] whole = new double[clusters];
    double[] sum = level.strength.clone();
    double[] outside = new double[n]; // of a piece, what it shares with the rest of its cluster
    for (int i = 0; i < n; i++) {
      whole[cluster[i]] += level.strength[i];
      for (int e = level.start[i]; e < level.start[i + 1]; e++) {
        outside[i] += cluster[level.to[e]] == cluster[i] ? level.weight[e] : 0;
      }
    }
    int[] piece = new int[n];
    Arrays.setAll(piece, i -> i);
    boolean[] joined = new boolean[n];
    double[] shared = new double[n];
    int[] near = new int[n];
    for (int i : order(n)) {
      double all = whole[cluster[i]];
      if (joined[i] || outside[i] < resolution * sum[i] * (all - sum[i])) {
        continue;
      }
      int count = 0;
      for (int e = level.start[i]; e < level.start[i + 1]; e++) {
        int j = level.to[e];
        if (cluster[j] == cluster[i]) {
          int p = piece[j];
          if (shared[p] == 0) {
            near[count++] = p;
          }
          shared[p] += level.weight[e];
        }
      }
      int best = i;
      double most = 0;
      double cost = resolution * level.strength[i];
      for (int k = 0; k < count; k++) {
        int p = near[k];
        double gain = shared[p] - cost * sum[p];
        if (gain > most && outside[p] >= resolution * sum[p] * (all - sum[p])) {
          most = gain;
          best = p;
        }
      }
      if (best != i) {
        outside[best] += outside[i] - 2 * shared[best];
        sum[best] += level.strength[i];
        sum[i] = 0;
        outside[i] = 0;
        piece[i] = best;
        joined[best] = true;
        joined[i] = true;
      }
      for (int k = 0; k < count; k++) {
        shared[near[k]] = 0;
      }
    }
    return piece;
  }

  /** The graph whose nodes are pieces. */
  private static Level reduced(Level level, int[] piece, int pieces) {
    int n = level.nodes();
    double[] strength = new double[pieces];
    int[] first = new int[pieces + 1];
    for (int i = 0; i < n; i++) {
      strength[piece[i]] += level.strength[i];
      first[piece[i] + 1]++;
    }
    for (int p = 0; p < pieces; p++) {
      first[p + 1] += first[p];
    }
    int[] members = new int[n];
    int[] next = Arrays.copyOf(first, pieces);
    for (int i = 0; i < n; i++) {
      members[next[piece[i]]++] = i;
    }
    int[] start = new int[pieces + 1];
    int[] to = new int[Math.min(level.to.length, 1 << 12)];
    double[] weight = new double[to.length];
    double[] shared = new double[pieces];
    int[] near = new int[pieces];
    int out = 0;
    for (int p = 0; p < pieces; p++) {
      int count = 0;
      for (int m = first[p]; m < first[p + 1]; m++) {
        int i = members[m];
        for (int e = level.start[i]; e < level.start[i + 1]; e++) {
          int q = piece[level.to[e]];
          if (q != p) {
            if (shared[q] == 0) {
              near[count++] = q;
            }
            shared[q] += level.weight[e];
          }
        }
      }
      if (out + count > to.length) {
        int more = Math.max(out + count, 2 * to.length);
        to = Arrays.copyOf(to, more);
        weight = Arrays.copyOf(weight, more);
      }
      for (int k = 0; k < count; k++) {
        to[out] = near[k];
        weight[out++] = shared[near[k]];
        shared[near[k]] = 0;
      }
      start[p + 1] = out;
    }
    return new Level(start, Arrays.copyOf(to, out), Arrays.copyOf(weight, out), strength);
  }
}
