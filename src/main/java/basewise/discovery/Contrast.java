package basewise.discovery;

import basewise.dataset.Example;
import java.util.ArrayList;
import java.util.List;

/**
 * Sequences to tell apart.
 *
 * @param positives base codes of those with the signal
 * @param negatives base codes of those without
 */
record Contrast(List<byte[]> positives, List<byte[]> negatives) {
  /** The positives and negatives among some examples, in order. */
  static Contrast of(List<Example> examples) {
    return new Contrast(codes(examples, true), codes(examples, false));
  }

  /** Evenly spaced ones, at most this many of each kind; this itself if there are no more. */
  Contrast sample(int most) {
    return positives.size() <= most && negatives.size() <= most
        ? this
        : new Contrast(every(positives, most), every(negatives, most));
  }

  /** How many there are of both kinds. */
  int size() {
    return positives.size() + negatives.size();
  }

  private static List<byte[]> every(List<byte[]> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<byte[]> out = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      out.add(all.get((int) ((long) i * all.size() / most)));
    }
    return out;
  }

  private static List<byte[]> codes(List<Example> examples, boolean positive) {
    return examples.stream().filter(e -> e.positive() == positive).map(Example::codes).toList();
  }
}
