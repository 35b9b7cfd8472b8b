package basewise.attribution;

import basewise.io.InputException;
import basewise.nn.network.Trace;
import basewise.sequence.Dna;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Layer-wise relevance propagation (Bach and others 2015; Montavon and others 2017 and 2019): what
 * is explained is handed back layer by layer. Biases take a share that no base gets: the sum of the
 * scores and of what was kept on the way is what is explained.
 */
final class Relevance {
  /** The methods of this family. */
  static final Set<Method> METHODS = EnumSet.range(Method.LRP_0, Method.DEEP_TAYLOR);

  private final Subject subject;
  private final Map<Method, RelevancePlan> plans = new EnumMap<>(Method.class);

  Relevance(Subject subject) {
    this.subject = subject;
  }

  /**
   * Plans a method; again, nothing happens.
   *
   * @throws InputException if it cannot handle an operation of the network
   */
  synchronized RelevancePlan plan(Method method) {
    return plans.computeIfAbsent(
        method, m -> new RelevancePlan(subject.network(), m, subject.options()));
  }

  /**
   * The relevance of the bases; what a first layer's rule gives to letters that are not there is
   * added to the one that is.
   *
   * @param item number of the sequence, for a message
   */
  Attribution explain(Method method, byte[] codes, long item) {
    RelevancePlan plan = plan(method);
    Trace x = subject.run(codes);
    double[] start = subject.weights();
    double whole = 0;
    boolean positive = true;
    for (int k = 0; k < start.length; k++) {
      start[k] *= x.output()[k];
      whole += start[k];
      positive &= start[k] >= 0;
    }
    if (method == Method.DEEP_TAYLOR && !(positive && whole > 0)) {
      throw InputException.ofOption(
          "--method",
          "%s explains outputs above 0, and that of sequence %d is %s"
              .formatted(method.label(), item + 1, (float) whole),
          "leave it out, or use " + Method.LRP_ZPLUS.label());
    }
    RelevanceRule rule = new RelevanceRule(plan, subject.network().nodes().size());
    double[] relevance = Sweep.back(rule, x, start);
    double kept = 0;
    for (double k : rule.kept()) {
      kept += k;
    }
    double[] scores = new double[relevance.length];
    double sum = 0;
    double absolute = 0;
    for (int i = 0; i < codes.length; i++) {
      double base = 0;
      for (int c = 0; codes[i] != Dna.N && c < Dna.N; c++) {
        base += relevance[i * Dna.N + c];
      }
      if (codes[i] != Dna.N) {
        scores[i * Dna.N + codes[i]] = base;
        sum += base;
        absolute += Math.abs(base);
      }
    }
    Completeness c = Completeness.of(0, whole, sum, kept, absolute);
    if (c.error() > Completeness.WORTH_A_WARNING) {
      c = c.lostAt(Completeness.layer(subject.network(), rule.lost()));
    }
    return new Attribution(Scores.floats(scores), List.of(c));
  }
}
