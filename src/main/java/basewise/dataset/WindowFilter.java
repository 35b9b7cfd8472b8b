package basewise.dataset;

import basewise.io.InputException;
import basewise.io.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Drops windows that would mislead training, and counts them. */
final class WindowFilter {
  /** More positives than one in this many among the negatives is a mistake, not chance. */
  private static final int TOLERATED_ONE_IN = 100;

  private WindowFilter() {}

  /** Those with at least one known label. */
  static List<Window> labelled(List<Window> windows, Counts counts) {
    List<Window> out = new ArrayList<>();
    for (Window w : windows) {
      boolean known = false;
      for (float label : w.labels()) {
        known |= !Float.isNaN(label);
      }
      if (known) {
        out.add(w);
      } else {
        counts.add("dropped_without_label", 1);
      }
    }
    return out;
  }

  /**
   * The first of each sequence, on either strand; none of those that come with different labels.
   */
  static List<Window> distinct(List<Window> windows, Counts counts, String prefix) {
    Map<Long, Window> first = new HashMap<>();
    Set<Long> contradictory = new HashSet<>();
    for (Window w : windows) {
      Window earlier = first.putIfAbsent(w.key(), w);
      if (earlier != null && !Arrays.equals(earlier.labels(), w.labels())) {
        contradictory.add(w.key());
      }
    }
    List<Window> out = new ArrayList<>();
    for (Window w : windows) {
      if (contradictory.contains(w.key())) {
        counts.add(prefix + "dropped_contradictory", 1);
      } else if (first.get(w.key()) != w) {
        counts.add(prefix + "dropped_duplicates", 1);
      } else {
        out.add(w);
      }
    }
    return out;
  }

  /**
   * The negatives that are not also positives.
   *
   * @throws InputException if more than one positive in a hundred is among the negatives
   */
  static List<Window> unlikePositives(
      String source, List<Window> windows, List<Window> negatives, Counts counts) {
    Map<Long, Window> positives = new HashMap<>();
    windows.stream().filter(Window::positive).forEach(w -> positives.put(w.key(), w));
    List<Window> out = new ArrayList<>();
    List<Window> shared = new ArrayList<>();
    for (Window w : negatives) {
      (positives.containsKey(w.key()) ? shared : out).add(w);
    }
    if (shared.isEmpty()) {
      return out;
    }
    if ((long) shared.size() * TOLERATED_ONE_IN > positives.size()) {
      throw new InputException(
          source,
          shared.getFirst().line(),
          Wording.count(
                  shared.size(),
                  "of the negatives is a positive too",
                  "of the negatives are positives too")
              + ", the first is "
              + shared.getFirst().said(),
          "remove the positives from the negatives");
    }
    counts.add("negatives_dropped_as_positives", shared.size());
    return out;
  }
}
