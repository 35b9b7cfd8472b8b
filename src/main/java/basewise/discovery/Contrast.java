package basewise.discovery;

import basewise.dataset.Dataset;
import basewise.dataset.Example;
import basewise.sequence.DinucleotideShuffle;
import basewise.stats.Seeds;
import java.util.ArrayList;
import java.util.List;

/**
 * Sequences to tell apart.
 *
 * @param positives base codes of those with the signal
 * @param negatives base codes of those without
 */
record Contrast(List<byte[]> positives, List<byte[]> negatives) {
  /** With this many negatives, chance hits among them are counted well enough. */
  private static final int ENOUGH_NEGATIVES = 2500;

  /** More shuffles of one sequence than this are too alike to add anything. */
  private static final int MOST_SHUFFLES = 20;

  /**
   * The positives and negatives among some examples, in order. Where all negatives are shuffles and
   * few, every positive is shuffled some more: how often chance makes a site must not itself be
   * left to chance.
   *
   * @param data the dataset the examples are from
   * @param examples those of one side of a split, shuffles with their parents
   * @param seed of the further shuffles
   */
  static Contrast of(Dataset data, List<Example> examples, long seed) {
    List<byte[]> positives = codes(examples, true);
    List<byte[]> negatives = new ArrayList<>(codes(examples, false));
    boolean shuffles =
        !negatives.isEmpty() && examples.stream().allMatch(e -> e.positive() || e.parent() >= 0);
    if (shuffles) {
      int each = shufflesEach(data);
      for (byte[] codes : positives) {
        long item = Seeds.hash(seed, codes, codes.length);
        for (int i = 1; i < each; i++) {
          byte[] shuffled = DinucleotideShuffle.shuffleUnlike(codes, Seeds.generator(item, i));
          if (shuffled != null) {
            negatives.add(shuffled);
          }
        }
      }
    }
    return new Contrast(positives, negatives);
  }

  private static int shufflesEach(Dataset data) {
    int positives = Math.max(1, codes(data.examples(), true).size());
    return Math.clamp(ENOUGH_NEGATIVES / positives, 1, MOST_SHUFFLES);
  }

  /** As many sequences as {@link #of} can make of a dataset. */
  static int most(Dataset data) {
    return data.examples().size() + shufflesEach(data) * codes(data.examples(), true).size();
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

  /** Evenly spaced ones of a list, at most this many. */
  static <T> List<T> every(List<T> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<T> out = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      out.add(all.get((int) ((long) i * all.size() / most)));
    }
    return out;
  }

  /** The positives alone, for which nothing need be shuffled. */
  static List<byte[]> positives(List<Example> examples) {
    return codes(examples, true);
  }

  private static List<byte[]> codes(List<Example> examples, boolean positive) {
    return examples.stream().filter(e -> e.positive() == positive).map(Example::codes).toList();
  }
}
