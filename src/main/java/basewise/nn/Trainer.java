package basewise.nn;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.io.InputException;
import basewise.io.Wording;
import basewise.nn.kernel.Workers;
import basewise.nn.layer.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Trains a network: Adam along a half cosine, the epoch with the best validation AUPRC kept, early
 * stopping, and a new, slower start from the best epoch if the loss explodes. A validation part too
 * small to tell epochs apart chooses none: then the last is kept. The same data, options and seed
 * give the same bytes for any number of threads.
 */
public final class Trainer {
  /** A loss this many times that of the first epoch has exploded. */
  private static final double EXPLODED = 4;

  private static final int MAX_RESTARTS = 3;

  /** What an array holds, and some room for what lies between sequences. */
  private static final long MOST_NUMBERS = 2_000_000_000;

  private final Dataset data;
  private final List<float[][]> seeds;
  private final Architecture architecture;
  private final TrainOptions options;
  private final TrainingProgress progress;
  private final Layers layers;
  private final Batches training;
  private final Validation validation;
  private final int epochs;
  private TrainState state;

  private Trainer(
      Dataset data,
      Architecture architecture,
      TrainOptions options,
      List<float[][]> seeds,
      TrainingProgress progress,
      Layers layers) {
    this.data = data;
    this.seeds = seeds;
    this.architecture = architecture;
    this.options = options;
    this.progress = progress;
    this.layers = layers;
    List<Example> examples = data.part(Part.TRAIN);
    int batch = options.batchFor(examples.size());
    check(data, examples, architecture, batch);
    training = new Batches(examples, data.tasks().size(), data.width(), batch, architecture);
    validation = new Validation(data.part(Part.VALIDATION), architecture.head());
    epochs = options.epochsFor(examples.size());
    state = TrainState.start();
  }

  /**
   * Trains from random filters, on the training part of {@code data}, and chooses the epoch by its
   * validation part; without one, or with a small one, the last epoch is kept.
   *
   * @throws InputException if the training part cannot teach anything: empty, or of one class
   */
  public static Trained train(
      Dataset data, Architecture architecture, TrainOptions options, TrainingProgress progress) {
    return train(data, architecture, options, List.of(), progress);
  }

  /**
   * As above, with first weights for some filters.
   *
   * @param seeds [filter width][4] each, for the first filters of a {@code motif} network; all else
   *     starts at random
   */
  public static Trained train(
      Dataset data,
      Architecture architecture,
      TrainOptions options,
      List<float[][]> seeds,
      TrainingProgress progress) {
    return train(data, architecture, options, seeds, progress, null);
  }

  /** As above, with a checkpoint after each epoch. */
  public static Trained train(
      Dataset data,
      Architecture architecture,
      TrainOptions options,
      List<float[][]> seeds,
      TrainingProgress progress,
      @Nullable Checkpoint checkpoint) {
    return train(data, architecture, options, seeds, progress, checkpoint, Layers.OWN);
  }

  /**
   * As above, with DL4J's own layers if {@link Layers#PLAIN}: from the same start over the same
   * batches, but for what dropout drops.
   */
  public static Trained train(
      Dataset data,
      Architecture architecture,
      TrainOptions options,
      List<float[][]> seeds,
      TrainingProgress progress,
      @Nullable Checkpoint checkpoint,
      Layers layers) {
    return new Trainer(data, architecture, options, seeds, progress, layers).run(checkpoint);
  }

  private static void check(Dataset data, List<Example> examples, Architecture a, int batch) {
    if (examples.isEmpty()) {
      throw new InputException("training data", "is empty", "give more sequences");
    }
    if (data.width() < a.shortest()) {
      throw a instanceof MotifArchitecture motif
          ? new InputException(
              "training data",
              "windows of %d bases are shorter than filters of %d"
                  .formatted(data.width(), motif.filterWidth()),
              "use a larger --width or a smaller --filter-width")
          : new InputException(
              "training data",
              "windows of %d bases are too short for %s, which reads %d or more"
                  .formatted(data.width(), a.name(), a.shortest()),
              "use a larger --width or --architecture motif");
    }
    // A last batch smaller than half of one is shared among the others.
    long most = Math.min(examples.size(), batch + batch / 2L) * data.width() * a.widestLayer();
    if (most > MOST_NUMBERS) {
      throw new InputException(
          "training data",
          "%d windows of %d bases at a time are too much for %s"
              .formatted(batch, data.width(), a.name()),
          "use a smaller --batch or --width");
    }
    if (a.head() == Head.CLASSES) {
      boolean any = false;
      for (int t = 0; t < data.tasks().size() && !any; t++) {
        int task = t;
        any =
            examples.stream().anyMatch(e -> e.labels()[task] > 0.5f)
                && examples.stream().anyMatch(e -> e.labels()[task] <= 0.5f);
      }
      if (!any) {
        throw new InputException(
            "training data",
            "labels are all one class",
            "give positives and negatives, or let negatives be made");
      }
    }
  }

