package basewise.cli;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.discovery.Discovery;
import basewise.discovery.PatternSource;
import basewise.io.InputException;
import basewise.motif.Motif;
import basewise.nn.MotifModel;
import basewise.nn.TrainOptions;
import basewise.report.MotifEntry;
import basewise.report.MotifFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;

/**
 * From a trained network to judged motifs and the names they are known by: the step that {@code
 * discover} and {@code filters} share.
 *
 * @param result found and rejected motifs
 * @param matches with known motifs, of each motif found
 * @param entries the motifs found, as tables and report show them
 */
record NamedMotifs(
    Discovery.Result result, KnownOptions.Matches matches, List<MotifEntry> entries) {
  /** Refuses a dataset whose positives are not one class. */
  static void accept(Dataset data, String input) {
    if (data.regression()) {
      throw new InputException(
          input,
          "has numbers as labels, not classes",
          "motifs are judged on 0 and 1; train and predict take numbers");
    }
    if (data.tasks().size() > 1) {
      throw new InputException(
          input,
          "has %d label columns, and motifs are found for one at a time"
              .formatted(data.tasks().size()),
          "choose one, such as --label-columns " + data.tasks().getFirst());
    }
  }

  /**
   * Makes and judges the motifs of a model. Small sets are cross-validated: each fold trains its
   * own model, as the first was trained.
   *
   * @param discovery of the dataset
   * @param training how the model was trained
   * @param patterns finds those of contributions, if the discovery asks for them
   * @param eachFold told each fold's dataset and model, in order
   */
  static Discovery.Result judge(
      Discovery discovery,
      MotifModel model,
      TrainOptions training,
      CommonOptions common,
      PatternSource patterns,
      BiConsumer<Dataset, MotifModel> eachFold) {
    TrainOptions alike = training.withThreads(common.threads);
    record Fold(Dataset data, MotifModel model) {}
    Map<Integer, Fold> folds = new ConcurrentSkipListMap<>();
    Discovery.Result result =
        discovery.run(
            model,
            (k, fold, seeds) -> {
              MotifModel other = ModelTraining.again(fold, model.architecture(), alike, seeds);
              folds.put(k, new Fold(fold, other));
              return other;
            },
            patterns);
    folds.values().forEach(f -> eachFold.accept(f.data, f.model));
    return result;
  }

  /** Compares the motifs found with known ones. */
  static NamedMotifs name(Discovery.Result result, List<Motif> known, int threads) {
    KnownOptions.Matches matches = KnownOptions.matches(result, known, threads);
    return new NamedMotifs(result, matches, MotifFiles.entries(result, matches.kept()));
  }

  /** Writes motifs.meme, motifs.tsv, matches.tsv, sites and logos. */
  void write(Dataset data, Path folder, int threads) {
    List<Example> positives = data.examples().stream().filter(Example::positive).toList();
    MotifFiles.write(
        result, entries, matches.kept(), matches.options(), positives, folder, threads);
  }
}
