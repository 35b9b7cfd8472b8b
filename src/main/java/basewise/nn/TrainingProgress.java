package basewise.nn;

/** Someone who watches a training and may end it. */
public interface TrainingProgress {
  /** Watches nothing. */
  TrainingProgress NONE = new TrainingProgress() {};

  /** Called after each step: {@code done} of {@code total} steps of the epochs planned. */
  default void step(long done, long total, double loss) {}

  /** Called after each epoch of {@code planned}. */
  default void epoch(EpochRecord record, int planned) {}

  /** Called between epochs: true ends the training with the best epoch so far. */
  default boolean stop() {
    return false;
  }
}