  private Trained run(@Nullable Checkpoint checkpoint) {
    try (Workers workers = Workers.of(options.threads())) {
      TrainingFace face = TrainingFace.of(layers, architecture, data, options, workers);
      face.start(seeds);
      String fingerprint =
          checkpoint == null ? "" : Checkpoint.fingerprint(data, architecture, options, seeds);
      if (layers == Layers.PLAIN) {
        fingerprint += " plain";
      }
      if (checkpoint != null && checkpoint.resume()) {
        checkpoint.read(fingerprint, state, face.graph);
      }
      ModelOrigin origin = ModelOrigin.of(data, options, Map.of());
      boolean interrupted = false;
      while (state.epoch < epochs && !exhausted()) {
        if (progress.stop()) {
          interrupted = true;
          break;
        }
        epoch(face, workers);
        if (checkpoint != null) {
          checkpoint.write(fingerprint, origin, state, face.graph, best(face));
        }
      }
      SequenceModel model = best(face);
      return new Trained(
          model, List.copyOf(state.history), state.bestEpoch, state.restarts, interrupted);
    }
  }

  /** The best epoch's model; the graph is left as it was. */
  private SequenceModel best(TrainingFace face) {
    ComputationGraph graph = face.graph;
    float[] now = Floats.of(graph.params());
    if (state.best != null) {
      Floats.into(state.best, graph.params());
    }
    SequenceModel model = face.model();
    Floats.into(now, graph.params());
    return model;
  }

  private boolean exhausted() {
    return validation.chooses()
        && state.epoch >= options.minEpochs()
        && state.epoch - state.bestEpoch >= options.patience();
  }

  private void epoch(TrainingFace face, Workers workers) {
    ComputationGraph graph = face.graph;
    double rate = learningRate(state.epoch);
    graph.setLearningRate(rate);
    training.begin(options.seed(), state.epoch, options.freshShuffles(), workers);
    int[] order = training.order(options.seed(), state.epoch);
    double sum = 0;
    long steps = training.steps();
    for (int step = 0; step < steps; step++) {
      DataSet batch = training.batch(order, step);
      face.fit(batch);
      sum += graph.score();
      progress.step(state.epoch * steps + step + 1, epochs * steps, graph.score());
      if (!Double.isFinite(graph.score())) {
        break;
      }
    }
    double loss = sum / steps;
    if (diverged(loss)) {
      restart(face);
      return;
    }
    SequenceModel now = face.model();
    state.epoch++;
    EpochRecord record = validation.judge(now, state.epoch, loss, rate, options.threads());
    state.history = new ArrayList<>(state.history);
    state.history.add(record);
    double score = validation.chooses() ? record.validationAuprc() : state.epoch;
    if (state.best == null || score > state.bestScore) {
      state.best = Floats.of(graph.params());
      state.bestScore = score;
      state.bestEpoch = state.epoch;
    }
    progress.epoch(record, epochs);
  }

  /** Half a cosine over the planned epochs, down to a twentieth. */
  private double learningRate(int epoch) {
    double share = (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
    return options.learningRate() * state.rateScale * (0.05 + 0.95 * share);
  }

  private boolean diverged(double loss) {
    if (!Double.isFinite(loss)) {
      return true;
    }
    @Nullable EpochRecord first = state.history.isEmpty() ? null : state.history.getFirst();
    return first != null && loss > EXPLODED * first.loss();
  }

  private void restart(TrainingFace face) {
    if (++state.restarts > MAX_RESTARTS) {
      throw new InputException(
          "training",
          "diverged " + Wording.count(state.restarts, "time"),
          "use a smaller --learning-rate");
    }
    state.rateScale /= 4;
    if (state.best == null) {
      face.start(seeds);
    } else {
      Floats.into(state.best, face.graph.params());
    }
    face.graph.getUpdater().getStateViewArray().assign(0);
  }
}
