package basewise.attribution;

/** How LIME fits its linear model. */
public enum Fit {
  /** Least squares with a penalty on squared weights. */
  RIDGE(1),
  /** Least squares with a penalty on absolute weights. */
  LASSO(0.01);

  private final double penalty;

  Fit(double penalty) {
    this.penalty = penalty;
  }

  /** Its penalty unless another is asked for. */
  public double penalty() {
    return penalty;
  }
}
