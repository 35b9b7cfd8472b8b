package basewise.attribution;

import basewise.nn.network.AveragePool;
import basewise.nn.network.Convolution;
import basewise.nn.network.Crop;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.ReverseComplementConvolution;
import java.util.Arrays;

/**
 * The bases that each position of a node's map can see.
 *
 * @param first [position] the first base
 * @param last [position] one after the last; no more than {@code first} if it sees padding only
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ReceptiveField(int[] first, int[] last) {
  /** The field of a node. */
  static ReceptiveField of(Network network, int node) {
    ReceptiveField[] fields = new ReceptiveField[node + 1];
    for (int i = 0; i <= node; i++) {
      Network.Node n = network.nodes().get(i);
      ReceptiveField field = empty(n.shape().length());
      for (int k = 0; k < n.inputs().size(); k++) {
        int from = n.inputs().get(k);
        field.widen(
            n.operation(), from == Network.INPUT ? each(network.input().length()) : fields[from]);
      }
      fields[i] = field;
    }
    return fields[node];
  }

  private static ReceptiveField each(int length) {
    int[] first = new int[length];
    int[] last = new int[length];
    for (int i = 0; i < length; i++) {
      first[i] = i;
      last[i] = i + 1;
    }
    return new ReceptiveField(first, last);
  }

  private static ReceptiveField empty(int length) {
    int[] first = new int[length];
    Arrays.fill(first, Integer.MAX_VALUE);
    return new ReceptiveField(first, new int[length]);
  }

  private void widen(Operation operation, ReceptiveField in) {
    for (int p = 0; p < first.length; p++) {
      switch (operation) {
        case Convolution c -> windows(p, c, in);
        case ReverseComplementConvolution c -> windows(p, c.turned(), in);
        case Operation.MaxPool pool -> range(p, p * pool.stride(), pool.window(), in);
        case AveragePool pool -> range(p, p * pool.stride(), pool.window(), in);
        case Crop crop -> range(p, p + crop.start(), 1, in);
        default -> {
          if (first.length == in.first.length) {
            range(p, p, 1, in);
          } else { // flatten: everything
            range(p, 0, in.first.length, in);
          }
        }
      }
    }
  }

  private void windows(int p, Convolution c, ReceptiveField in) {
    int from = p * c.windows().stride() - c.windows().left();
    for (int j = 0; j < c.width(); j++) {
      int at = from + j * c.windows().dilation();
      if (at >= 0 && at < in.first.length) {
        range(p, at, 1, in);
      }
    }
  }

  private void range(int p, int from, int n, ReceptiveField in) {
    for (int i = from; i < from + n; i++) {
      first[p] = Math.min(first[p], in.first[i]);
      last[p] = Math.max(last[p], in.last[i]);
    }
  }

  /**
   * Values of positions as values of bases: of each base the mean over the positions that see it, 0
   * where there are none.
   *
   * @param length bases
   */
  double[] spread(double[] values, int length) {
    double[] sum = new double[length];
    int[] n = new int[length];
    for (int p = 0; p < values.length; p++) {
      for (int i = first[p]; i < last[p]; i++) {
        sum[i] += values[p];
        n[i]++;
      }
    }
    for (int i = 0; i < length; i++) {
      sum[i] = n[i] == 0 ? 0 : sum[i] / n[i];
    }
    return sum;
  }
}
