package basewise.attribution;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.network.Convolution;
import basewise.nn.network.Crop;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.ReverseComplementConvolution;
import basewise.nn.network.Softmax;
import basewise.nn.network.Weighted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which step a method of relevance takes at each linear map of a network, batch norms folded.
 *
 * <p>A batch norm is folded into the convolutions or dense layers it follows: directly, or behind
 * crops, dropout, a maximum over strands and max-pools, if nothing else reads what is between.
 * There the winner of a maximum hands its whole relevance on, so what lies between a window's
 * winner and the batch norm is one linear map, whatever the sign of the scale. Anywhere else (after
 * an activation, a sum, an average) it is a linear map of its own, with one weight and one constant
 * per channel.
 */
final class RelevancePlan {
  private final Map<Integer, RelevanceLayer> layers = new HashMap<>();
  private final Map<Integer, RelevanceStep> steps = new HashMap<>();
  private final double share;

  /**
   * Plans a method.
   *
   * @throws basewise.io.InputException if it cannot handle an operation
   */
  RelevancePlan(Network network, Method method, AttributionOptions options) {
    share = method == Method.LRP_0 ? 0 : options.epsilon();
    Map<Integer, Operation.BatchNorm> folded = new HashMap<>();
    List<Integer> gone = new ArrayList<>();
    List<Network.Node> nodes = network.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      refuse(nodes.get(i), method);
      if (nodes.get(i).operation() instanceof Operation.BatchNorm norm) {
        List<Integer> maps = mapsBefore(network, i);
        if (!maps.isEmpty()) {
          maps.forEach(m -> folded.put(m, norm));
          gone.add(i);
        }
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).operation() instanceof Weighted map && !gone.contains(i)) {
        RelevanceStep step = step(method, options, map, readsInput(network, i));
        steps.put(i, step);
        layers.put(
            i,
            new RelevanceLayer(
                nodes.get(i), map, folded.get(i), step.parts(), options.precision()));
      }
    }
  }

  /** The layer of a node; null where relevance passes as it is, which is where a fold took it. */
  @Nullable RelevanceLayer layer(int node) {
    return layers.get(node);
  }

  /** What happens at a layer. */
  RelevanceStep step(int node) {
    return Optional.ofNullable(steps.get(node)).orElseThrow();
  }

  /** Epsilon over the scale of sums and averages, where relevance is split by signed inputs. */
  double share() {
    return share;
  }

  private static RelevanceStep step(
      Method method, AttributionOptions options, Weighted map, boolean first) {
    RelevanceStep.AlphaBeta positive = new RelevanceStep.AlphaBeta(1);
    return switch (method) {
      case LRP_0 -> new RelevanceStep.Epsilon(0);
      case LRP_EPSILON -> new RelevanceStep.Epsilon(options.epsilon());
      case LRP_GAMMA -> new RelevanceStep.Gamma(options.gamma());
      case LRP_ALPHA_BETA -> new RelevanceStep.AlphaBeta(options.alpha());
      case LRP_ZPLUS -> positive;
      case LRP_W2 -> first ? RelevanceStep.ByWeights.SQUARES : positive;
      case LRP_FLAT -> first ? RelevanceStep.ByWeights.FLAT : positive;
      case LRP_COMPOSITE ->
          first
              ? RelevanceStep.ByWeights.FLAT
              : map instanceof Operation.Dense
                  ? new RelevanceStep.Epsilon(options.epsilon())
                  : new RelevanceStep.Gamma(options.gamma());
      case DEEP_TAYLOR -> first ? new RelevanceStep.Box() : positive;
      default -> throw new IllegalArgumentException(method.label());
    };
  }

  /** The convolutions and dense layers a batch norm can be folded into; none if it cannot. */
  private static List<Integer> mapsBefore(Network network, int norm) {
    List<Integer> maps = new ArrayList<>();
    List<Integer> open = new ArrayList<>(network.nodes().get(norm).inputs());
    while (!open.isEmpty()) {
      int at = open.removeLast();
      if (at == Network.INPUT || readers(network, at) > 1) {
        return List.of();
      }
      Network.Node node = network.nodes().get(at);
      switch (node.operation()) {
        case Convolution _, ReverseComplementConvolution _, Operation.Dense _ -> maps.add(at);
        case Operation.Choice _, Operation.Dropout _, Crop _ -> open.addAll(node.inputs());
        default -> {
          return List.of();
        }
      }
    }
    return maps;
  }

  private static long readers(Network network, int node) {
    return network.nodes().stream()
        .flatMap(n -> n.inputs().stream())
        .filter(i -> i == node)
        .count();
  }

  /** Whether a node reads the network's input, whole or in part, as it is. */
  private static boolean readsInput(Network network, int node) {
    int at = network.nodes().get(node).inputs().getFirst();
    while (at != Network.INPUT) {
      Network.Node from = network.nodes().get(at);
      switch (from.operation()) {
        case Crop _, Operation.Dropout _, Operation.Flatten _ -> at = from.inputs().getFirst();
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  private static void refuse(Network.Node node, Method method) {
    if (node.operation() instanceof Softmax) {
      throw Refusal.of(method, node, "a softmax", "relevance has no rule for it");
    }
    if (method == Method.DEEP_TAYLOR
        && node.operation() instanceof Operation.Activation f
        && !f.function().equals(ActivationFunction.RELU)) {
      throw Refusal.of(method, node, "an activation that is not a ReLU", "lrp-zplus takes any");
    }
  }
}
