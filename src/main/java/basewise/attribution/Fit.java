package basewise.attribution;

/** How LIME fits its linear model. */
public enum Fit {
  /** Least squares with a penalty on squared weights. */
  RIDGE,
  /** Least squares with a penalty on absolute weights. */
  LASSO
}
