package basewise.dataset;

import basewise.sequence.Interval;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Labelled windows of one length with their split.
 *
 * @param width bases per window
 * @param tasks names of the labels, in the order of {@link Example#labels()}
 * @param examples all windows, positives first, in the order of the input; of regression, all in
 *     the order of the input
 * @param counts what was read, dropped and why, in a fixed order: name to number
 */
public record Dataset(
    int width, List<String> tasks, List<Example> examples, Map<String, Long> counts) {
  /** The name in {@link #counts()} that says that all windows are in the training part. */
  public static final String TOO_SMALL = "too_small_to_split";

  /** The examples of one part, in order. */
  public List<Example> part(Part part) {
    return examples.stream().filter(e -> e.part() == part).toList();
  }

  /** The positives (or negatives) of one part, in order. */
  public List<Example> part(Part part, boolean positive) {
    return examples.stream().filter(e -> e.part() == part && e.positive() == positive).toList();
  }

  /** The count of rows labelled 0 that were not asked for. */
  public static final String SET_ASIDE = "set_aside_labelled_0";

  /** Whether nothing could be held out: all windows are for training; judge by {@link #folds}. */
  public boolean tooSmallToSplit() {
    return counts.containsKey(TOO_SMALL);
  }

  /** The name in {@link #counts()} that says that labels are numbers, even if all are 0 or 1. */
  public static final String NUMBERS = "labels_are_numbers";

  /** Whether labels are numbers to predict: so asked for, or any is neither 0, 1 nor unknown. */
  public boolean regression() {
    if (counts.containsKey(NUMBERS)) {
      return true;
    }
    for (Example e : examples) {
      for (float label : e.labels()) {
        if (!Float.isNaN(label) && label != 0 && label != 1) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Folds for cross-validation, by seeded hash of the sequence: positives and negatives are each
   * dealt evenly; a shuffle is in the fold of its parent, and windows that overlap or are each
   * other's reverse complement are in one fold.
   *
   * @param k number of folds, at least 2
   * @return [examples] the fold 0..k-1 of each
   */
  public int[] folds(int k, long seed) {
    if (k < 2) {
      throw new IllegalArgumentException("folds: " + k);
    }
    int n = examples.size();
    List<Integer> own = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (examples.get(i).parent() < 0) {
        own.add(i);
      }
    }
    List<@Nullable Interval> places = new ArrayList<>();
    long[] keys = new long[own.size()];
    boolean[] positive = new boolean[own.size()];
    boolean classes = !regression();
    for (int j = 0; j < keys.length; j++) {
      Example e = examples.get(own.get(j));
      places.add(e.place());
      keys[j] = Seeds.mix(seed, Groups.key(0, e.codes()));
      positive[j] = classes && e.positive();
    }
    int[] dealt = HashSplit.folds(Groups.of(places, keys), keys, positive, k);
    int[] folds = new int[n];
    Arrays.fill(folds, -1);
    for (int j = 0; j < dealt.length; j++) {
      folds[own.get(j)] = dealt[j];
    }
    for (int i = 0; i < n; i++) {
      if (folds[i] < 0) {
        folds[i] = folds[examples.get(i).parent()];
      }
    }
    return folds;
  }
}
