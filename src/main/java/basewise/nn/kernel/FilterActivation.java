package basewise.nn.kernel;

/** What follows the batch norm of a filter. */
public enum FilterActivation {
  /** max(x, 0); its derivative at 0 is 0. */
  RELU(ActivationFunction.RELU),
  /** exp(x), which makes filters more readable as motifs (Koo and Ploenzke 2021). */
  EXPONENTIAL(ActivationFunction.EXPONENTIAL);

  private final ActivationFunction function;

  FilterActivation(ActivationFunction function) {
    this.function = function;
  }

  /** The function itself. */
  public ActivationFunction function() {
    return function;
  }

  /** The activation of {@code x}. */
  public float apply(float x) {
    return (float) function.apply(x);
  }

  /** The derivative where the activation is {@code y}, which is all that training keeps. */
  public float derivative(float y) {
    return switch (this) {
      case RELU -> y > 0 ? 1 : 0;
      case EXPONENTIAL -> y;
    };
  }
}
