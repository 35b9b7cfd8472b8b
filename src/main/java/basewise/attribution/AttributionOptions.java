package basewise.attribution;

import basewise.nn.network.Precision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How methods are run; the defaults live here and nowhere else.
 *
 * @param seed of every random choice
 * @param precision how exactly values between operations are kept
 * @param reference what methods with a reference compare with; null: their own, which is the GC
 *     background for one reference and dinucleotide shuffles for expected gradients
 * @param references the sequences of {@link Reference#FILE}, as codes, each as long as the input
 * @param shuffles dinucleotide shuffles that stand for one sequence where several are averaged
 * @param steps points of the path of integrated gradients
 * @param quadrature how they are chosen and weighed
 * @param samples draws per sequence; 0: the method's own, see {@link #samples(int)}
 * @param sigma standard deviation of the noise, of the one-hot range 1
 * @param layer the node whose map Grad-CAM weighs; null: the last convolution
 * @param epsilon of LRP-epsilon, as a share of a layer's scale
 * @param gamma of LRP-gamma
 * @param alpha of LRP-alpha-beta; beta is alpha - 1
 * @param window bases that occlusion replaces at once
 * @param stride bases from one window to the next, at most {@code window}
 * @param replacement what it puts there
 * @param raw whether mutagenesis gives differences as they are, 0 for the base that is there, and
 *     not minus the mean over the four letters
 * @param indels whether mutagenesis looks at single deletions and insertions too
 * @param distance bases between the two of a pair of mutations at most; 0: any
 * @param segment bases per player of LIME, KernelSHAP and Shapley sampling
 * @param absent what stands for a player that is absent
 * @param fit how LIME fits its weights
 * @param penalty of that fit; NaN: its own, see {@link Fit#penalty()}
 */
public record AttributionOptions(
    long seed,
    Precision precision,
    @Nullable Reference reference,
    List<byte[]> references,
    int shuffles,
    int steps,
    Quadrature quadrature,
    int samples,
    double sigma,
    @Nullable String layer,
    double epsilon,
    double gamma,
    double alpha,
    int window,
    int stride,
    Replacement replacement,
    boolean raw,
    boolean indels,
    int distance,
    int segment,
    Absent absent,
    Fit fit,
    double penalty) {
  /** Draws of noise of SmoothGrad, its square and VarGrad. */
  public static final int NOISES = 50;

  /** Draws of a reference and a place on the path to it of expected gradients. */
  public static final int PLACES = 200;

  /** Draws per player of LIME, KernelSHAP and Shapley sampling; fewer are refused. */
  public static final int PER_PLAYER = 10;

  /** All defaults. */
  public static AttributionOptions defaults() {
    return new AttributionOptions(
        1,
        Precision.FLOAT32,
        null,
        List.of(),
        20,
        50,
        Quadrature.MIDPOINT,
        0,
        0.1,
        null,
        1e-6,
        0.25,
        2,
        1,
        1,
        Replacement.N,
        false,
        false,
        0,
        1,
        Absent.SHUFFLE,
        Fit.RIDGE,
        Double.NaN);
  }

  /** {@link #samples()}, or if they are left to the method this many. */
  public int samples(int own) {
    return samples == 0 ? own : samples;
  }

  /** A builder that starts from these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Changes some of the options. */
  public static final class Builder {
    private long seed;
    private Precision precision;
    private @Nullable Reference reference;
    private List<byte[]> references;
    private int shuffles;
    private int steps;
    private Quadrature quadrature;
    private int samples;
    private double sigma;
    private @Nullable String layer;
    private double epsilon;
    private double gamma;
    private double alpha;
    private int window;
    private int stride;
    private Replacement replacement;
    private boolean raw;
    private boolean indels;
    private int distance;
    private int segment;
    private Absent absent;
    private Fit fit;
    private double penalty;

    private Builder(AttributionOptions from) {
      seed = from.seed;
      precision = from.precision;
      reference = from.reference;
      references = from.references;
      shuffles = from.shuffles;
      steps = from.steps;
      quadrature = from.quadrature;
      samples = from.samples;
      sigma = from.sigma;
      layer = from.layer;
      epsilon = from.epsilon;
      gamma = from.gamma;
      alpha = from.alpha;
      window = from.window;
      stride = from.stride;
      replacement = from.replacement;
      raw = from.raw;
      indels = from.indels;
      distance = from.distance;
      segment = from.segment;
      absent = from.absent;
      fit = from.fit;
      penalty = from.penalty;
    }

    /** Sets seed. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Sets precision. */
    public Builder precision(Precision value) {
      precision = value;
      return this;
    }

    /** Sets reference. */
    public Builder reference(@Nullable Reference value) {
      reference = value;
      return this;
    }

    /** Sets references. */
    public Builder references(List<byte[]> value) {
      references = value;
      return this;
    }

    /** Sets shuffles. */
    public Builder shuffles(int value) {
      shuffles = value;
      return this;
    }

    /** Sets steps. */
    public Builder steps(int value) {
      steps = value;
      return this;
    }

    /** Sets quadrature. */
    public Builder quadrature(Quadrature value) {
      quadrature = value;
      return this;
    }

    /** Sets samples. */
    public Builder samples(int value) {
      samples = value;
      return this;
    }

    /** Sets sigma. */
    public Builder sigma(double value) {
      sigma = value;
      return this;
    }

    /** Sets layer. */
    public Builder layer(@Nullable String value) {
      layer = value;
      return this;
    }

    /** Sets epsilon. */
    public Builder epsilon(double value) {
      epsilon = value;
      return this;
    }

    /** Sets gamma. */
    public Builder gamma(double value) {
      gamma = value;
      return this;
    }

    /** Sets alpha. */
    public Builder alpha(double value) {
      alpha = value;
      return this;
    }

    /** Sets window. */
    public Builder window(int value) {
      window = value;
      return this;
    }

    /** Sets stride. */
    public Builder stride(int value) {
      stride = value;
      return this;
    }

    /** Sets replacement. */
    public Builder replacement(Replacement value) {
      replacement = value;
      return this;
    }

    /** Sets raw. */
    public Builder raw(boolean value) {
      raw = value;
      return this;
    }

    /** Sets indels. */
    public Builder indels(boolean value) {
      indels = value;
      return this;
    }

    /** Sets distance. */
    public Builder distance(int value) {
      distance = value;
      return this;
    }

    /** Sets segment. */
    public Builder segment(int value) {
      segment = value;
      return this;
    }

    /** Sets absent. */
    public Builder absent(Absent value) {
      absent = value;
      return this;
    }

    /** Sets fit. */
    public Builder fit(Fit value) {
      fit = value;
      return this;
    }

    /** Sets penalty. */
    public Builder penalty(double value) {
      penalty = value;
      return this;
    }

    /** The options as they stand. */
    public AttributionOptions build() {
      return new AttributionOptions(
          seed,
          precision,
          reference,
          references,
          shuffles,
          steps,
          quadrature,
          samples,
          sigma,
          layer,
          epsilon,
          gamma,
          alpha,
          window,
          stride,
          replacement,
          raw,
          indels,
          distance,
          segment,
          absent,
          fit,
          penalty);
    }
  }
}
