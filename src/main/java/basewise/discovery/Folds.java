package basewise.discovery;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Splits for cross-validation, balanced in positives; a shuffle stays with its parent. */
final class Folds {
  /** One in this many of the examples outside a fold chooses the epoch. */
  private static final int VALIDATION_SHARE = 8;

  private Folds() {}

  /** The dataset with one fold as its test part and the rest split into training and validation. */
  static Dataset without(Dataset data, int fold, int folds, long seed) {
    List<Example> examples = data.examples();
    int[] order = new int[examples.size()];
    for (boolean positive : new boolean[] {true, false}) {
      List<Integer> own = new ArrayList<>();
      for (int i = 0; i < order.length; i++) {
        if (examples.get(i).parent() < 0 && examples.get(i).positive() == positive) {
          own.add(i);
        }
      }
      own.sort(Comparator.comparingLong((Integer i) -> Seeds.mix(seed, i)));
      for (int r = 0; r < own.size(); r++) {
        order[own.get(r)] = r;
      }
    }
    Part[] parts = new Part[examples.size()];
    Arrays.setAll(
        parts,
        i -> {
          Example e = examples.get(i);
          int r = order[e.parent() < 0 ? i : e.parent()];
          return r % folds == fold
              ? Part.TEST
              : r / folds % VALIDATION_SHARE == 0 ? Part.VALIDATION : Part.TRAIN;
        });
    List<Example> out = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      Example e = examples.get(i);
      out.add(new Example(e.id(), e.place(), e.codes(), e.labels(), parts[i], e.parent()));
    }
    return new Dataset(data.width(), data.tasks(), out, data.counts());
  }
}
