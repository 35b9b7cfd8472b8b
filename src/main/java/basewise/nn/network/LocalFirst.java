package basewise.nn.network;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.kernel.Deltas;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Substitutions through filters, the larger of the strands, a ReLU if there is one, and a maximum
 * over long windows, all at once: of the windows of filters that hold the base only the largest is
 * kept, and that of all others comes from maxima made before.
 */
final class LocalFirst {
  /** The filters of a strand, with a constant row for a base that is not known. */
  private record Strand(int node, float[] weights) {}

  private final int pool;
  private final Operation.MaxPool shape;
  private final List<Strand> strands;
  private final boolean relu;
  private final int filters;
  private final int width;
  private final int left;
  private final int positions;
  private final int windows;

  private LocalFirst(
      Network network, int pool, Convolution first, List<Integer> convolutions, boolean relu) {
    this.pool = pool;
    this.relu = relu;
    Network.Node node = network.nodes().get(pool);
    shape = (Operation.MaxPool) node.operation();
    filters = first.filters();
    width = first.width();
    left = first.windows().left();
    positions = node.inputShapes().getFirst().length();
    windows = node.shape().length();
    strands = new ArrayList<>();
    for (int n : convolutions) {
      Operation operation = network.nodes().get(n).operation();
      Convolution c =
          operation instanceof ReverseComplementConvolution r
              ? r.turned()
              : (Convolution) operation;
      // [column][code][filter], and N, which adds nothing
      float[] weights = new float[width * (Dna.N + 1) * filters];
      for (int j = 0; j < width; j++) {
        System.arraycopy(
            c.rows(), j * Dna.N * filters, weights, j * (Dna.N + 1) * filters, Dna.N * filters);
      }
      strands.add(new Strand(n, weights));
    }
  }

  /** Where a network begins so; null elsewhere. */
  static @Nullable LocalFirst of(Network network) {
    List<Network.Node> nodes = network.nodes();
    List<Integer> convolutions = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).inputs().contains(Network.INPUT)) {
        convolutions.add(i);
      }
    }
    Convolution first =
        nodes.getFirst().operation() instanceof Convolution c && plain(c) ? c : null;
    int at = convolutions.size() - 1;
    boolean together = convolutions.equals(at == 0 ? List.of(0) : List.of(0, 1));
    if (first == null || !together) {
      return null;
    }
    if (at == 1) {
      boolean shared =
          nodes.get(1).operation() instanceof ReverseComplementConvolution r && r.shared() == first;
      if (!shared || !only(nodes, 0, ++at) || !only(nodes, 1, at)) {
        return null;
      }
      if (!(nodes.get(at).operation() instanceof Operation.Maximum)) {
        return null;
      }
    }
    boolean relu =
        at + 1 < nodes.size()
            && nodes.get(at + 1).operation() instanceof Operation.Activation a
            && a.function().kind() == ActivationFunction.Kind.RELU;
    if (relu && !only(nodes, at, ++at)) {
      return null;
    }
    boolean pooled =
        only(nodes, at, at + 1)
            && nodes.get(at + 1).operation() instanceof Operation.MaxPool p
            && LocalPools.fromEnds(p);
    return pooled ? new LocalFirst(network, at + 1, first, convolutions, relu) : null;
  }

  private static boolean plain(Convolution c) {
    return c.channels() == Dna.N && c.windows().stride() == 1 && c.windows().dilation() == 1;
  }

  /** Whether {@code reader} exists and is the only one that reads a node. */
  private static boolean only(List<Network.Node> nodes, int node, int reader) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).inputs().contains(node) != (i == reader)) {
        return false;
      }
    }
    return reader < nodes.size();
  }

  /** The number of the maximum. */
  int pool() {
    return pool;
  }

  /**
   * What changes behind the maximum.
   *
   * @param codes the sequence as it is
   * @param at a place and a base for each variant
   * @param values what a node gives for the sequence as it is
   */
  Changes changes(
      byte[] codes,
      int[] at,
      byte[] bases,
      IntFunction<float[]> values,
      LocalPools maxima,
      Buffers buffers) {
    Changes.Places places = new Changes.Places(at.length, windows);
    for (int position : at) {
      int last = Math.min(last(position) / shape.stride(), windows - 1);
      for (int w = first(position) / shape.stride(); w <= last; w++) {
        if (from(position, w) <= to(position, w)) {
          places.mark(w);
        }
      }
      places.end();
    }
    Changes out = places.any(filters, buffers);
    float[] best = out.values();
    Arrays.fill(best, 0, out.size(), Float.NEGATIVE_INFINITY);
    for (Strand strand : strands) {
      float[] z = values.apply(strand.node);
      for (int v = 0; v < at.length; v++) {
        for (int r = out.first()[v]; r < out.first()[v + 1]; r++) {
          int p = from(at[v], out.place()[r]);
          int rows = to(at[v], out.place()[r]) - p + 1;
          int column = (at[v] + left - p) * (Dna.N + 1);
          Deltas.exchanged(
              rows,
              filters,
              best,
              r * filters,
              z,
              p * filters,
              strand.weights,
              (column + bases[v]) * filters,
              (column + codes[at[v]]) * filters,
              -(Dna.N + 1) * filters);
        }
      }
    }
    if (relu) {
      Deltas.positive(out.size(), best, 0);
    }
    for (int v = 0; v < at.length; v++) {
      for (int r = out.first()[v]; r < out.first()[v + 1]; r++) {
        int w = out.place()[r];
        maxima.others(w, from(at[v], w), to(at[v], w) + 1, best, r * filters);
      }
    }
    return out.compact();
  }

  /** First window of filters that holds a base. */
  private int first(int position) {
    return Math.max(0, position + left - width + 1);
  }

  private int last(int position) {
    return Math.min(positions - 1, position + left);
  }

  /** First of them in a window of the maximum. */
  private int from(int position, int w) {
    return Math.max(first(position), w * shape.stride());
  }

  private int to(int position, int w) {
    return Math.min(last(position), w * shape.stride() + shape.window() - 1);
  }
}
