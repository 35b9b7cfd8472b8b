package basewise.nn.network;

import basewise.nn.kernel.ActivationFunction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a network begins: the linear maps that read its input, and, where only these follow one
 * another, the larger of two strands, batch norm, ReLU and a maximum over windows that do not
 * overlap.
 *
 * @param firsts the linear maps, and no other reads the input
 * @param pool the maximum over positions; -1 if what follows is something else: then nothing but
 *     {@code firsts} belongs to the beginning
 * @param norm null if there is none before the maximum
 * @param relu whether there is one before the maximum
 */
record Beginning(List<Integer> firsts, int pool, Operation.@Nullable BatchNorm norm, boolean relu) {
  /** The beginning of a network; null if something else than linear maps reads the input. */
  static @Nullable Beginning of(Network network) {
    List<Network.Node> nodes = network.nodes();
    List<Integer> firsts = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Network.Node node = nodes.get(i);
      if (node.inputs().contains(Network.INPUT)) {
        if (node.inputs().size() > 1 || !(node.operation() instanceof Operation.Linear)) {
          return null;
        }
        firsts.add(i);
      }
    }
    int at = firsts.getLast();
    if (firsts.size() > 1) {
      int next = reader(nodes, firsts);
      boolean strands =
          firsts.size() == 2
              && next > 0
              && nodes.get(next).operation() instanceof Operation.Maximum;
      if (!strands) {
        return new Beginning(firsts, -1, null, false);
      }
      at = next;
    }
    Operation.BatchNorm norm = null;
    int next = reader(nodes, List.of(at));
    if (next > 0 && nodes.get(next).operation() instanceof Operation.BatchNorm b) {
      if (firsts.size() > 1 && turns(b)) { // the larger strand is then not the larger in the end
        return new Beginning(firsts, -1, null, false);
      }
      norm = b;
      next = reader(nodes, List.of(next));
    }
    boolean relu =
        next > 0
            && nodes.get(next).operation() instanceof Operation.Activation a
            && a.function().kind() == ActivationFunction.Kind.RELU;
    if (relu) {
      next = reader(nodes, List.of(next));
    }
    boolean pooled =
        next > 0
            && nodes.get(next).operation() instanceof Operation.MaxPool p
            && p.stride() >= p.window();
    return pooled
        ? new Beginning(firsts, next, norm, relu)
        : new Beginning(firsts, -1, null, false);
  }

  /** Whether what is larger before it is smaller behind it, in some channel. */
  private static boolean turns(Operation.BatchNorm norm) {
    for (float scale : norm.scale()) {
      if (scale < 0) {
        return true;
      }
    }
    return false;
  }

  /** The only node that reads each of some, and nothing else; -1 if there is none. */
  private static int reader(List<Network.Node> nodes, List<Integer> read) {
    int found = -1;
    for (int i = 0; i < nodes.size(); i++) {
      List<Integer> inputs = nodes.get(i).inputs();
      if (inputs.stream().anyMatch(read::contains)) {
        if (found >= 0 || !inputs.equals(read)) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  /** The nodes before the last of the beginning. */
  BitSet skipped() {
    BitSet out = new BitSet();
    out.set(0, Math.max(pool, 0)); // only they lead there, in whatever order
    return out;
  }

  /** The nodes whose values are the beginning's. */
  BitSet given() {
    BitSet out = new BitSet();
    if (pool >= 0) {
      out.set(pool);
    } else {
      firsts.forEach(out::set);
    }
    return out;
  }
}
