package basewise.nn.network;

import basewise.nn.kernel.Floats;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What changes of a few bases do to the outputs, without running the network again: a base changes
 * the windows of filters that hold it, those change what reads them, and all else stays as it is.
 * Differences are carried, not values, so small ones are not lost beside large ones, and where
 * nothing differs nothing is done: a ReLU that stays off and a maximum elsewhere end the way.
 * Variants go together, as rows of one product.
 *
 * <p>Values are floats. For one input, and for one thread.
 */
public final class LocalPass {
  private static final int MOST_VARIANTS = 192;
  private static final int FIRST_VARIANTS = 6;

  private final Network network;
  private final double[] x;
  private final Trace trace;
  private final float[] @Nullable [] values;
  private final Map<Integer, LocalPools> pools = new HashMap<>();
  private final Map<Integer, LocalHidden.Start> hidden = new HashMap<>();
  private final Buffers buffers = new Buffers();
  private final LocalPlan plan;

  /** How it begins, and the bases that it reads; null if it begins otherwise or reads no DNA. */
  private final LocalFirst.@Nullable Start first;

  private final byte @Nullable [] codes;
  private int together = FIRST_VARIANTS;
  private int largest;

  /**
   * Runs an input as it is.
   *
   * @param x as {@link Network#forward} reads it
   */
  public LocalPass(Network network, double[] x) {
    this.network = network;
    this.x = x.clone();
    trace = network.forward(this.x, Precision.FLOAT32);
    values = new float[network.nodes().size()][];
    plan = network.plan();
    codes = codes(this.x);
    LocalFirst beginning = plan.first();
    first =
        codes == null || beginning == null ? null : beginning.start(trace, pools(beginning.pool()));
  }

  /** Bases that are one-hot, or N; null if one is neither. */
  private static byte @Nullable [] codes(double[] x) {
    byte[] out = new byte[x.length / Dna.N];
    Arrays.fill(out, Dna.N);
    for (int i = 0; i < x.length; i++) {
      if (x[i] != 0 && (x[i] != 1 || out[i / Dna.N] != Dna.N)) {
        return null;
      }
      out[i / Dna.N] = x[i] == 0 ? out[i / Dna.N] : (byte) (i % Dna.N);
    }
    return out;
  }

  /** The outputs of the input as it is. */
  public double[] output() {
    return trace.output();
  }

  /**
   * Outputs of each variant minus outputs of the input as it is.
   *
   * @param n how many variants
   * @param variants each an input of its own; called once for each, in order
   * @return [variant][output]
   */
  public float[][] differences(int n, IntFunction<double[]> variants) {
    return chunks(n, (from, to) -> run(Network.INPUT, input(from, to, variants)));
  }

  /**
   * Outputs after a substitution minus outputs of the sequence, which the input is, for each of
   * several.
   *
   * @param positions where
   * @param bases what is put there, codes 0-3
   * @return [substitution][output]
   */
  public float[][] substitutions(int[] positions, byte[] bases) {
    if (first != null && codes != null) {
      return chunks(
          positions.length,
          (from, to) ->
              run(
                  first.pool(),
                  first.changes(
                      codes,
                      Arrays.copyOfRange(positions, from, to),
                      Arrays.copyOfRange(bases, from, to),
                      buffers)));
    }
    return chunks(
        positions.length,
        (from, to) -> {
          float[] rows = new float[(to - from) * Dna.N];
          int[] next = new int[to - from + 1];
          for (int v = 0; v < to - from; v++) {
            for (int c = 0; c < Dna.N; c++) {
              rows[v * Dna.N + c] = (float) -x[positions[from + v] * Dna.N + c];
            }
            rows[v * Dna.N + bases[from + v]] += 1;
            next[v + 1] = v + 1;
          }
          return run(
              Network.INPUT,
              new Changes(Dna.N, next, Arrays.copyOfRange(positions, from, to), rows));
        });
  }

  /** Changes of the output for variants [from, to). */
  @FunctionalInterface
  private interface Chunk {
    Changes changes(int from, int to);
  }

  private float[][] chunks(int n, Chunk chunk) {
    float[][] out = new float[n][];
    int outputs = network.outputs();
    int done = 0;
    while (done < n) {
      int end = Math.min(n, done + together);
      largest = 1;
      Changes last = chunk.changes(done, end);
      Changes rows = last.inRowsOf(outputs, buffers);
      for (int v = 0; v < rows.variants(); v++) {
        out[done + v] = new float[outputs];
        if (rows.first()[v] < rows.first()[v + 1]) {
          System.arraycopy(rows.values(), rows.first()[v] * outputs, out[done + v], 0, outputs);
        }
      }
      buffers.letGo(last.values());
      int each = Math.ceilDiv(largest, end - done);
      together = Math.clamp(plan.atOnce() / each, 1, MOST_VARIANTS);
      done = end;
    }
    return out;
  }

  private Changes input(int from, int to, IntFunction<double[]> variants) {
    int width = network.input().channels();
    Changes.Places places = new Changes.Places(to - from, network.input().length());
    List<double[]> all = new ArrayList<>();
    for (int v = from; v < to; v++) {
      double[] variant = variants.apply(v);
      if (variant.length != x.length) {
        throw new IllegalArgumentException(
            "a variant of %d numbers for %d".formatted(variant.length, x.length));
      }
      for (int i = 0; i < x.length; i++) {
        if (variant[i] != x[i]) {
          places.mark(i / width);
        }
      }
      places.end();
      all.add(variant);
    }
    Changes changes = places.any(width, buffers);
    for (int v = 0; v < all.size(); v++) {
      for (int r = changes.first()[v]; r < changes.first()[v + 1]; r++) {
        int at = changes.place()[r] * width;
        for (int c = 0; c < width; c++) {
          changes.values()[r * width + c] = (float) (all.get(v)[at + c] - x[at + c]);
        }
      }
    }
    return changes;
  }

