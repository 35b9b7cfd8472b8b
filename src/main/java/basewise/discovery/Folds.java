package basewise.discovery;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.dataset.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Splits for cross-validation, balanced in positives; see {@link Dataset#folds}. */
final class Folds {
  /** One in this many of the examples outside a fold chooses the epoch. */
  private static final int VALIDATION_SHARE = 8;

  private Folds() {}

  /** The dataset with one fold as its test part and the rest split into training and validation. */
  static Dataset without(Dataset data, int fold, int folds, long seed) {
    List<Example> examples = data.examples();
    int[] of = data.folds(folds, seed);
    int[] inner = data.folds(VALIDATION_SHARE, seed + 1);
    Part[] parts = new Part[examples.size()];
    Arrays.setAll(
        parts, i -> of[i] == fold ? Part.TEST : inner[i] == 0 ? Part.VALIDATION : Part.TRAIN);
    List<Example> out = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      Example e = examples.get(i);
      out.add(new Example(e.id(), e.place(), e.codes(), e.labels(), parts[i], e.parent()));
    }
    return new Dataset(data.width(), data.tasks(), out, data.counts());
  }
}
