package basewise.nn;

import java.util.List;

/**
 * The outcome of a training.
 *
 * @param model the network as it was after the best epoch
 * @param history all epochs, in order
 * @param bestEpoch 1-based epoch the model is from
 * @param restarts how often training diverged and began again from the best epoch, slower
 * @param interrupted whether it was stopped before its time
 */
public record Trained(
    SequenceModel model,
    List<EpochRecord> history,
    int bestEpoch,
    int restarts,
    boolean interrupted) {
  /**
   * The model of a training of a {@code motif} network.
   *
   * @throws IllegalStateException if it is of another shape
   */
  public MotifModel motifModel() {
    if (model instanceof MotifModel motif) {
      return motif;
    }
    throw new IllegalStateException("a model of the shape " + model.architecture().name());
  }
}
