package basewise.report;

import basewise.dataset.Example;
import basewise.nn.KmerBaseline;
import basewise.nn.SequenceModel;
import basewise.stats.Bootstrap;
import basewise.stats.Estimate;
import basewise.stats.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How network and k-mer baseline score examples neither has seen: the test part, or the folds of a
 * cross-validation, one after the other.
 */
public final class HeldOut {
  private final List<Double> network = new ArrayList<>();
  private final List<Double> baseline = new ArrayList<>();
  private final List<Boolean> positive = new ArrayList<>();
  private final int task;

  /** For the first, or only, task. */
  public HeldOut() {
    this(0);
  }

  /** For one of several tasks. */
  public HeldOut(int task) {
    this.task = task;
  }

  /** Adds examples that neither model was trained on; those without a label do not count. */
  public void add(List<Example> examples, SequenceModel model, KmerBaseline kmers, int threads) {
    add(examples, model.logits(examples.stream().map(Example::codes).toList(), threads), kmers);
  }

  /** The same with what the network says of them: [example][task]. */
  public void add(List<Example> examples, float[][] logits, KmerBaseline kmers) {
    double[] other = kmers.logits(examples.stream().map(Example::codes).toList());
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isNaN(examples.get(i).labels()[task])) {
        network.add((double) logits[i][task]);
        baseline.add(other[i]);
        positive.add(examples.get(i).labels()[task] > 0.5f);
      }
    }
  }

  /**
   * Areas under the curves of one task, without intervals: {AUROC, AUPRC}, not numbers where the
   * known labels are of one class.
   *
   * @param logits [example][task]
   */
  public static double[] areas(List<Example> examples, float[][] logits, int task) {
    int[] known =
        IntStream.range(0, logits.length)
            .filter(i -> !Float.isNaN(examples.get(i).labels()[task]))
            .toArray();
    double[] scores = new double[known.length];
    boolean[] truth = new boolean[known.length];
    int positives = 0;
    for (int i = 0; i < known.length; i++) {
      scores[i] = logits[known[i]][task];
      truth[i] = examples.get(known[i]).labels()[task] > 0.5f;
      positives += truth[i] ? 1 : 0;
    }
    return positives == 0 || positives == known.length
        ? new double[] {Double.NaN, Double.NaN}
        : new double[] {Ranking.auroc(scores, truth), Ranking.auprc(scores, truth)};
  }

  /** Numbers and curves of one scorer. */
  public record Judgement(Estimate auroc, Estimate auprc, Curve roc, Curve precisionRecall) {}

  /** The network's; intervals by bootstrap. */
  public Judgement network(long seed) {
    return judge(network, seed);
  }

  /** The baseline's. */
  public Judgement baseline(long seed) {
    return judge(baseline, seed);
  }

  private Judgement judge(List<Double> values, long seed) {
    double[] scores = values.stream().mapToDouble(x -> x).toArray();
    boolean[] truth = new boolean[scores.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = positive.get(i);
    }
    long positives = positive.stream().filter(x -> x).count();
    if (positives == 0 || positives == truth.length) {
      return new Judgement(Estimate.UNKNOWN, Estimate.UNKNOWN, Curve.NONE, Curve.NONE);
    }
    return new Judgement(
        Bootstrap.auroc(scores, truth, Bootstrap.REPLICATES, seed),
        Bootstrap.auprc(scores, truth, Bootstrap.REPLICATES, seed),
        Curve.roc(scores, truth),
        Curve.precisionRecall(scores, truth));
  }
}
