package basewise.nn.network;

import basewise.nn.kernel.ActivationFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How changes go through a network, prepared once for all its inputs: a batch norm is in the
 * weights of the convolution that only it reads, and a ReLU that only a maximum reads comes after
 * that, for fewer numbers. Safe to share.
 */
final class LocalPlan {
  /** Numbers that differ at once, for the second-level cache. */
  private static final int LEAST_AT_ONCE = 1 << 18;

  /** The same where weights do not fit it either, so that they are read less often. */
  private static final int MOST_AT_ONCE = 1 << 20;

  /** In place of a node's number. */
  static final int NONE = -2;

  private final List<Network.Node> nodes;
  private final int[] lastUse;
  private final @Nullable Convolution[] convolutions;
  private final int[] pools;
  private final BitSet passed = new BitSet();
  private final @Nullable LocalFirst first;
  private final int atOnce;

  /** By the second of two dense layers with ReLUs between them. */
  private final Map<Integer, LocalHidden> hidden = new HashMap<>();

  /** The first of those. */
  private final Map<Integer, Integer> hiddenFirst = new HashMap<>();

  LocalPlan(Network network) {
    nodes = network.nodes();
    lastUse = new int[nodes.size()];
    int[] readers = new int[nodes.size()];
    convolutions = new Convolution[nodes.size()];
    pools = new int[nodes.size()];
    Arrays.fill(pools, NONE);
    long weights = 0;
    for (int i = 0; i < nodes.size(); i++) {
      for (int from : nodes.get(i).inputs()) {
        if (from != Network.INPUT) {
          lastUse[from] = i;
          readers[from]++;
        }
      }
      switch (nodes.get(i).operation()) {
        case Convolution c -> convolutions[i] = c;
        case ReverseComplementConvolution c -> convolutions[i] = c.turned();
        case Operation.Dense d -> weights += d.weights().length;
        default -> {}
      }
      Convolution own = convolutions[i];
      weights += own == null ? 0 : own.weights().length;
    }
    for (int i = 0; i < nodes.size(); i++) {
      int from = nodes.get(i).inputs().getFirst();
      if (from == Network.INPUT || readers[from] != 1) {
        continue;
      }
      Convolution before = convolutions[from];
      if (nodes.get(i).operation() instanceof Operation.BatchNorm norm && before != null) {
        convolutions[from] = before.scaled(norm.scale());
        passed.set(i);
      } else if (nodes.get(i).operation() instanceof Operation.MaxPool && relu(from)) {
        passed.set(from);
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      hidden(i, readers);
      pool(i, readers);
    }
    first = LocalFirst.of(network);
    atOnce = (int) Math.clamp(weights, LEAST_AT_ONCE, MOST_AT_ONCE);
  }

  /**
   * Two dense layers, the second at a node, with nothing but ReLUs that one layer reads between.
   */
  private void hidden(int second, int[] readers) {
    if (!(nodes.get(second).operation() instanceof Operation.Dense last)) {
      return;
    }
    List<Integer> between = new ArrayList<>();
    boolean relu = false;
    int at = nodes.get(second).inputs().getFirst();
    while (at != Network.INPUT && readers[at] == 1) {
      between.add(at);
      boolean drops = nodes.get(at).operation() instanceof Operation.Dropout;
      if (relu && nodes.get(at).operation() instanceof Operation.Dense layer) {
        if (LocalHidden.suits(layer, last)) {
          hidden.put(second, LocalHidden.of(layer, last));
          hiddenFirst.put(second, at);
          between.forEach(passed::set);
        }
        return;
      }
      if (!drops && (relu || !relu(at))) {
        return;
      }
      relu |= !drops;
      at = nodes.get(at).inputs().getFirst();
    }
  }

  /** A maximum and the convolution before it, with nothing but what is passed between. */
  private void pool(int pool, int[] readers) {
    if (!(nodes.get(pool).operation() instanceof Operation.MaxPool)) {
      return;
    }
    int at = nodes.get(pool).inputs().getFirst();
    while (at != Network.INPUT && readers[at] == 1) {
      Convolution before = convolutions[at];
      if (before != null) {
        if (before.floats().wide()) {
          pools[at] = pool;
          passed.set(pool);
        }
        return;
      }
      if (!passed.get(at)) {
        return;
      }
      at = nodes.get(at).inputs().getFirst();
    }
  }

  private boolean relu(int node) {
    return nodes.get(node).operation() instanceof Operation.Activation a
        && a.function().kind() == ActivationFunction.Kind.RELU;
  }

  /** The last node that reads each. */
  int[] lastUse() {
    return lastUse;
  }

  /** How it begins; null if it begins otherwise. */
  @Nullable LocalFirst first() {
    return first;
  }

  /** Numbers that may differ at once. */
  int atOnce() {
    return atOnce;
  }

  /** What a dense layer does together with the one before it; null if each goes alone. */
  @Nullable LocalHidden hidden(int node) {
    return hidden.get(node);
  }

  /** The dense layer before the one at a node; there must be {@link #hidden}. */
  int hiddenFirst(int node) {
    return Objects.requireNonNull(hiddenFirst.get(node));
  }

  /** Whether what changes of a node is what changes of what it reads. */
  boolean passed(int node) {
    return passed.get(node);
  }

  /** The convolution at a node, with the batch norm behind it if that is passed. */
  Convolution convolution(int node) {
    Convolution found = convolutions[node];
    if (found == null) {
      throw new IllegalArgumentException(nodes.get(node).name());
    }
    return found;
  }

  /** The maximum that goes together with the convolution at a node, or {@link #NONE}. */
  int pool(int node) {
    return pools[node];
  }

  /** Whether a maximum has a ReLU to do. */
  boolean closes(int pool) {
    int from = nodes.get(pool).inputs().getFirst();
    return from != Network.INPUT && relu(from) && passed.get(from);
  }

  /** The node whose values a maximum reads, or the ReLU before it. */
  int read(int pool) {
    int from = nodes.get(pool).inputs().getFirst();
    return closes(pool) ? nodes.get(from).inputs().getFirst() : from;
  }
}
