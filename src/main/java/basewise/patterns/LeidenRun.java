package basewise.patterns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One run of the Leiden algorithm (Traag, Waltman and van Eck 2019) for modularity: nodes move to
 * where they fit best until none wants to, each cluster is put together anew from its nodes, the
 * pieces become the nodes of a smaller graph, and so on; all of it until nothing gets better.
 * Pieces join the piece that gains most, as in the authors' leidenalg, whose modularity
 * modisco-lite's clusters have.
 */
final class LeidenRun {
  /** How often nodes of a large graph are visited in the first moves, on average. */
  private static final int FIRST_VISITS = 2;

  /**
   * Modularity that an improvement gains, or it is the last: runs differ by a hundred times that.
   */
  private static final double LEAST_GAIN = 1e-5;

  /** Ends of edges of a large graph. */
  private static final int LARGE = 150_000;

  private final Level level;
  private final int[] cluster;
  private final SplittableRandom random;

  /** For the graphs of the levels above the first. */
  private final List<Reduction.Room> rooms = new ArrayList<>();

  private boolean first = true;
  private boolean hopeful = true;
  private double quality;

  /** What a pair of nodes is expected to share, over the product of their strengths. */
  private final double resolution;

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
    level = new Level(graph.start(), graph.to(), graph.weight(), strength);
    double all = Arrays.stream(strength).sum();
    resolution = all == 0 ? 0 : 1 / all;
    random = new SplittableRandom(seed);
    cluster = new int[strength.length];
    Arrays.setAll(cluster, i -> i);
  }

  /** Improves the clusters, at most so many times more; whether something may get better still. */
  boolean improve(int times) {
    for (int i = 0; i < times && hopeful; i++) {
      int patience = first && level.to().length > LARGE ? FIRST_VISITS : Integer.MAX_VALUE;
      double before = quality;
      improve(level, 0, cluster, patience);
      hopeful = first || quality - before >= LEAST_GAIN;
      first = false;
    }
    return hopeful;
  }

  /** The cluster of each node, numbered from 0 without gaps. */
  int[] clusters() {
    int[] out = cluster.clone();
    compact(out);
    return out;
  }

  /** Modularity of the clusters, once they were improved. */
  double quality() {
    return quality;
  }

  /**
   * Improves the clusters of a level and of those above it.
   *
   * @param patience how often nodes may be visited, on average
   */
  private void improve(Level level, int depth, int[] cluster, int patience) {
    LocalMoves moves = new LocalMoves(level, cluster, resolution, order(level.nodes()));
    moves.run(patience);
    double[] outside = moves.inside();
    int clusters = compact(cluster);
    if (clusters == level.nodes()) {
      quality = quality(level, cluster);
      return;
    }
    int[] piece =
        new Refinement(level, cluster, clusters, resolution, outside).pieces(order(level.nodes()));
    int pieces = compact(piece);
    if (pieces == level.nodes()) {
      quality = quality(level, cluster);
      return;
    }
    int[] above = above(cluster, piece, pieces);
    if (rooms.size() == depth) {
      rooms.add(new Reduction.Room());
    }
    Level next = new Reduction(level, piece, pieces, rooms.get(depth)).level();
    improve(next, depth + 1, above, patience);
    spread(above, piece, cluster);
  }

  /** Modularity of clusters, which at every level is that of their nodes. */
  private double quality(Level level, int[] cluster) {
    double[] sum = new double[level.nodes()];
    double between = 0;
    for (int i = 0; i < sum.length; i++) {
      sum[cluster[i]] += level.strength()[i];
      between += level.outside(i, cluster);
    }
    double expected = 0;
    for (double s : sum) {
      expected += resolution * s * resolution * s;
    }
    return resolution == 0 ? 0 : 1 - between * resolution - expected;
  }

  /** The cluster of each piece. */
  private static int[] above(int[] cluster, int[] piece, int pieces) {
    int[] above = new int[pieces];
    for (int i = 0; i < piece.length; i++) {
      above[piece[i]] = cluster[i];
    }
    return above;
  }

  /** Sets the cluster of each node to that of its piece. */
  private static void spread(int[] above, int[] piece, int[] cluster) {
    for (int i = 0; i < piece.length; i++) {
      cluster[i] = above[piece[i]];
    }
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
}
