package basewise.attribution;

import basewise.nn.kernel.Floats;
import basewise.nn.network.FloatPass;
import basewise.nn.network.Network;
import basewise.nn.network.Precision;
import basewise.nn.network.Softmax;
import basewise.nn.network.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * DeepLIFT (Shrikumar, Greenside and Kundaje 2017): contributions to the difference of the output
 * from that of a reference. Of the classes of one softmax the difference from their mean is
 * explained, as the paper does, because the softmax does not see what all have in common.
 */
final class DeepLift {
  /** How differences pass what is not linear. */
  enum Rule {
    /** {@link RescaleRule} everywhere. */
    RESCALE,
    /** {@link RevealCancel} at all activations. */
    REVEAL_CANCEL,
    /** {@link RevealCancel} after dense layers and Rescale after convolutions. */
    GENOMICS
  }

  private final Subject subject;
  private final double[] weights;

  /** Whether references go together, in floats. */
  private final boolean fast;

  /** Passes that nobody uses: there is one for each thread. */
  private final Queue<FloatPass> idle = new ConcurrentLinkedQueue<>();

  /** By whether it is used everywhere; made when it is first asked for, as it copies weights. */
  private final Map<Boolean, RevealCancel> revealing = new HashMap<>();

  DeepLift(Subject subject) {
    this.subject = subject;
    weights = subject.weights();
    fast =
        subject.options().precision() == Precision.FLOAT32 && FloatPass.handles(subject.network());
    if (subject.classes()) {
      double mean = 0;
      for (double w : weights) {
        mean += w / weights.length;
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] -= mean;
      }
    }
  }

  /** Refuses networks for which the rules are not defined. */
  void check(Method method) {
    for (Network.Node node : subject.network().nodes()) {
      if (node.operation() instanceof Softmax) {
        throw Refusal.of(method, node, "a softmax inside the network", "choose another method");
      }
    }
  }

  /** Against what {@code --reference} names. */
  Found of(Rule rule, byte[] codes, long item) {
    AttributionOptions options = subject.options();
    Reference kind = Objects.requireNonNullElse(options.reference(), Reference.GC);
    return of(rule, codes, References.of(kind, options, codes, item));
  }

  /** The Rescale rule averaged over dinucleotide shuffles (Lundberg and Lee 2017). */
  Found deepShap(byte[] codes, long item) {
    AttributionOptions options = subject.options();
    return of(
        Rule.RESCALE, codes, References.shuffles(codes, item, options.seed(), options.shuffles()));
  }

  /** Hypothetical contributions, averaged over references. */
  Found of(Rule rule, byte[] codes, List<double[]> references) {
    if (fast && rule == Rule.RESCALE) {
      return together(codes, references);
    }
    Trace x = subject.run(codes);
    double[] sum = new double[x.input().length];
    List<Completeness> completeness = new ArrayList<>();
    for (double[] r : references) {
      Trace reference = subject.run(r);
      double[] m = multipliers(rule, x, reference);
      double difference = 0;
      for (int o = 0; o < weights.length; o++) {
        difference += weights[o] * (x.output()[o] - reference.output()[o]);
      }
      Completeness c = Completeness.of(completeness.size(), difference, m, x.input(), r);
      completeness.add(
          c.error() > Completeness.WORTH_A_WARNING ? c.lostAt(layer(rule, x, reference)) : c);
      Scores.addHypothetical(sum, m, r);
    }
    return new Found(Scores.divide(sum, references.size()), List.copyOf(completeness));
  }

  /** The Rescale rule in floats, several references at a time. */
  private Found together(byte[] codes, List<double[]> references) {
    FloatPass ready = idle.poll();
    FloatPass pass = ready == null ? new FloatPass(subject.network()) : ready;
    double[] x = Network.oneHot(codes);
    int size = x.length;
    float[] back = new float[pass.most() * size];
    Floats.round(x, 0, size, pass.values(Network.INPUT), 0);
    pass.forward(0, 1);
    double[] sum = new double[size];
    double[] m = new double[size];
    List<Completeness> completeness = new ArrayList<>();
    for (int done = 0; done < references.size(); ) {
      int n = Math.min(references.size() - done, pass.most() - 1);
      for (int k = 0; k < n; k++) {
        double[] r = references.get(done + k);
        Floats.round(r, 0, size, pass.values(Network.INPUT), (k + 1) * size);
      }
      pass.forward(1, n + 1);
      Arrays.fill(back, 0);
      pass.back(1, n + 1, new FloatRescale(), weights, back);
      for (int k = 1; k <= n; k++) {
        for (int i = 0; i < size; i++) {
          m[i] = back[k * size + i];
        }
        double[] r = references.get(done++);
        Completeness c = Completeness.of(completeness.size(), difference(pass, k), m, x, r);
        completeness.add(
            c.error() > Completeness.WORTH_A_WARNING
                ? c.lostAt(layer(Rule.RESCALE, subject.run(x), subject.run(r)))
                : c);
        Scores.addHypothetical(sum, m, r);
      }
    }
    idle.offer(pass);
    return new Found(Scores.divide(sum, references.size()), List.copyOf(completeness));
  }

  private double difference(FloatPass pass, int reference) {
    double[] x = pass.output(0);
    double[] r = pass.output(reference);
    double difference = 0;
    for (int o = 0; o < weights.length; o++) {
      difference += weights[o] * (x[o] - r[o]);
    }
    return difference;
  }

  /** Per input, what its difference from the reference is multiplied by. */
  double[] multipliers(Rule rule, Trace x, Trace reference) {
    return switch (rule) {
      case RESCALE -> Sweep.multipliers(new RescaleRule(), x, reference, weights);
      case REVEAL_CANCEL -> revealing(true).multipliers(x, reference, weights);
      case GENOMICS -> revealing(false).multipliers(x, reference, weights);
    };
  }

  private synchronized RevealCancel revealing(boolean everywhere) {
    return revealing.computeIfAbsent(everywhere, e -> new RevealCancel(subject.network(), e));
  }

  /** The layer that loses most of the sum. */
  private @Nullable String layer(Rule rule, Trace x, Trace reference) {
    double[] losses =
        switch (rule) {
          case RESCALE -> Sweep.losses(new RescaleRule(), x, reference, weights);
          case REVEAL_CANCEL -> revealing(true).losses(x, reference, weights);
          case GENOMICS -> revealing(false).losses(x, reference, weights);
        };
    return Completeness.layer(subject.network(), losses);
  }
}
