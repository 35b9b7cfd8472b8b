package basewise.patterns;

import java.util.Random;
import nl.cwts.networkanalysis.Clustering;
import nl.cwts.networkanalysis.LeidenAlgorithm;
import nl.cwts.networkanalysis.Network;
import nl.cwts.util.LargeDoubleArray;
import nl.cwts.util.LargeIntArray;

/** The Leiden algorithm's authors' Java (networkanalysis 1.3.0), as the oracle of ours. */
final class CwtsLeiden {
  private CwtsLeiden() {}

  /** One run until nothing gets better. */
  static int[] cluster(Graph graph, long seed) {
    int n = graph.nodes();
    double[] strength = LeidenRun.strengths(graph);
    double all = 0;
    for (double s : strength) {
      all += s;
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
    Network network =
        new Network(
            strength, start, new LargeIntArray(graph.to()), new LargeDoubleArray(weight), false);
    Clustering clustering = new Clustering(n);
    new LeidenAlgorithm(1.0 / n, 0, 0.01, new Random(seed)).improveClustering(network, clustering);
    return clustering.getClusters();
  }
}
