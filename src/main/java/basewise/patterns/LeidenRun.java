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

  /** How often nodes are visited in the first moves, on average. */
  private static final int FIRST_VISITS = 2;

  /** The most clusters whose sums are kept side by side. */
  private static final int FEW = 64;

  private static final int BANKS = 4;

  private final Graph graph;
  private final Level level;
  private final int[] cluster;
  private final SplittableRandom random;
  private boolean first = true;

  /** How often nodes may be visited now, on average. */
  private int patience;

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

  /**
   * A run from nodes that are alone.
   *
   * @param strength of nodes, as {@link #strengths} has them
   */
  LeidenRun(Graph graph, double[] strength, long seed) {
    this.graph = graph;
    level = new Level(graph.start(), graph.to(), graph.weight(), strength);
    double all = Arrays.stream(strength).sum();
    resolution = all == 0 ? 0 : 1 / all;
    random = new SplittableRandom(seed);
    cluster = new int[strength.length];
    Arrays.setAll(cluster, i -> i);
  }

  /** Improves the clusters, at most so many times more; whether something may get better still. */
  boolean improve(int times) {
    boolean changed = true;
    for (int i = 0; i < times && changed; i++) {
      patience = first ? FIRST_VISITS : Integer.MAX_VALUE;
      changed = improve(level, cluster) || first;
      first = false;
    }
    return changed;
  }

  /** The cluster of each node, numbered from 0 without gaps. */
  int[] clusters() {
    int[] out = cluster.clone();
    compact(out);
    return out;
  }

  /** Modularity. */
  double quality() {
    return quality(graph, level.strength, cluster);
  }

  /** Modularity of clusters, whose numbers are below that of the nodes. */
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
    int clusters = 0; // beyond the last that is not empty
    for (int c = n - 1; c >= 0; c--) {
      if (size[c] == 0) {
        free[frees++] = c;
      } else {
        clusters = Math.max(clusters, c + 1);
      }
    }
    int[] queue = order(n);
    boolean[] waits = new boolean[n];
    Arrays.fill(waits, true);
    int head = 0;
    int waiting = n;
    double[] shared = new double[n];
    int[] near = new int[n + 1];
    double[] banks = new double[FEW * BANKS];
    int few = clusters <= FEW / 2 && clusters < n ? Math.min(n, FEW) : 0;
    boolean changed = false;
    long left = (long) patience * n;
    while (waiting > 0 && left-- > 0) {
      int i = queue[head];
      head = head + 1 == n ? 0 : head + 1;
      waiting--;
      waits[i] = false;
      int from = level.start[i];
      int to = level.start[i + 1];
      int count;
      if (few > 0) {
        gatherFew(level, i, cluster, banks);
        count = few;
        for (int c = 0; c < few; c++) {
          near[c] = c;
          shared[c] = added(banks, c);
        }
      } else {
        count = gather(level, i, cluster, shared, near);
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
        few = best < few ? few : 0; // one more than there is room for
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

  /** What a node shares with each cluster near it, of which the numbers are listed; how many. */
  private static int gather(Level level, int i, int[] cluster, double[] shared, int[] near) {
    int count = 0;
    for (int e = level.start[i]; e < level.start[i + 1]; e++) {
      int c = cluster[level.to[e]];
      double before = shared[c];
      near[count] = c; // written in any case: whether it is new is hard to foresee
      count += before == 0 ? 1 : 0;
      shared[c] = before + level.weight[e];
    }
    return count;
  }

  /** Likewise where clusters are few: neighbours of one cluster in a row need not wait for each other. */
  private static void gatherFew(Level level, int i, int[] cluster, double[] banks) {
    Arrays.fill(banks, 0);
    int[] to = level.to;
    double[] weight = level.weight;
    int end = level.start[i + 1];
    int e = level.start[i];
    for (; e <= end - BANKS; e += BANKS) {
      banks[cluster[to[e]] * BANKS] += weight[e];
      banks[cluster[to[e + 1]] * BANKS + 1] += weight[e + 1];
      banks[cluster[to[e + 2]] * BANKS + 2] += weight[e + 2];
      banks[cluster[to[e + 3]] * BANKS + 3] += weight[e + 3];
    }
    for (; e < end; e++) {
      banks[cluster[to[e]] * BANKS] += weight[e];
    }
  }

  private static double added(double[] banks, int c) {
    int b = c * BANKS;
    return banks[b] + banks[b + 1] + (banks[b + 2] + banks[b + 3]);
  }

  /** What a node shares with the others of its cluster. */
  private static double inside(Level level, int i, int[] cluster) {
    int[] to = level.to;
    double[] weight = level.weight;
    int own = cluster[i];
    double a = 0;
    double b = 0;
    int end = level.start[i + 1];
    int e = level.start[i];
    for (; e <= end - 2; e += 2) {
      a += cluster[to[e]] == own ? weight[e] : 0;
      b += cluster[to[e + 1]] == own ? weight[e + 1] : 0;
    }
    if (e < end) {
      a += cluster[to[e]] == own ? weight[e] : 0;
    }
    return a + b;
  }

  /** Each cluster from its nodes: those that belong to it well join the piece that gains most. */
  private int[] refine(Level level, int[] cluster, int clusters) {
    int n = level.nodes();
    double[] whole = new double[clusters];
    double[] sum = level.strength.clone();
    double[] outside = new double[n]; // of a piece, what it shares with the rest of its cluster
    for (int i = 0; i < n; i++) {
      whole[cluster[i]] += level.strength[i];
      outside[i] = inside(level, i, cluster);
    }
    int[] piece = new int[n];
    Arrays.setAll(piece, i -> i);
    boolean[] joined = new boolean[n];
    double[] shared = new double[n];
    int[] near = new int[n + 1];
    for (int i : order(n)) {
      int own = cluster[i];
      double all = whole[own];
      if (joined[i] || outside[i] < resolution * sum[i] * (all - sum[i])) {
        continue;
      }
      int count = 0;
      for (int e = level.start[i]; e < level.start[i + 1]; e++) {
        int j = level.to[e];
        double weight = cluster[j] == own ? level.weight[e] : 0;
        int p = piece[j];
        double before = shared[p];
        near[count] = p;
        count += before == 0 & weight != 0 ? 1 : 0;
        shared[p] = before + weight;
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
    int[] near = new int[pieces + 1];
    int out = 0;
    for (int p = 0; p < pieces; p++) {
      int count = 0;
      for (int m = first[p]; m < first[p + 1]; m++) {
        int i = members[m];
        for (int e = level.start[i]; e < level.start[i + 1]; e++) {
          int q = piece[level.to[e]];
          double before = shared[q];
          near[count] = q;
          count += before == 0 ? 1 : 0;
          shared[q] = before + level.weight[e];
        }
      }
      if (shared[p] != 0) { // what its nodes share among themselves is no edge
        shared[p] = 0;
        int at = 0;
        while (near[at] != p) {
          at++;
        }
        near[at] = near[--count];
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
