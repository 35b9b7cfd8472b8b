package basewise.dataset;

/** What the labels of an input mean. */
public enum TaskKind {
  /** Classification when every label is 0 or 1, else regression. */
  AUTO,
  /** Labels are 0 or 1. */
  CLASSIFICATION,
  /** Labels are numbers to predict; no negatives are made. */
  REGRESSION
}
