package basewise.nn;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Several short trainings that differ in filter width, weight decay and dropout, of which the best
 * on the validation part goes on, after DeepBind (Alipanahi 2015). The first is the architecture as
 * given. The filters of {@code basset} and {@code dilated} keep their widths.
 */
public final class Calibration {
  private static final int[] WIDTHS = {11, 15, 19, 24};
  private static final double[] DROPOUTS = {0, 0.25, 0.5, 0.7};
  private static final int EPOCHS = 6;

  /** Training examples a short run sees at most. */
  private static final int MOST = 4000;

  private Calibration() {}

  /**
   * Chooses among {@code options.restarts()} candidates; none or one leaves {@code a} as it is.
   *
   * @param seeds first weights of filters for a shape
   */
  public static Architecture choose(
      Dataset data,
      Architecture a,
      TrainOptions options,
      Function<Architecture, List<float[][]>> seeds,
      TrainingProgress progress) {
    if (data.part(Part.VALIDATION).isEmpty() || options.restarts() < 2) {
      return a;
    }
    Dataset small = thinned(data);
    Architecture best = a;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int run = 0; run < options.restarts() && !progress.stop(); run++) {
      Architecture candidate = run == 0 ? a : draw(a, data.width(), options.seed(), run);
      TrainOptions o = options.withEpochs(EPOCHS, EPOCHS).withRestarts(0);
      Trained t = Trainer.train(small, candidate, o, seeds.apply(candidate), TrainingProgress.NONE);
      double score =
          t.history().stream()
              .mapToDouble(EpochRecord::validationAuprc)
              .max()
              .orElse(Double.NEGATIVE_INFINITY);
      if (score > bestScore) {
        bestScore = score;
        best = candidate;
      }
    }
    return best;
  }

  private static Architecture draw(Architecture a, int width, long seed, int run) {
    SplittableRandom random = Seeds.generator(Seeds.mix(seed, -2), run);
    int filterWidth = Math.min(width, WIDTHS[random.nextInt(WIDTHS.length)]);
    double dropout = DROPOUTS[random.nextInt(DROPOUTS.length)];
    double decay = Math.pow(10, -4 + 3.5 * random.nextDouble());
    return switch (a) {
      case MotifArchitecture motif ->
          motif.withFilterWidth(filterWidth).withRegularisation(dropout, decay);
      case TrunkArchitecture trunk ->
          trunk.withRegularisation(trunk.hidden() == 0 ? 0 : dropout, decay);
    };
  }

  /** Every n-th training example with its shuffles; all of the validation part. */
  private static Dataset thinned(Dataset data) {
    int keep = Math.max(1, data.part(Part.TRAIN).size() / MOST);
    List<Example> kept = new ArrayList<>();
    for (int i = 0; i < data.examples().size(); i++) {
      Example e = data.examples().get(i);
      int family = e.parent() < 0 ? i : e.parent();
      if (e.part() == Part.VALIDATION || (e.part() == Part.TRAIN && family % keep == 0)) {
        kept.add(e);
      }
    }
    return new Dataset(data.width(), data.tasks(), kept, data.counts());
  }
}
