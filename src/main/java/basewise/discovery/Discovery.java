package basewise.discovery;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.motif.Background;
import basewise.nn.MotifArchitecture;
import basewise.nn.MotifModel;
import basewise.scan.BestSites;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a trained network to judged motifs. The motifs are made from the training part; the evidence
 * comes from sequences that took no part in it: the test part, or, for small sets, the folds of a
 * cross-validation in which network and motifs are made anew without the fold.
 */
public final class Discovery {
  private final Setting setting;
  private @Nullable List<Merging.Group> trainingSeeds;

  /** Prepares for a dataset; the seed chooses the folds of small sets. */
  public Discovery(Dataset data, DiscoveryOptions options, long seed, int threads) {
    setting = Setting.of(data, options, seed, threads);
  }

  /**
   * What came of it.
   *
   * @param found motifs with an E-value below the limit, by rank
   * @param rejected those that failed, by rank
   * @param tested how many entered the held-out test
   * @param crossValidated whether the evidence comes from cross-validation
   * @param background the positives' base composition
   * @param bothStrands whether sites on either strand counted
   */
  public record Result(
      List<DiscoveredMotif> found,
      List<DiscoveredMotif> rejected,
      int tested,
      boolean crossValidated,
      Background background,
      boolean bothStrands) {}

  /** Whether evidence comes from cross-validation: fewer positives than the limit. */
  public boolean crossValidated() {
    return setting.data().examples().stream().filter(Example::positive).count()
        < setting.options().smallSet();
  }

  /** Trains a model of the kind under study on the training part of a dataset. */
  public interface ModelTraining {
    /**
     * The trained model. Folds may be asked for at the same time, on several threads.
     *
     * @param fold which fold is left out
     * @param data its test part is the fold
     * @param seeds first weights for some filters, [filter width][4] each
     */
    MotifModel train(int fold, Dataset data, List<float[][]> seeds);
  }

  /**
   * Makes and judges the motifs of a model.
   *
   * @param model trained on the training part of this dataset
   * @param training trains a model of the same kind on another split of the same examples; only
   *     called for small sets
   */
  public Result run(MotifModel model, ModelTraining training) {
    return run(model, training, setting);
  }

  /**
   * The same.
   *
   * @param patterns finds those of contributions, if the options ask for them: of the model given
   *     here, and of that of each fold
   */
  public Result run(MotifModel model, ModelTraining training, PatternSource patterns) {
    return run(model, training, setting.with(patterns));
  }

  private Result run(MotifModel model, ModelTraining training, Setting setting) {
    boolean small = crossValidated();
    List<Example> fitted = small ? setting.data().examples() : setting.data().part(Part.TRAIN);
    List<Merging.Group> seeds =
        fitted.size() == setting.data().part(Part.TRAIN).size()
            ? trainingSeeds()
            : setting.seeds(fitted);
    List<Merging.Group> groups = setting.fit(PatternSource.WHOLE, fitted, model, seeds);
    HeldOutTest test = new HeldOutTest(setting);
    List<HeldOutTest.Judged> judged =
        small
            ? test.byFolds(groups, ofFold(setting, model.architecture(), training))
            : test.onTestPart(groups);
    int[] leaders = leaders(groups, Contrast.positives(fitted));
    Influence influence = new Influence(model, setting);
    List<HeldOutTest.Judged> weighed =
        judged.stream().map(j -> j.withInfluence(influence.of(j.group()))).toList();
    return new Naming(setting).name(Variants.order(weighed, leaders), small);
  }

  /** A fold's network, and the motifs of that. */
  private static HeldOutTest.FoldMotifs ofFold(
      Setting setting, MotifArchitecture shape, ModelTraining training) {
    return (number, fold, rest) -> {
      List<Merging.Group> seeds = setting.seeds(rest);
      List<float[][]> first =
          SeedMotifs.weights(seeds, setting.background(), shape.filterWidth(), shape.filters() / 2);
      return setting.fit(number, rest, training.train(number, fold, first), seeds).stream()
          .map(Merging.Group::best)
          .toList();
    };
  }

  /**
   * First weights for the filters of a network: the refined motifs of the training part's most
   * enriched words.
   *
   * @param filterWidth bases per filter
   * @param most how many at most
   * @return [motif][filter width][4], most evidence first
   */
  public List<float[][]> seedFilters(int filterWidth, int most) {
    return SeedMotifs.weights(trainingSeeds(), setting.background(), filterWidth, most);
  }

  /** Of the training part; refined once for all who ask, as it takes as long as some epochs. */
  private synchronized List<Merging.Group> trainingSeeds() {
    if (trainingSeeds == null) {
      trainingSeeds = setting.seeds(setting.data().part(Part.TRAIN));
    }
    return trainingSeeds;
  }

  /**
   * Which motifs are variants of another: more than half of their sites in the fitted positives
   * overlap those of a motif with more training evidence.
   *
   * @param groups most training evidence first
   * @return index of each group's leader; its own if it is no variant
   */
  private int[] leaders(List<Merging.Group> groups, List<byte[]> positives) {
    int[] leader = new int[groups.size()];
    if (groups.isEmpty()) {
      return leader;
    }
    BestSites.Found found =
        setting
            .sites(groups.stream().map(Merging.Group::best).toList())
            .find(positives, setting.threads());
    for (int j = 0; j < leader.length; j++) {
      leader[j] = j;
      for (int i = 0; i < j && leader[j] == j; i++) {
        if (leader[i] == i && Variants.overlap(groups, found, positives.size(), i, j) > 0.5) {
          leader[j] = i;
        }
      }
    }
    return leader;
  }
}
