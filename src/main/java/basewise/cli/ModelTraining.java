package basewise.cli;

import basewise.dataset.Dataset;
import basewise.dataset.Part;
import basewise.discovery.Discovery;
import basewise.discovery.DiscoveryOptions;
import basewise.nn.Architecture;
import basewise.nn.TrainOptions;
import basewise.nn.Trained;
import basewise.nn.Trainer;
import basewise.nn.TrainingProgress;
import java.util.List;

/** Trains a network the way every verb does: half of its filters start from enriched words. */
final class ModelTraining {
  private ModelTraining() {}

  /** Trains on the training part of a dataset. */
  static Trained train(
      Dataset data,
      Architecture shape,
      TrainOptions training,
      DiscoveryOptions discovery,
      TrainingProgress progress) {
    boolean classes = !data.regression() && !data.part(Part.TRAIN, true).isEmpty();
    List<float[][]> seeds =
        classes
            ? new Discovery(data, discovery, training.seed(), training.threads())
                .seedFilters(shape.filterWidth(), shape.filters() / 2)
            : List.of();
    return Trainer.train(data, shape, training, seeds, progress);
  }
}
