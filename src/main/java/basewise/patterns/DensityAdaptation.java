package basewise.patterns;

import basewise.nn.kernel.Workers;

/**
 * Affinities that mean the same in crowded and in empty neighbourhoods, as t-SNE makes them
 * (Shrikumar et al. 2018, section 1.5). A similarity a is the distance ln(2 / a - 1), at least 0.
 */
final class DensityAdaptation {
  private static final double TINY_SIMILARITY = 1e-7;
  private static final double TOLERANCE = 1e-5;
  private static final int STEPS = 100;
  private static final int ROWS = 64;

  private DensityAdaptation() {}

  private static double distance(double similarity) {
    return Math.max(0, Math.log(1 / (0.5 * Math.max(similarity, TINY_SIMILARITY)) - 1));
  }

  /**
   * The graph that seqlets are clustered by: the geometric mean of what two seqlets are to each
   * other. Distances are divided by what a perplexity of 10 would have them multiplied by, as
   * modisco-lite does; those of 0 (a seqlet and itself) are no edges, and every node has an edge to
   * itself.
   */
  static Graph ofSeqlets(Affinities affinities, double perplexity, Workers workers) {
    int n = affinities.index().length;
    double[][] distances = new double[n][];
    for (int i = 0; i < n; i++) {
      float[] alike = affinities.similarity()[i];
      distances[i] = new double[alike.length];
      for (int j = 0; j < alike.length; j++) {
        distances[i][j] = distance(alike[j]);
      }
    }
    Graph graph = Graph.of(affinities.index(), distances, Graph.Both.MEAN);
    double[] beta = new double[n];
    double[] norm = new double[n];
    int chunks = (n + ROWS - 1) / ROWS;
    workers.run(
        chunks,
        chunk -> {
          for (int i = chunk * ROWS; i < Math.min(n, (chunk + 1) * ROWS); i++) {
            int from = graph.start()[i];
            int to = graph.start()[i + 1];
            beta[i] = beta(graph.weight(), from, to, perplexity, 1);
            norm[i] = 1;
            for (int e = from; e < to; e++) {
              norm[i] += Math.exp(-graph.weight()[e] / beta[i]);
            }
          }
        });
    double[] weight = new double[graph.weight().length];
    double[] self = new double[n];
    workers.run(
        chunks,
        chunk -> {
          for (int i = chunk * ROWS; i < Math.min(n, (chunk + 1) * ROWS); i++) {
            for (int e = graph.start()[i]; e < graph.start()[i + 1]; e++) {
              int j = graph.to()[e];
              double d = graph.weight()[e];
              double p = Math.exp(-d / beta[i]) / norm[i];
              double q = Math.exp(-d / beta[j]) / norm[j];
              weight[e] = Math.sqrt(p * q);
            }
            self[i] = 1 / norm[i];
          }
        });
    return new Graph(graph.start(), graph.to(), weight, self);
  }

  /**
   * The graph that a pattern is split by: t-SNE's joint probabilities.
   *
   * @param index of each seqlet the nearest, itself first
   * @param similarity the similarities to them, descending
   */
  static Graph ofPattern(int[][] index, float[][] similarity, double perplexity) {
    int n = index.length;
    int[][] to = new int[n][];
    double[][] share = new double[n][];
    for (int i = 0; i < n; i++) {
      int k = Math.max(0, Math.min(index[i].length - 1, (int) (3 * perplexity + 1)));
      to[i] = new int[k];
      share[i] = new double[k];
      double[] distances = new double[k];
      for (int j = 0; j < k; j++) {
        to[i][j] = index[i][j + 1];
        distances[j] = distance(similarity[i][j + 1]);
      }
      double beta = beta(distances, 0, k, perplexity, 0);
      double sum = 0;
      for (int j = 0; j < k; j++) {
        share[i][j] = Math.exp(-distances[j] * beta);
        sum += share[i][j];
      }
      for (int j = 0; j < k; j++) {
        share[i][j] = sum == 0 ? 0 : share[i][j] / sum;
      }
    }
    return Graph.of(to, share, Graph.Both.SUM);
  }

  /**
   * The inverse scale at which probabilities exp(-d beta) over distances [from, to) have a
   * perplexity (van der Maaten and Hinton 2008), by bisection.
   *
   * @param own what the item itself counts in their sum
   */
  static double beta(double[] distance, int from, int to, double perplexity, double own) {
    double wanted = Math.log(perplexity);
    double least = Double.NEGATIVE_INFINITY;
    double most = Double.POSITIVE_INFINITY;
    double beta = 1;
    for (int step = 0; step < STEPS; step++) {
      double sum = own;
      double mean = 0;
      for (int e = from; e < to; e++) {
        double p = Math.exp(-distance[e] * beta);
        sum += p;
        mean += distance[e] * p;
      }
      sum = sum == 0 ? 1e-8 : sum;
      double off = Math.log(sum) + beta * mean / sum - wanted;
      if (Math.abs(off) <= TOLERANCE) {
        break;
      }
      if (off > 0) {
        least = beta;
        beta = most == Double.POSITIVE_INFINITY ? beta * 2 : (beta + most) / 2;
      } else {
        most = beta;
        beta = least == Double.NEGATIVE_INFINITY ? beta / 2 : (beta + least) / 2;
      }
    }
    return beta;
  }
}
