package basewise.nn.network;

/** How exactly the values between operations are kept; sums inside one are always double. */
public enum Precision {
  /** Every value that leaves an operation is rounded to a float: what models are trained in. */
  FLOAT32 {
    @Override
    public double[] kept(double[] values) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) values[i];
      }
      return values;
    }

    @Override
    public double smallestDifference() {
      return 1e-6;
    }
  },
  /** Nothing is rounded: for proofs. */
  FLOAT64 {
    @Override
    public double[] kept(double[] values) {
      return values;
    }

    @Override
    public double smallestDifference() {
      return 1e-9;
    }
  };

  /** The values as they are kept, in place. */
  public abstract double[] kept(double[] values);

  /** Input differences below this are too small to divide by. */
  public abstract double smallestDifference();
}
