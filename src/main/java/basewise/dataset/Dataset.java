package basewise.dataset;

import java.util.List;
import java.util.Map;

/**
 * Labelled windows of one length with their split.
 *
 * @param width bases per window
 * @param tasks names of the labels, in the order of {@link Example#labels()}
 * @param examples all windows, positives first, in the order of the input
 * @param counts what was read, dropped and why, in a fixed order: name to number
 */
public record Dataset(
    int width, List<String> tasks, List<Example> examples, Map<String, Long> counts) {
  /** The examples of one part, in order. */
  public List<Example> part(Part part) {
    return examples.stream().filter(e -> e.part() == part).toList();
  }

  /** The positives (or negatives) of one part, in order. */
  public List<Example> part(Part part, boolean positive) {
    return examples.stream().filter(e -> e.part() == part && e.positive() == positive).toList();
  }
}
