package basewise.patterns;

import basewise.nn.kernel.Workers;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import nl.cwts.networkanalysis.Clustering;
import nl.cwts.networkanalysis.LeidenAlgorithm;
import nl.cwts.networkanalysis.Network;
import nl.cwts.util.LargeDoubleArray;
import nl.cwts.util.LargeIntArray;

/**
 * Clusters of the best modularity that several runs of the Leiden algorithm find (Traag, Waltman
 * and van Eck 2019), each run until nothing gets better. The only one that knows the library.
 */
final class Leiden {
  /** Of the gains that refinement draws by, where a node's edges weigh 1 in the mean. */
  private static final double RANDOMNESS = 0.01;

  /** Runs of a small graph, where nobody asks for another number, and of any. */
  private static final int RUNS = 20;

  private static final int FEWEST_RUNS = 2;

  /** Ends of edges that all runs together go over, where nobody asks for more. */
  private static final int ENOUGH = 6_000_000;

  private final int asked;
  private final long seed;
  private final Workers workers;

  /**
   * @param asked for runs; 0 for as many as the graph's size allows
   */
  Leiden(int asked, long seed, Workers workers) {
    this.asked = asked;
    this.seed = seed;
    this.workers = workers;
  }

  /**
   * The cluster of each node, numbered by size, the largest 0; of equal size, the one whose first
   * node comes first.
   */
  int[] cluster(Graph graph) {
    int n = graph.nodes();
    double[] strength = graph.self().clone();
    double all = 0;
    for (int i = 0; i < n; i++) {
      for (int e = graph.start()[i]; e < graph.start()[i + 1]; e++) {
        strength[i] += graph.weight()[e];
      }
      all += strength[i];
    }
    if (graph.to().length == 0) {
      return ranked(new Clustering(n).getClusters());
    }
    double scale = n / all;
    long[] start = new long[n + 1];
    for (int i = 0; i < n; i++) {
      strength[i] *= scale;
      start[i + 1] = graph.start()[i + 1];
    }
    double[] weight = new double[graph.weight().length];
    for (int e = 0; e < weight.length; e++) {
      weight[e] = graph.weight()[e] * scale;
    }
    // What networkanalysis maximises, with this resolution, is modularity but for a constant: a
    // node's edge to itself counts in its strength only.
    double resolution = 1.0 / n;
    Network network =
        new Network(
            strength, start, new LargeIntArray(graph.to()), new LargeDoubleArray(weight), false);
    int runs = asked > 0 ? asked : Math.clamp(ENOUGH / weight.length, FEWEST_RUNS, RUNS);
    Clustering[] found = new Clustering[runs];
    double[] quality = new double[runs];
    workers.run(
        runs,
        run -> {
          Random random = new Random(Seeds.mix(seed, run));
          LeidenAlgorithm leiden = new LeidenAlgorithm(resolution, 0, RANDOMNESS, random);
          Clustering clustering = new Clustering(n);
          leiden.improveClustering(network, clustering);
          found[run] = clustering;
          quality[run] = leiden.calcQuality(network, clustering);
        });
    int best = 0;
    for (int run = 1; run < runs; run++) {
      best = quality[run] > quality[best] ? run : best;
    }
    return ranked(found[best].getClusters());
  }

  private static int[] ranked(int[] clusters) {
    int n = 0;
    for (int c : clusters) {
      n = Math.max(n, c + 1);
    }
    int[] size = new int[n];
    int[] first = new int[n];
    for (int i = clusters.length - 1; i >= 0; i--) {
      size[clusters[i]]++;
      first[clusters[i]] = i;
    }
    List<Integer> order = new ArrayList<>();
    for (int c = 0; c < n; c++) {
      order.add(c);
    }
    order.sort(Comparator.comparingInt((Integer c) -> -size[c]).thenComparingInt(c -> first[c]));
    int[] rank = new int[n];
    for (int r = 0; r < n; r++) {
      rank[order.get(r)] = r;
    }
    int[] out = new int[clusters.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = rank[clusters[i]];
    }
    return out;
  }
}
