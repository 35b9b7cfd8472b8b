package basewise.attribution;

import basewise.attribution.GradientMethods.Moment;
import basewise.nn.SequenceModel;
import basewise.nn.kernel.ActivationFunction;
import basewise.nn.network.Network;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;
import basewise.nn.network.Softmax;
import basewise.sequence.Dna;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Explains one number that a network gives, sequence by sequence. Safe to share between threads;
 * results depend on the sequence, its number and the seed alone. Each family of methods has a class
 * of its own; this one only finds it.
 */
public final class Attributor {
  private static final int BASES = Dna.N;

  /** The methods that look at many inputs like one. */
  private static final Set<Method> VARIANTS =
      EnumSet.of(
          Method.OCCLUSION,
          Method.ISM,
          Method.ISM_PAIRS,
          Method.LIME,
          Method.KERNEL_SHAP,
          Method.SHAPLEY_SAMPLING);

  private final Subject subject;
  private final Mutagenesis mutagenesis;
  private final GradientMethods gradients;
  private final DeepLift deepLift;
  private final Relevance relevance;
  private final Perturbation perturbation;
  private final ActivationMaps maps;

  /** Prepares a trained model. */
  public Attributor(SequenceModel model, Target target, AttributionOptions options) {
    this(Network.of(model), target, options);
  }

  /**
   * Prepares a network.
   *
   * @param network reads one-hot DNA [length][4]
   * @param target of its outputs
   */
  public Attributor(Network network, Target target, AttributionOptions options) {
    if (network.input().channels() != BASES) {
      throw new IllegalArgumentException(network.input() + " is not DNA");
    }
    Network.Node last = network.nodes().getLast();
    boolean classes = last.operation() instanceof Softmax;
    boolean squashed =
        classes
            || last.operation() instanceof Operation.Activation a
                && a.function().equals(ActivationFunction.SIGMOID);
    subject = new Subject(squashed ? upTo(network, last) : network, classes, target, options);
    subject.weights(); // refuses a target that does not exist
    mutagenesis = new Mutagenesis(subject);
    gradients = new GradientMethods(subject);
    deepLift = new DeepLift(subject);
    relevance = new Relevance(subject);
    perturbation = new Perturbation(subject);
    maps = new ActivationMaps(subject);
  }

  /** The network without its last function: what that reads is explained. */
  private static Network upTo(Network network, Network.Node last) {
    int end = last.inputs().getFirst();
    if (end == Network.INPUT) {
      throw new IllegalArgumentException("a network without layers");
    }
    Network.Builder b = Network.reading(network.input());
    for (Network.Node node : network.nodes().subList(0, end + 1)) {
      b.add(
          node.name(),
          node.operation(),
          node.inputs().stream().mapToInt(Integer::intValue).toArray());
    }
    return b.build();
  }

  /** What a person should know who waits: where no shorter way exists than whole passes. */
  public static List<String> remarks(Collection<Method> methods, AttributionOptions options) {
    List<String> out = new ArrayList<>();
    if (options.precision() == Precision.FLOAT64) {
      for (Method m : methods) {
        if (VARIANTS.contains(m)) {
          out.add(m.label() + " in doubles: every variant passes through the whole network");
        }
      }
    } else if (methods.contains(Method.ISM) && options.indels()) {
      out.add(
          "an insertion or deletion moves all bases behind it: each passes through the whole"
              + " network, several at a time");
    }
    return out;
  }

