package basewise.patterns;

import basewise.nn.kernel.Workers;
import java.util.Arrays;

/**
 * An undirected graph with weights: of node i, the nodes it shares an edge with, ascending, at
 * [start[i], start[i + 1]).
 *
 * @param self weights of the edges of nodes to themselves
 */
record Graph(int[] start, int[] to, float[] weight, double[] self) {
  int nodes() {
    return self.length;
  }

  /** How two directed values become one undirected one. */
  enum Both {
    MEAN,
    SUM
  }

  private static final int ROWS = 64;

  /** Parts of all nodes, of each of which one thread collects the edges that lead to it. */
  private static final int PARTS = 8;

  /**
   * The directed edges of a node, ascending: to others, where a value is above 0.
   *
   * @param others those of the values begin at {@code from}
   */
  static long[] edges(int own, int[] others, int from, float[] value) {
    long[] out = new long[value.length];
    int n = 0;
    boolean ascending = true;
    for (int j = 0; j < out.length; j++) {
      if (value[j] > 0 && others[from + j] != own) {
        out[n] = edge(others[from + j], value[j]);
        ascending &= n == 0 || out[n - 1] < out[n];
        n++;
      }
    }
    if (!ascending) {
      Arrays.sort(out, 0, n);
    }
    return Arrays.copyOf(out, n);
  }

  /** An edge as one number, first the node it leads to. */
  private static long edge(int to, float value) {
    return (long) to << 32 | Integer.toUnsignedLong(Float.floatToRawIntBits(value));
  }

  private static int node(long edge) {
    return (int) (edge >> 32);
  }

  private static float value(long edge) {
    return Float.intBitsToFloat((int) edge);
  }

  /**
   * Joins directed edges with their opposites.
   *
   * @param edges of each node, as {@link #edges} has them
   */
  static Graph of(long[][] edges, Both both, Workers workers) {
    int n = edges.length;
    int[] start = new int[n + 1];
    int part = (n + PARTS - 1) / PARTS;
    workers.each(PARTS, 1, p -> count(edges, p * part, Math.min(n, (p + 1) * part), start));
    addUp(start);
    long[] back = new long[start[n]];
    workers.each(PARTS, 1, p -> turn(edges, p * part, Math.min(n, (p + 1) * part), start, back));
    int[] ends = new int[n + 1];
    workers.each(n, ROWS, i -> ends[i + 1] = together(edges[i], back, start[i], start[i + 1]));
    addUp(ends);
    int[] nodes = new int[ends[n]];
    float[] weights = new float[ends[n]];
    double share = both == Both.MEAN ? 0.5 : 1;
    workers.each(
        n, ROWS, i -> join(edges[i], back, start[i], start[i + 1], share, nodes, weights, ends[i]));
    return new Graph(ends, nodes, weights, new double[n]);
  }

  private static void addUp(int[] start) {
    for (int i = 1; i < start.length; i++) {
      start[i] = Math.addExact(start[i], start[i - 1]);
    }
  }

  /** The first edge of a node that leads to {@code to} or beyond. */
  private static int first(long[] edges, int to) {
    int at = Arrays.binarySearch(edges, (long) to << 32);
    return at < 0 ? -at - 1 : at;
  }

  /** Counts the edges that lead to the nodes [from, to), each at its node + 1. */
  private static void count(long[][] edges, int from, int to, int[] counts) {
    for (long[] own : edges) {
      for (int e = first(own, from); e < own.length && node(own[e]) < to; e++) {
        counts[node(own[e]) + 1]++;
      }
    }
  }

  /** Collects the edges that lead to the nodes [from, to), as edges to where they come from. */
  private static void turn(long[][] edges, int from, int to, int[] start, long[] back) {
    if (from >= to) {
      return;
    }
    int[] next = Arrays.copyOfRange(start, from, to);
    for (int i = 0; i < edges.length; i++) {
      long[] own = edges[i];
      for (int e = first(own, from); e < own.length && node(own[e]) < to; e++) {
        back[next[node(own[e]) - from]++] = edge(i, value(own[e]));
      }
    }
  }

  /** How many nodes a node's edges lead to, or come from. */
  private static int together(long[] own, long[] back, int from, int to) {
    int count = 0;
    int out = 0;
    int in = from;
    for (; out < own.length && in < to; count++) {
      int a = node(own[out]);
      int b = node(back[in]);
      out += a <= b ? 1 : 0;
      in += b <= a ? 1 : 0;
    }
    return count + own.length - out + to - in;
  }

  /**
   * Joins a node's edges with those that lead to it.
   *
   * @param share of the sum of two opposite ones
   */
  private static void join(
      long[] own,
      long[] back,
      int from,
      int to,
      double share,
      int[] nodes,
      float[] weights,
      int begin) {
    int out = 0;
    int in = from;
    for (int e = begin; out < own.length || in < to; e++) {
      int a = out < own.length ? node(own[out]) : Integer.MAX_VALUE;
      int b = in < to ? node(back[in]) : Integer.MAX_VALUE;
      nodes[e] = Math.min(a, b);
      // A sum of two: both ends of an edge get the same bits.
      double sum = a <= b ? value(own[out++]) : 0;
      sum += b <= a ? value(back[in++]) : 0;
      weights[e] = (float) (a == b ? sum * share : sum);
    }
  }
}
