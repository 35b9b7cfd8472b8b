package basewise.nn.kernel;

/** What follows the batch norm of a filter. */
public enum FilterActivation {
  /** max(x, 0); its derivative at 0 is 0. */
  RELU {
    @Override
    public float apply(float x) {
      return x > 0 ? x : 0;
    }

    @Override
    public float derivative(float y) {
      return y > 0 ? 1 : 0;
    }
  },
  /** exp(x), which makes filters more readable as motifs (Koo and Ploenzke 2021). */
  EXPONENTIAL {
    @Override
    public float apply(float x) {
      return (float) Math.exp(x);
    }

    @Override
    public float derivative(float y) {
      return y;
    }
  };

  /** The activation of {@code x}. */
  public abstract float apply(float x);

  /** The derivative where the activation is {@code y}. */
  public abstract float derivative(float y);
}
