package basewise.dataset;

/** The three parts of a split. */
public enum Part {
  /** What the model learns from. */
  TRAIN,
  /** What chooses the epoch and the settings. */
  VALIDATION,
  /** What judges; never seen before. */
  TEST
}
