package basewise.cli;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.discovery.Discovery;
import basewise.discovery.DiscoveryOptions;
import basewise.io.InputException;
import basewise.nn.Architecture;
import basewise.nn.Calibration;
import basewise.nn.Checkpoint;
import basewise.nn.Layers;
import basewise.nn.ModelOrigin;
import basewise.nn.MotifArchitecture;
import basewise.nn.MotifModel;
import basewise.nn.TrainOptions;
import basewise.nn.Trained;
import basewise.nn.Trainer;
import basewise.nn.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Trains a network the way every verb does, so that the same options give the same bytes: half of
 * its filters start from enriched words, calibration runs come first if they are asked for, and a
 * checkpoint beside the results holds the best model so far.
 */
final class ModelTraining {
  private ModelTraining() {}

  /**
   * The checkpoint of results that are to be {@code out}: {@code out.checkpoint} beside them.
   *
   * @throws InputException if there is nothing to resume, or something that would be lost
   */
  static Checkpoint checkpoint(Path out, boolean resume, boolean force) {
    Path file = out.resolveSibling(out.getFileName() + ".checkpoint");
    boolean exists = Files.exists(file);
    if (resume && !exists) {
      throw new InputException(
          file.toString(), "does not exist, nothing to resume", "leave out --resume");
    }
    if (exists && !resume && !force) {
      throw new InputException(
          file.toString(),
          "is left of an interrupted run",
          "go on from it with --resume, or begin anew with --force");
    }
    if (exists && !resume) {
      forget(new Checkpoint(file, false));
    }
    return new Checkpoint(file, resume);
  }

  /** Removes a checkpoint whose results are written. */
  static void forget(Checkpoint checkpoint) {
    try {
      Files.deleteIfExists(checkpoint.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Chooses the shape, if options ask for that, and trains on the training part of a dataset.
   *
   * @param discoveries one per task, whose seeds some filters start from
   * @param end share of the whole work that is done afterwards
   */
  static Trained train(
      Dataset data,
      List<Discovery> discoveries,
      Architecture shape,
      TrainOptions options,
      Progress progress,
      double end,
      Checkpoint checkpoint) {
    return train(data, discoveries, shape, options, progress, end, checkpoint, Layers.OWN);
  }

  /** As above, in other layers; calibration runs are in our own. */
  static Trained train(
      Dataset data,
      List<Discovery> discoveries,
      Architecture shape,
      TrainOptions options,
      Progress progress,
      double end,
      Checkpoint checkpoint,
      Layers layers) {
    Function<Architecture, List<float[][]>> seeds = a -> seeds(discoveries, a);
    Architecture chosen = shape;
    if (options.restarts() > 1) {
      progress.stage("calibrating", end / 2);
      chosen = Calibration.choose(data, shape, options, seeds, progress);
    }
    progress.stage("training", end);
    try {
      return Trainer.train(
          data, chosen, options, seeds.apply(chosen), progress, checkpoint, layers);
    } catch (InputException e) {
      if (!checkpoint.resume()) {
        forget(checkpoint); // a training that cannot succeed leaves nothing to go on from
      }
      throw e;
    }
  }

  /** Trains a network of the same kind on another split, unwatched. */
  static MotifModel again(
      Dataset data, MotifArchitecture shape, TrainOptions options, List<float[][]> seeds) {
    return Trainer.train(data, shape, options, seeds, TrainingProgress.NONE).motifModel();
  }

  /**
   * What the file of a model says of how it came to be: of the input its name and not its folder,
   * so that the same content gives the same bytes wherever it lies.
   */
  static ModelOrigin origin(Dataset data, TrainOptions options, String input) {
    return ModelOrigin.of(
        data, options, Map.of("input", InputNames.file(input), "program", Version.text()));
  }

  /**
   * One discovery per task that has both classes; they are made once for a run, as training and
   * judging share what they refine.
   */
  static List<Discovery> discoveries(Dataset data, DiscoveryOptions options, CommonOptions common) {
    List<Discovery> out = new ArrayList<>();
    int tasks = data.regression() ? 0 : data.tasks().size();
    for (int t = 0; t < tasks; t++) {
      Dataset one = tasks == 1 ? data : task(data, t);
      if (!one.part(Part.TRAIN, true).isEmpty() && !one.part(Part.TRAIN, false).isEmpty()) {
        out.add(new Discovery(one, options, common.seed, common.threads));
      }
    }
    return out;
  }

  /** First weights of up to half of a motif network's filters; several tasks share them evenly. */
  private static List<float[][]> seeds(List<Discovery> discoveries, Architecture shape) {
    if (!(shape instanceof MotifArchitecture a)) {
      return List.of();
    }
    int most = a.filters() / 2;
    List<float[][]> seeds = new ArrayList<>();
    for (Discovery discovery : discoveries) {
      if (seeds.size() < most) {
        seeds.addAll(
            discovery.seedFilters(a.filterWidth(), Math.max(1, most / discoveries.size())));
      }
    }
    return seeds.size() > most ? seeds.subList(0, most) : seeds;
  }

  /** One of several tasks, without the windows that have no label for it. */
  private static Dataset task(Dataset data, int task) {
    List<Example> labelled = new ArrayList<>();
    for (Example e : data.examples()) {
      float label = e.labels()[task];
      if (!Float.isNaN(label)) {
        labelled.add(new Example(e.id(), e.place(), e.codes(), new float[] {label}, e.part(), -1));
      }
    }
    return new Dataset(data.width(), List.of(data.tasks().get(task)), labelled, data.counts());
  }
}