  /**
   * Through all nodes behind one.
   *
   * @param from the node, or {@link Network#INPUT}
   * @param input what changes there; from here on it is ours
   */
  private Changes run(int from, Changes input) {
    List<Network.Node> nodes = network.nodes();
    List<Changes> all = new ArrayList<>(Collections.nCopies(from + 1, input));
    if (from != Network.INPUT) {
      buffers.hold(input.values());
      largest = Math.max(largest, input.size());
    }
    for (int i = from + 1; i < nodes.size(); i++) {
      Network.Node node = nodes.get(i);
      List<Changes> in = new ArrayList<>();
      for (int k = 0; k < node.inputs().size(); k++) {
        int read = node.inputs().get(k);
        in.add(read == Network.INPUT ? input : all.get(read));
      }
      Changes out = step(i, node, in);
      buffers.hold(out.values());
      largest = Math.max(largest, out.size());
      all.add(out);
      for (int read : node.inputs().stream().distinct().toList()) {
        if (read != Network.INPUT && plan.lastUse()[read] == i) {
          buffers.letGo(all.get(read).values());
        }
      }
    }
    return all.getLast();
  }

  private Changes step(int i, Network.Node node, List<Changes> in) {
    Changes only = in.getFirst();
    Shape shape = node.inputShapes().getFirst();
    int from = node.inputs().getFirst();
    if (plan.passed(i)) {
      return only;
    }
    return switch (node.operation()) {
      case Convolution c -> convolution(i, rows(only, shape), node);
      case ReverseComplementConvolution c -> convolution(i, rows(only, shape), node);
      case Operation.Dense d -> {
        LocalHidden both = plan.hidden(i);
        yield both == null
            ? LocalMaps.dense(d, () -> network.dense(d), only, buffers)
            : hidden(i, both).changes(only, layer -> network.dense(layer), buffers);
      }
      case Operation.BatchNorm b -> LocalMaps.batchNorm(b, only, room(i, from, only));
      case Operation.Flatten f -> only;
      case Operation.Dropout d -> only;
      case Crop c -> LocalMaps.crop(c, rows(only, shape), buffers);
      case AveragePool p -> LocalPools.average(p, rows(only, shape), node.shape(), buffers);
      case Operation.MaxPool p -> pools(i).changes(rows(only, shape), buffers).compact();
      case Operation.Activation a ->
          LocalPoints.activation(a.function(), only, value(from), room(i, from, only)).compact();
      case Softmax s -> {
        Changes wide = rows(only, shape);
        yield LocalPoints.softmax(s, wide, value(from), value(i), buffers.any(wide.size()));
      }
      case Operation.Add a -> LocalPoints.add(rows(in, node), node.shape(), buffers);
      case Concat c -> LocalPoints.concat(rows(in, node), node.shape(), buffers);
      case Operation.Maximum m -> {
        List<float[]> before = node.inputs().stream().map(this::value).toList();
        yield LocalPoints.maximum(rows(in, node), before, value(i), node.shape(), buffers)
            .compact();
      }
    };
  }

  private Changes convolution(int i, Changes in, Network.Node node) {
    Shape shape = node.inputShapes().getFirst();
    Convolution c = plan.convolution(i);
    int pool = plan.pool(i);
    if (pool == LocalPlan.NONE) {
      return LocalMaps.convolution(c, in, shape, buffers);
    }
    Changes both = LocalPooled.of(c, pools(pool), in, node.shape().length(), buffers);
    if (both != null) {
      return both;
    }
    Changes between = LocalMaps.convolution(c, in, shape, buffers);
    Changes out = pools(pool).changes(between, buffers).compact();
    buffers.back(between.values());
    return out;
  }

  /** Where an operation on each number writes: over what it reads, if nobody else reads that. */
  private float[] room(int i, int from, Changes in) {
    boolean over =
        from != Network.INPUT && plan.lastUse()[from] == i && buffers.single(in.values());
    return over ? in.values() : buffers.any(in.size());
  }

  private Changes rows(Changes in, Shape shape) {
    return in.inRowsOf(shape.channels(), buffers);
  }

  private List<Changes> rows(List<Changes> in, Network.Node node) {
    List<Changes> out = new ArrayList<>();
    for (int k = 0; k < in.size(); k++) {
      out.add(rows(in.get(k), node.inputShapes().get(k)));
    }
    return out;
  }

  private LocalPools pools(int i) {
    Network.Node node = network.nodes().get(i);
    return pools.computeIfAbsent(
        i,
        n ->
            new LocalPools(
                (Operation.MaxPool) node.operation(),
                plan.closes(i),
                node.inputShapes().getFirst(),
                node.shape(),
                value(plan.read(i)),
                value(i)));
  }

  private LocalHidden.Start hidden(int i, LocalHidden both) {
    return hidden.computeIfAbsent(i, n -> both.start(value(plan.hiddenFirst(n))));
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
