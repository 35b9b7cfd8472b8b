package basewise.patterns;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was found, the largest pattern of a sign first.
 *
 * @param positiveSeqlets cut, before the strongest were chosen
 * @param negativeSeqlets likewise
 */
public record FoundPatterns(
    List<FoundPattern> positive,
    List<FoundPattern> negative,
    int positiveSeqlets,
    int negativeSeqlets) {
  /** Those of both signs, the positive ones first. */
  public List<FoundPattern> all() {
    return Stream.concat(positive.stream(), negative.stream()).toList();
  }
}
