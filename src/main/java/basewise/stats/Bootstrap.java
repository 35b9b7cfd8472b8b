package basewise.stats;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap of ranking measures (Efron 1979): positives and negatives are drawn again
 * with replacement, each class from itself, so that every replicate has both.
 */
public final class Bootstrap {
  /** Replicates enough for two stable digits of a 95 % interval. */
  public static final int REPLICATES = 1000;

  private Bootstrap() {}

  /** Area under the ROC curve as {@link Ranking#auroc}, with its interval. */
  public static Estimate auroc(double[] scores, boolean[] positive, int replicates, long seed) {
    return estimate(
        Ranking.auroc(scores, positive), scores, positive, replicates, seed, Bootstrap::auroc);
  }

  /** Average precision as {@link Ranking#auprc}, with its interval. */
  public static Estimate auprc(double[] scores, boolean[] positive, int replicates, long seed) {
    return estimate(
        Ranking.auprc(scores, positive), scores, positive, replicates, seed, Bootstrap::auprc);
  }

  /** How often each (positive, negative) example of each distinct score was drawn, best first. */
  private record Draw(int[] positives, int[] negatives) {}

  private static Estimate estimate(
      double value,
      double[] scores,
      boolean[] positive,
      int replicates,
      long seed,
      ToDoubleFunction<Draw> measure) {
    if (Double.isNaN(value)) {
      return new Estimate(value, value, value);
    }
    int[] order = Ranking.descending(scores);
    int[] group = new int[order.length];
    int groups = 0;
    for (int i = 0; i < order.length; i++) {
      if (i > 0 && scores[order[i]] != scores[order[i - 1]]) {
        groups++;
      }
      group[order[i]] = groups;
    }
    groups++;
    int[] ofPositives = groupsOf(group, positive, true);
    int[] ofNegatives = groupsOf(group, positive, false);
    double[] values = new double[replicates];
    for (int r = 0; r < replicates; r++) {
      var random = Seeds.generator(seed, r);
      Draw draw = new Draw(new int[groups], new int[groups]);
      for (int i = 0; i < ofPositives.length; i++) {
        draw.positives[ofPositives[random.nextInt(ofPositives.length)]]++;
      }
      for (int i = 0; i < ofNegatives.length; i++) {
        draw.negatives[ofNegatives[random.nextInt(ofNegatives.length)]]++;
      }
      values[r] = measure.applyAsDouble(draw);
    }
    Arrays.sort(values);
    return new Estimate(value, percentile(values, 0.025), percentile(values, 0.975));
  }

  private static int[] groupsOf(int[] group, boolean[] positive, boolean which) {
    int[] out = new int[group.length];
    int n = 0;
    for (int i = 0; i < group.length; i++) {
      if (positive[i] == which) {
        out[n++] = group[i];
      }
    }
    return Arrays.copyOf(out, n);
  }

  private static double auroc(Draw draw) {
    double above = 0;
    long positives = 0;
    long negatives = 0;
    for (int g = 0; g < draw.positives.length; g++) {
      above += draw.negatives[g] * (positives + draw.positives[g] / 2.0);
      positives += draw.positives[g];
      negatives += draw.negatives[g];
    }
    return above / ((double) positives * negatives);
  }

  private static double auprc(Draw draw) {
    long total = Arrays.stream(draw.positives).asLongStream().sum();
    double area = 0;
    long hits = 0;
    long seen = 0;
    for (int g = 0; g < draw.positives.length; g++) {
      hits += draw.positives[g];
      seen += draw.positives[g] + draw.negatives[g];
      if (draw.positives[g] > 0) {
        area += (double) draw.positives[g] / total * hits / seen;
      }
    }
    return area;
  }

  /** Linear interpolation between the two nearest ranks, as NumPy's default. */
  private static double percentile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
