package basewise.nn.network;

/** A function of one number. */
public enum ActivationFunction {
  /** max(x, 0); its derivative at 0 is 0. */
  RELU {
    @Override
    public double apply(double x) {
      return x > 0 ? x : 0;
    }

    @Override
    public double derivative(double x) {
      return x > 0 ? 1 : 0;
    }
  },
  /** exp(x). */
  EXPONENTIAL {
    @Override
    public double apply(double x) {
      return Math.exp(x);
    }

    @Override
    public double derivative(double x) {
      return Math.exp(x);
    }
  };

  /** Its value. */
  public abstract double apply(double x);

  /** Its derivative. */
  public abstract double derivative(double x);
}
