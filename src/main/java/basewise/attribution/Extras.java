package basewise.attribution;

import java.util.List;

/**
 * What a method found that is not a score of a base.
 *
 * @param players values of segments with their standard errors
 * @param pairs effects of pairs of substitutions
 * @param indels effects of single deletions and insertions
 */
public record Extras(List<PlayerScore> players, List<Epistasis> pairs, List<Indel> indels) {
  /** Nothing. */
  public static final Extras NONE = new Extras(List.of(), List.of(), List.of());
}
