package basewise.nn.network;

import basewise.nn.kernel.Deltas;
import basewise.nn.kernel.Floats;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Substitutions through filters, the larger of the strands, a batch norm and a ReLU if there are
 * any, and a maximum over windows that do not overlap, all at once: of the windows of filters that
 * hold the base only the largest is kept. Safe to share.
 */
final class LocalFirst {
  /** The filters of a strand, with a constant row for a base that is not known. */
  private record Strand(int node, float[] weights) {}

  private final int pool;
  private final Operation.MaxPool shape;
  private final Operation.@Nullable BatchNorm norm;
  private final List<Strand> strands;
  private final int filters;
  private final int width;
  private final int left;
  private final int positions;
  private final int windows;

  private LocalFirst(Network.Node node, Beginning beginning, List<Convolution> convolutions) {
    pool = beginning.pool();
    norm = beginning.norm();
    shape = (Operation.MaxPool) node.operation();
    Convolution first = convolutions.getFirst();
    filters = first.filters();
    width = first.width();
    left = first.windows().left();
    positions = node.inputShapes().getFirst().length();
    windows = node.shape().length();
    strands = new ArrayList<>();
    for (int k = 0; k < convolutions.size(); k++) {
      // [column][code][filter], and N, which adds nothing
      float[] weights = new float[width * (Dna.N + 1) * filters];
      Convolution c = convolutions.get(k);
      float[] rows = (norm == null ? c : c.scaled(norm.scale())).rows();
      int column = Dna.N * filters;
      for (int j = 0; j < width; j++) {
        System.arraycopy(rows, j * column, weights, j * (column + filters), column);
      }
      strands.add(new Strand(beginning.firsts().get(k), weights));
    }
  }

  /** Where a network begins so; null elsewhere. */
  static @Nullable LocalFirst of(Network network) {
    Beginning beginning = Beginning.of(network);
    if (beginning == null || beginning.pool() < 0) {
      return null;
    }
    List<Convolution> convolutions = new ArrayList<>();
    for (int n : beginning.firsts()) {
      Convolution c =
          switch (network.nodes().get(n).operation()) {
            case Convolution plain -> plain;
            case ReverseComplementConvolution other -> other.turned();
            default -> null;
          };
      boolean neighbours = c != null && c.windows().stride() == 1 && c.windows().dilation() == 1;
      if (c == null || !neighbours || c.channels() != Dna.N) {
        return null;
      }
      convolutions.add(c);
    }
    Convolution first = convolutions.getFirst();
    boolean alike =
        convolutions.stream()
            .allMatch(c -> c.width() == first.width() && c.windows().equals(first.windows()));
    return alike
        ? new LocalFirst(network.nodes().get(beginning.pool()), beginning, convolutions)
        : null;
  }

  /** The number of the maximum. */
  int pool() {
    return pool;
  }

  /** For one sequence. */
  Start start(Trace trace, LocalPools maxima) {
    float[][] before = new float[strands.size()][];
    for (int k = 0; k < before.length; k++) {
      double[] z = trace.value(strands.get(k).node);
      List<Shape> shapes = List.of(new Shape(positions, filters));
      before[k] = Floats.of(norm == null ? z : norm.forward(new double[][] {z}, shapes));
    }
    return new Start(before, maxima);
  }

  /** Substitutions in one sequence. */
  final class Start {
    /** What each strand gives behind the batch norm, for the sequence as it is. */
    private final float[][] before;

    private final LocalPools maxima;

    private Start(float[][] before, LocalPools maxima) {
      this.before = before;
      this.maxima = maxima;
    }

    int pool() {
      return pool;
    }

    /**
     * What changes behind the maximum.
     *
     * @param codes the sequence as it is
     * @param at a place and a base for each variant
     */
    Changes changes(byte[] codes, int[] at, byte[] bases, Buffers buffers) {
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
      for (int v = 0; v < at.length; v++) {
        for (int r = out.first()[v]; r < out.first()[v + 1]; r++) {
          int w = out.place()[r];
          int p = from(at[v], w);
          int end = to(at[v], w) + 1;
          int column = (at[v] + left - p) * (Dna.N + 1);
          for (int k = 0; k < before.length; k++) {
            Deltas.exchanged(
                end - p,
                filters,
                best,
                r * filters,
                before[k],
                p * filters,
                strands.get(k).weights,
                (column + bases[v]) * filters,
                (column + codes[at[v]]) * filters,
                -(Dna.N + 1) * filters);
          }
          maxima.others(w, p, end, best, r * filters);
        }
      }
      return out.compact();
    }
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
