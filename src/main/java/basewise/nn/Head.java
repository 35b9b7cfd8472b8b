package basewise.nn;

/** What the outputs of a network mean. */
public enum Head {
  /** One logit per task; each task is a yes or no of its own (binary or multi-label). */
  CLASSES,
  /** One number per task. */
  REGRESSION
}
