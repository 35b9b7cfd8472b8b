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
    long[][] edges = new long[n][];
    workers.each(
        n, ROWS, i -> edges[i] = apart(i, affinities.index()[i], affinities.similarity()[i]));
    Graph graph = Graph.of(edges, Graph.Both.MEAN, workers);
    float[] weight = graph.weight();
    double[] scale = new double[n];
    double[] norm = new double[n];
    workers.each(
        n,
        ROWS,
        i -> {
          double[] distances = new double[graph.start()[i + 1] - graph.start()[i]];
          for (int e = 0; e < distances.length; e++) {
            distances[e] = weight[graph.start()[i] + e];
          }
          scale[i] = 1 / beta(distances, perplexity, 1);
          norm[i] = 1;
          for (double distance : distances) {
            norm[i] += Math.exp(-distance * scale[i]);
          }
        });
    double[] self = new double[n];
    workers.each(
        n,
        ROWS,
        i -> {
          for (int e = graph.start()[i]; e < graph.start()[i + 1]; e++) {
            int j = graph.to()[e];
            // The root of exp(-d / beta) / norm of both.
            double both =
                Math.exp(-0.5 * weight[e] * (scale[i] + scale[j])) / Math.sqrt(norm[i] * norm[j]);
            weight[e] = (float) Math.max(Float.MIN_NORMAL, both); // of weight 0 it were no edge
          }
          self[i] = 1 / norm[i];
        });
    return new Graph(graph.start(), graph.to(), weight, self);
  }

  /**
   * The graph that a pattern is split by: t-SNE's joint probabilities.
   *
   * @param nearest of each seqlet, itself first; of two that are the same the other may come first,
   *     and its share is left out, where modisco-lite makes it an edge of the node to itself
   */
  static Graph ofPattern(Neighbours nearest, double perplexity, Workers workers) {
    int[][] index = nearest.index();
    int n = index.length;
    long[][] edges = new long[n][];
    workers.each(
        n,
        ROWS,
        i -> {
          int k = Math.max(0, Math.min(index[i].length - 1, (int) (3 * perplexity + 1)));
          float[] share = shares(nearest.similarity()[i], k, perplexity);
          edges[i] = Graph.edges(i, index[i], 1, share);
        });
    return Graph.of(edges, Graph.Both.SUM, workers);
  }

  /** The distances of a seqlet to others. */
  private static long[] apart(int own, int[] others, float[] similarity) {
    float[] distances = new float[similarity.length];
    for (int j = 0; j < distances.length; j++) {
      distances[j] = (float) distance(similarity[j]);
    }
    return Graph.edges(own, others, 0, distances);
  }

  /** The probabilities of the neighbours 1 to k. */
  private static float[] shares(float[] similarity, int k, double perplexity) {
    double[] distances = new double[k];
    for (int j = 0; j < k; j++) {
      distances[j] = distance(similarity[j + 1]);
    }
    double beta = beta(distances, perplexity, 0);
    double sum = 0;
    for (int j = 0; j < k; j++) {
      distances[j] = Math.exp(-distances[j] * beta);
      sum += distances[j];
    }
    float[] out = new float[k];
    for (int j = 0; j < k; j++) {
      out[j] = sum == 0 ? 0 : (float) (distances[j] / sum);
    }
    return out;
  }

  /**
   * The inverse scale at which probabilities exp(-d beta) over distances have a perplexity (van der
   * Maaten and Hinton 2008), by bisection.
   *
   * @param own what the item itself counts in their sum
   */
  static double beta(double[] distance, double perplexity, double own) {
    double wanted = Math.log(perplexity);
    double least = Double.NEGATIVE_INFINITY;
    double most = Double.POSITIVE_INFINITY;
    double beta = 1;
    // exp(-d beta) at beta, at the least, and at the most: of the others, products and roots.
    int n = distance.length;
    double[] p = new double[n];
    double[] atLeast = new double[n];
    double[] atMost = new double[n];
    for (int e = 0; e < n; e++) {
      p[e] = Math.exp(-distance[e]);
    }
    for (int step = 0; step < STEPS; step++) {
      double sum = sum(p, own);
      double mean = mean(p, distance);
      sum = sum == 0 ? 1e-8 : sum;
      double off = Math.log(sum) + beta * mean / sum - wanted;
      if (Math.abs(off) <= TOLERANCE) {
        break;
      }
      if (off > 0) {
        double[] free = atLeast;
        least = beta;
        atLeast = p;
        p = free;
        if (most == Double.POSITIVE_INFINITY) {
          beta *= 2;
          multiply(atLeast, atLeast, p);
        } else {
          beta = (beta + most) / 2;
          between(atLeast, atMost, p);
        }
      } else {
        double[] free = atMost;
        most = beta;
        atMost = p;
        p = free;
        if (least == Double.NEGATIVE_INFINITY) {
          beta /= 2;
          root(atMost, p);
        } else {
          beta = (beta + least) / 2;
          between(atLeast, atMost, p);
        }
      }
    }
    return beta;
  }

  /** Of numbers and one more, by fours, which need not wait for each other. */
  private static double sum(double[] p, double more) {
    double a = more;
    double b = 0;
    double c = 0;
    double d = 0;
    int e = 0;
    for (; e <= p.length - 4; e += 4) {
      a += p[e];
      b += p[e + 1];
      c += p[e + 2];
      d += p[e + 3];
    }
    for (; e < p.length; e++) {
      a += p[e];
    }
    return a + b + (c + d);
  }

  /** The sum of distances times their weights, likewise. */
  private static double mean(double[] p, double[] distance) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int e = 0;
    for (; e <= p.length - 4; e += 4) {
      a += distance[e] * p[e];
      b += distance[e + 1] * p[e + 1];
      c += distance[e + 2] * p[e + 2];
      d += distance[e + 3] * p[e + 3];
    }
    for (; e < p.length; e++) {
      a += distance[e] * p[e];
    }
    return a + b + (c + d);
  }

  private static void multiply(double[] a, double[] b, double[] out) {
    for (int e = 0; e < out.length; e++) {
      out[e] = a[e] * b[e];
    }
  }

  private static void root(double[] a, double[] out) {
    for (int e = 0; e < out.length; e++) {
      out[e] = Math.sqrt(a[e]);
    }
  }

  /** The geometric mean. */
  private static void between(double[] a, double[] b, double[] out) {
    for (int e = 0; e < out.length; e++) {
      out[e] = Math.sqrt(a[e] * b[e]);
    }
  }
}
