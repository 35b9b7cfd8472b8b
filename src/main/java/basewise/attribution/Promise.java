package basewise.attribution;

/** Whether the scores of a method add up to a difference of outputs. */
public enum Promise {
  /** By an exact rule: a larger error than rounding is a mistake. */
  EXACT,
  /** The better the more steps or samples, or up to what biases take: the error is reported. */
  REPORTED,
  /** Not promised. */
  NONE
}
