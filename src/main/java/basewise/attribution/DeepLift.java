package basewise.attribution;

import basewise.nn.network.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * DeepLIFT (Shrikumar, Greenside and Kundaje 2017): contributions to the difference of the output
 * from that of a reference.
 */
final class DeepLift {
  private final Subject subject;

  DeepLift(Subject subject) {
    this.subject = subject;
  }

  /** The Rescale rule against what {@code --reference} names. */
  Attribution rescale(byte[] codes, long item) {
    AttributionOptions options = subject.options();
    Reference kind = Objects.requireNonNullElse(options.reference(), Reference.GC);
    return against(codes, References.of(kind, options, codes, item));
  }

  /** The Rescale rule averaged over dinucleotide shuffles (Lundberg and Lee 2017). */
  Attribution deepShap(byte[] codes, long item) {
    AttributionOptions options = subject.options();
    return against(codes, References.shuffles(codes, item, options.seed(), options.shuffles()));
  }

  /** Hypothetical contributions, averaged over references. */
  private Attribution against(byte[] codes, List<double[]> references) {
    Trace x = subject.run(codes);
    double[] sum = new double[x.input().length];
    List<Completeness> completeness = new ArrayList<>();
    for (double[] r : references) {
      Trace reference = subject.run(r);
      double[] m = Sweep.multipliers(new RescaleRule(), x, reference, subject.weights());
      double difference = subject.value(x) - subject.value(reference);
      completeness.add(Completeness.of(completeness.size(), difference, m, x.input(), r));
      Scores.addHypothetical(sum, m, r);
    }
    return new Attribution(
        Scores.floats(Scores.divide(sum, references.size())), List.copyOf(completeness));
  }
}