  /**
   * Refuses a method that cannot explain this network, before anything runs.
   *
   * @throws basewise.io.InputException naming the method and the layer
   */
  public void check(Method method) {
    switch (method) {
      case VARGRAD -> gradients.check(method);
      case DEEPLIFT, DEEPLIFT_REVEALCANCEL, DEEPLIFT_GENOMICS, DEEPSHAP -> deepLift.check(method);
      case CAM, GRAD_CAM, GRAD_CAM_PP, GUIDED_GRAD_CAM -> maps.check(method);
      case LRP_0,
          LRP_EPSILON,
          LRP_GAMMA,
          LRP_ALPHA_BETA,
          LRP_ZPLUS,
          LRP_W2,
          LRP_FLAT,
          LRP_COMPOSITE,
          DEEP_TAYLOR ->
          relevance.plan(method);
      case OCCLUSION, LIME, KERNEL_SHAP, SHAPLEY_SAMPLING -> perturbation.check(method);
      default -> {}
    }
  }

  /**
   * Scores of one sequence.
   *
   * @param codes as many as the network reads
   * @param item number of the sequence, for its random choices
   */
  public Attribution explain(Method method, byte[] codes, long item) {
    return switch (method) {
      case GRADIENT, INPUT_X_GRADIENT -> gradients.gradient(codes).attribution();
      case CORRECTED_GRADIENT -> gradients.corrected(codes).attribution();
      case SMOOTHGRAD -> gradients.noisy(Moment.MEAN, codes, item).attribution();
      case SMOOTHGRAD_SQUARED -> gradients.noisy(Moment.SQUARE, codes, item).attribution();
      case VARGRAD -> gradients.noisy(Moment.VARIANCE, codes, item).attribution();
      case INTEGRATED_GRADIENTS -> gradients.integrated(codes, item).attribution();
      case EXPECTED_GRADIENTS -> gradients.expected(codes, item).attribution();
      case DEEPLIFT -> deepLift.of(DeepLift.Rule.RESCALE, codes, item).attribution();
      case DEEPLIFT_REVEALCANCEL ->
          deepLift.of(DeepLift.Rule.REVEAL_CANCEL, codes, item).attribution();
      case DEEPLIFT_GENOMICS -> deepLift.of(DeepLift.Rule.GENOMICS, codes, item).attribution();
      case DEEPSHAP -> deepLift.deepShap(codes, item).attribution();
      case LRP_0,
          LRP_EPSILON,
          LRP_GAMMA,
          LRP_ALPHA_BETA,
          LRP_ZPLUS,
          LRP_W2,
          LRP_FLAT,
          LRP_COMPOSITE,
          DEEP_TAYLOR ->
          relevance.explain(method, codes, item);
      case DECONVNET -> gradients.back(new ReluRule(false), codes).attribution();
      case GUIDED_BACKPROP -> gradients.back(new ReluRule(true), codes).attribution();
      case CAM -> maps.cam(codes).attribution();
      case GRAD_CAM -> maps.gradCam(codes).attribution();
      case GRAD_CAM_PP -> maps.gradCamPlusPlus(codes).attribution();
      case GUIDED_GRAD_CAM -> maps.guidedGradCam(codes).attribution();
      case OCCLUSION -> perturbation.occlusion(codes, item);
      case ISM -> mutants(codes, mutagenesis.differences(codes));
      case ISM_PAIRS -> perturbation.pairs(codes);
      case LIME -> perturbation.lime(codes, item);
      case KERNEL_SHAP -> perturbation.kernelShap(codes, item);
      case SHAPLEY_SAMPLING -> perturbation.shapley(codes, item);
    };
  }

  /**
   * Scores of mutagenesis, of differences that were found elsewhere.
   *
   * @param differences outputs of each substitution minus outputs of the sequence, [position][base]
   *     [output] flat; 0 for the base that is there and at N
   */
  public Attribution mutagenesis(byte[] codes, float[] differences) {
    return mutants(codes, mutagenesis.differences(differences));
  }

  private Attribution mutants(byte[] codes, double[] d) {
    double[] scores = subject.options().raw() ? d : Scores.centred(d);
    return new Attribution(
        Scores.floats(scores),
        List.of(),
        subject.options().indels()
            ? new Extras(List.of(), List.of(), perturbation.indels(codes))
            : Extras.NONE);
  }
}
