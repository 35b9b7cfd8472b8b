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
  /** How often nodes of a large graph are visited in the first moves, on average. */
  private static final int FIRST_VISITS = 2;

  /** Ends of edges of a large graph. */
  private static final int LARGE = 150_000;

  private final Graph graph;
  private final Level level;
  private final int[] cluster;
  private final SplittableRandom random;
  private boolean first = true;

  /** What a pair of nodes is expected to share, over the product of their strengths. */
  private final double resolution;

  /**
   * A graph at some level: edges of node i at [start[i], start[i + 1]), none of a node to itself;
   * strengths count those.
   */
  record Level(int[] start, int[] to, double[] weight, double[] strength) {
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
      int patience = first && level.to.length > LARGE ? FIRST_VISITS : Integer.MAX_VALUE;
      changed = improve(level, cluster, patience) || first;
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

  /**
   * Whether anything changed.
   *
   * @param patience how often nodes may be visited, on average
   */
  private boolean improve(Level level, int[] cluster, int patience) {
    LocalMoves moves = new LocalMoves(level, cluster, resolution, order(level.nodes()));
    boolean changed = moves.run(patience);
    double[] outside = moves.inside();
    int clusters = compact(cluster);
    if (clusters == level.nodes()) {
      return changed;
    }
    int[] piece = refine(level, cluster, clusters, outside);
    int pieces = compact(piece);
    if (pieces == level.nodes()) {
      return changed;
    }
    int[] above = new int[pieces];
    for (int i = 0; i < piece.length; i++) {
      above[piece[i]] = cluster[i];
    }
    changed |= improve(reduced(level, piece, pieces), above, patience);
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

  /**
   * Each cluster from its nodes: those that belong to it well join the piece that gains most.
   *
   * @param outside what each node shares with the others of its cluster; changed
   */
  private int[] refine(Level level, int[] cluster, int clusters, double[] outside) {
    int n = level.nodes();
    double[] whole = new double[clusters];
    double[] sum = level.strength.clone();
    for (int i = 0; i < n; i++) {
      whole[cluster[i]] += level.strength[i];
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
      int count = gather(level, i, piece, shared, near, 0);
      int best = i;
      double most = 0;
      double cost = resolution * level.strength[i];
      for (int k = 0; k < count; k++) {
        int p = near[k];
        double gain = shared[p] - cost * sum[p];
        // Pieces of other clusters are near too.
        if (gain > most && cluster[p] == own && outside[p] >= resolution * sum[p] * (all - sum[p])) {
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
        count = gather(level, members[m], piece, shared, near, count);
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

  /**
   * Adds what a node shares with groups of nodes to what some others share.
   *
   * @param group of each node
   * @param shared of each group; 0 of those that are not near
   * @param near the groups near these nodes, of which {@code known} are there
   * @return how many those are now
   */
  static int gather(Level level, int i, int[] group, double[] shared, int[] near, int known) {
    int[] to = level.to;
    double[] weight = level.weight;
    int count = known;
    int end = level.start[i + 1];
    for (int e = level.start[i]; e < end; e++) {
      int q = group[to[e]];
      double before = shared[q];
      near[count] = q; // written in any case: whether it is new is hard to foresee
      count += before == 0 ? 1 : 0;
      shared[q] = before + weight[e];
    }
    return count;
  }
}
