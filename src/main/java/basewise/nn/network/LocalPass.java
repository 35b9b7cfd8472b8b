package basewise.nn.network;

import java.util.HashMap;
import java.util.Map;
import basewise.nn.kernel.Floats;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changes of a few bases do to the outputs, without running the network again: a base changes
 * the windows of filters that hold it, those change what reads them, and all else stays as it is
 * for the sequence. Differences are carried, not values, so small ones are not lost beside large
 * ones, and where nothing differs nothing is done: a ReLU that stays off and a maximum elsewhere
 * end the way. Variants go together, as rows of one product.
 *
 * <p>Values are floats; for one sequence, for one thread.
 */
public final class LocalPass {
  /** Numbers that differ at once, for the second-level cache. */
  private static final int AT_ONCE = 1 << 18;

  private static final int MOST_VARIANTS = 96;
  private static final int FIRST_VARIANTS = 6;

  private final Network network;
  private final byte[] codes;
  private final Trace trace;
  private final float[] @Nullable [] values;
  private int largest;

  /**
   * Runs the sequence as it is.
   *
   * @param network reads one-hot DNA
   */
  public LocalPass(Network network, byte[] codes) {
    this.network = network;
    this.codes = codes.clone();
    trace = network.forward(Network.oneHot(codes), Precision.FLOAT32);
    values = new float[network.nodes().size()][];
  }

  /** The outputs of the sequence as it is. */
  public double[] output() {
    return trace.output();
  }

  /**
   * Output of each variant minus output of the sequence.
   *
   * @param variants of the same length
   * @return [variant][output]
   */
  public float[][] differences(List<byte[]> variants) {
    float[][] out = new float[variants.size()][];
    int outputs = network.outputs();
    int done = 0;
    int n = FIRST_VARIANTS;
    while (done < out.length) {
      int end = Math.min(out.length, done + n);
      largest = 1;
      Changes last = run(input(variants.subList(done, end))).inRowsOf(outputs);
      for (int v = 0; v < last.variants(); v++) {
        out[done + v] = new float[outputs];
        if (last.first()[v] < last.first()[v + 1]) {
          System.arraycopy(last.values(), last.first()[v] * outputs, out[done + v], 0, outputs);
        }
      }
      long each = Math.ceilDiv(largest, end - done);
      n = (int) Math.clamp(AT_ONCE / each, 1, MOST_VARIANTS);
      done = end;
    }
    return out;
  }

  private Changes input(List<byte[]> variants) {
    Changes.Places places = new Changes.Places(variants.size(), codes.length);
    for (byte[] variant : variants) {
      if (variant.length != codes.length) {
        throw new IllegalArgumentException(
            "a variant of %d of %d bases".formatted(variant.length, codes.length));
      }
      for (int i = 0; i < codes.length; i++) {
        if (variant[i] != codes[i]) {
          places.mark(i);
        }
      }
      places.end();
    }
    Changes changes = places.changes(Dna.N);
    for (int v = 0; v < variants.size(); v++) {
      for (int r = changes.first()[v]; r < changes.first()[v + 1]; r++) {
        int at = changes.place()[r];
        set(changes.values(), r, codes[at], -1);
        set(changes.values(), r, variants.get(v)[at], 1);
      }
    }
    return changes;
  }

  private static void set(float[] values, int row, byte code, float v) {
    if (code != Dna.N) {
      values[row * Dna.N + code] = v;
    }
  }

  private Changes run(Changes input) {
    List<Network.Node> nodes = network.nodes();
    int[] lastUse = lastUse();
    List<@Nullable Changes> all = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Network.Node node = nodes.get(i);
      List<Changes> in = new ArrayList<>();
      for (int from : node.inputs()) {
        in.add(from == Network.INPUT ? input : present(all.get(from)));
      }
      Changes out = step(i, node, in);
      largest = Math.max(largest, out.values().length);
      all.add(out);
      for (int from : node.inputs()) {
        if (from != Network.INPUT && lastUse[from] == i) {
          all.set(from, null);
        }
      }
    }
    return present(all.getLast());
  }

  private static Changes present(@Nullable Changes changes) {
    if (changes == null) {
      throw new IllegalStateException("a node was let go before its last use");
    }
    return changes;
  }

  private int[] lastUse() {
    int[] last = new int[network.nodes().size()];
    for (int i = 0; i < last.length; i++) {
      for (int from : network.nodes().get(i).inputs()) {
        if (from != Network.INPUT) {
          last[from] = i;
        }
      }
    }
    return last;
  }

  private Changes step(int i, Network.Node node, List<Changes> in) {
    Changes only = in.getFirst();
    Shape shape = node.inputShapes().getFirst();
    return switch (node.operation()) {
      case Convolution c -> LocalMaps.convolution(c, only.inRowsOf(shape.channels()), shape);
      case ReverseComplementConvolution c ->
          LocalMaps.convolution(c.turned(), only.inRowsOf(shape.channels()), shape);
      case Operation.Dense d -> LocalMaps.dense(d, only);
      case Operation.BatchNorm b -> LocalMaps.batchNorm(b, only);
      case Operation.Flatten f -> only;
      case Operation.Dropout d -> only;
      case Crop c -> LocalMaps.crop(c, only.inRowsOf(shape.channels()));
      case AveragePool p -> LocalPools.average(p, only.inRowsOf(shape.channels()), node.shape());
      case Operation.MaxPool p ->
          pools(i, p, node).changes(only.inRowsOf(shape.channels())).compact();
      case Operation.Activation a ->
          LocalPoints.activation(a.function(), only, value(node.inputs().getFirst())).compact();
      case Softmax s ->
          LocalPoints.softmax(
              s, only.inRowsOf(shape.channels()), value(node.inputs().getFirst()), value(i));
      case Operation.Add a -> LocalPoints.add(wide(in, node), node.shape());
      case Concat c -> LocalPoints.concat(wide(in, node), node.shape());
      case Operation.Maximum m -> {
        List<float[]> before = node.inputs().stream().map(this::value).toList();
        yield LocalPoints.maximum(wide(in, node), before, value(i), node.shape()).compact();
      }
    };
  }

  private static List<Changes> wide(List<Changes> in, Network.Node node) {
    List<Changes> out = new ArrayList<>();
    for (int k = 0; k < in.size(); k++) {
      out.add(in.get(k).inRowsOf(node.inputShapes().get(k).channels()));
    }
    return out;
  }

  private final Map<Integer, LocalPools> pools = new HashMap<>();

  private LocalPools pools(int i, Operation.MaxPool pool, Network.Node node) {
    return pools.computeIfAbsent(
        i,
        n ->
            new LocalPools(
                pool,
                node.inputShapes().getFirst(),
                node.shape(),
                value(node.inputs().getFirst()),
                value(i)));
  }

  /** The values of the sequence as it is, as floats. */
  private float[] value(int node) {
    if (node == Network.INPUT) {
      return Floats.of(trace.input());
    }
    float[] ready = values[node];
    if (ready == null) {
      ready = Floats.of(trace.value(node));
      values[node] = ready;
    }
    return ready;
  }
}
