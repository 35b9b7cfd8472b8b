package basewise.nn.kernel;

import basewise.stats.ErrorFunction;

/**
 * A function of one number; two with the same kind and alpha are equal.
 *
 * @param kind its form
 * @param alpha the slope below 0 of a leaky ReLU, the depth of an ELU; 0 where there is none
 */
public record ActivationFunction(Kind kind, double alpha) {
  /** max(x, 0); its derivative at 0 is 0. */
  public static final ActivationFunction RELU = new ActivationFunction(Kind.RELU, 0);

  /**
   * x times the standard normal distribution function of x, exactly (Hendrycks and Gimpel 2016).
   */
  public static final ActivationFunction GELU = new ActivationFunction(Kind.GELU, 0);

  /** x times its sigmoid (Elfwing, Uchibe and Doya 2018). */
  public static final ActivationFunction SILU = new ActivationFunction(Kind.SILU, 0);

  /** log(1 + exp(x)). */
  public static final ActivationFunction SOFTPLUS = new ActivationFunction(Kind.SOFTPLUS, 0);

  /** 1 / (1 + exp(-x)). */
  public static final ActivationFunction SIGMOID = new ActivationFunction(Kind.SIGMOID, 0);

  /** The hyperbolic tangent. */
  public static final ActivationFunction TANH = new ActivationFunction(Kind.TANH, 0);

  /** exp(x). */
  public static final ActivationFunction EXPONENTIAL = new ActivationFunction(Kind.EXPONENTIAL, 0);

  /** The forms there are. */
  public enum Kind {
    /** max(x, 0). */
    RELU(false),
    /** x above 0, alpha x elsewhere. */
    LEAKY_RELU(true),
    /** x above 0, alpha (exp(x) - 1) elsewhere (Clevert, Unterthiner and Hochreiter 2016). */
    ELU(true),
    /** x times the standard normal distribution function of x. */
    GELU(false),
    /** x times its sigmoid. */
    SILU(false),
    /** log(1 + exp(x)). */
    SOFTPLUS(false),
    /** 1 / (1 + exp(-x)). */
    SIGMOID(false),
    /** The hyperbolic tangent. */
    TANH(false),
    /** exp(x). */
    EXPONENTIAL(false);

    private final boolean hasAlpha;

    Kind(boolean hasAlpha) {
      this.hasAlpha = hasAlpha;
    }

    /** Whether alpha means something. */
    public boolean hasAlpha() {
      return hasAlpha;
    }
  }

  /** Checks alpha. */
  public ActivationFunction {
    if (!Double.isFinite(alpha) || (alpha != 0 && !kind.hasAlpha())) {
      throw new IllegalArgumentException("alpha " + alpha + " of " + kind);
    }
  }

  /** x above 0, {@code slope} x elsewhere, where that is the derivative too. */
  public static ActivationFunction leakyRelu(double slope) {
    return new ActivationFunction(Kind.LEAKY_RELU, slope);
  }

  /** x above 0, alpha (exp(x) - 1) elsewhere. */
  public static ActivationFunction elu(double alpha) {
    return new ActivationFunction(Kind.ELU, alpha);
  }

  /** Its value. */
  public double apply(double x) {
    return switch (kind) {
      case RELU -> x > 0 ? x : 0;
      case LEAKY_RELU -> x > 0 ? x : alpha * x;
      case ELU -> x > 0 ? x : alpha * Math.expm1(x);
      case GELU -> x * normal(x);
      case SILU -> x * sigmoid(x);
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case SIGMOID -> sigmoid(x);
      case TANH -> Math.tanh(x);
      case EXPONENTIAL -> Math.exp(x);
    };
  }

  /** Its value for all of x. */
  public void apply(double[] x, double[] out) {
    if (kind == Kind.RELU) { // the one that is everywhere: a loop that becomes vectors
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.max(x[i], 0);
      }
      return;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = apply(x[i]);
    }
  }

  /** in[i] += out[i] times its derivative at x[i]. */
  public void addGradient(double[] out, double[] x, double[] in) {
    if (kind == Kind.RELU) {
      Slopes.relu(out, x, in);
      return;
    }
    for (int i = 0; i < out.length; i++) {
      if (out[i] != 0) {
        in[i] += out[i] * derivative(x[i]);
      }
    }
  }

  /** Its derivative. */
  public double derivative(double x) {
    return switch (kind) {
      case RELU -> x > 0 ? 1 : 0;
      case LEAKY_RELU -> x > 0 ? 1 : alpha;
      case ELU -> x > 0 ? 1 : alpha * Math.exp(x);
      case GELU -> normal(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      case SILU -> sigmoid(x) * (1 + x * sigmoid(-x));
      case SOFTPLUS -> sigmoid(x);
      case SIGMOID -> sigmoid(x) * sigmoid(-x);
      case TANH -> 1 - Math.tanh(x) * Math.tanh(x);
      case EXPONENTIAL -> Math.exp(x);
    };
  }

  /** The standard normal distribution function; through erfc, which keeps the lower tail. */
  private static double normal(double x) {
    return ErrorFunction.complement(-x / Math.sqrt(2)) / 2;
  }

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return (x >= 0 ? 1 : e) / (1 + e);
  }
}
