package basewise.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a training knows between two epochs, beside the graph's parameters and updater. */
final class TrainState {
  int epoch;
  double rateScale = 1;
  int restarts;
  float @Nullable [] best;
  double bestScore;
  int bestEpoch;
  List<EpochRecord> history = List.of();

  static TrainState start() {
    return new TrainState();
  }
}
