package basewise.attribution;

import basewise.nn.SequenceModel;
import basewise.nn.network.Network;
import basewise.sequence.Dna;
import org.jspecify.annotations.Nullable;

/**
 * Explains one number that a network gives, sequence by sequence. Safe to share between threads;
 * results depend on the sequence, its number and the seed alone. Each family of methods has a class
 * of its own; this one only finds it.
 */
public final class Attributor {
  private static final int BASES = Dna.N;

  private final Subject subject;
  private final @Nullable Mutagenesis mutagenesis;
  private final GradientMethods gradients;
  private final DeepLift deepLift;

  /** Prepares a trained model of the {@code motif} shape. */
  public Attributor(SequenceModel model, Target target, AttributionOptions options) {
    this(Network.of(model), new Mutagenesis(model), target, options);
  }

  /**
   * Prepares a network.
   *
   * @param network reads one-hot DNA [length][4]
   * @param target of its outputs
   */
  public Attributor(Network network, Target target, AttributionOptions options) {
    this(network, null, target, options);
  }

  private Attributor(
      Network network,
      @Nullable Mutagenesis mutagenesis,
      Target target,
      AttributionOptions options) {
    if (network.input().channels() != BASES) {
      throw new IllegalArgumentException(network.input() + " is not DNA");
    }
    subject = new Subject(network, false, target, options);
    subject.weights(); // refuses a target that does not exist
    this.mutagenesis = mutagenesis;
    gradients = new GradientMethods(subject);
    deepLift = new DeepLift(subject);
  }

  /**
   * Scores of one sequence.
   *
   * @param codes as many as the network reads
   * @param item number of the sequence, for its random choices
   */
  public Attribution explain(Method method, byte[] codes, long item) {
    return switch (method) {
      case GRADIENT, INPUT_X_GRADIENT -> gradients.gradient(codes);
      case CORRECTED_GRADIENT -> gradients.corrected(codes);
      case DEEPLIFT -> deepLift.rescale(codes, item);
      case DEEPSHAP -> deepLift.deepShap(codes, item);
      case ISM -> mutants(codes);
    };
  }

  private Attribution mutants(byte[] codes) {
    double[] d = differences(codes);
    return Scores.plain(subject.options().raw() ? d : Scores.centred(d));
  }

  /** What every substitution does, [position][base], flat. */
  private double[] differences(byte[] codes) {
    double[] out = new double[codes.length * BASES];
    if (mutagenesis != null) {
      for (Target.Term term : subject.target().terms()) {
        float[] each = mutagenesis.differences(codes, term.output());
        for (int i = 0; i < out.length; i++) {
          out[i] += term.weight() * each[i];
        }
      }
      return out;
    }
    double y = subject.value(subject.run(codes));
    byte[] mutant = codes.clone();
    for (int i = 0; i < codes.length; i++) {
      for (byte c = 0; codes[i] != Dna.N && c < BASES; c++) {
        if (c != codes[i]) {
          mutant[i] = c;
          out[i * BASES + c] = subject.value(subject.run(mutant)) - y;
        }
      }
      mutant[i] = codes[i];
    }
    return out;
  }
}
