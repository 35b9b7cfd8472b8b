package basewise.patterns;

import java.util.List;

/**
 * A pattern, and what it is called.
 *
 * @param positive whether its bases raise the output
 * @param rank 0-based among its sign's
 * @param subpatterns its seqlets in parts, the largest first
 */
public record FoundPattern(boolean positive, int rank, Pattern pattern, List<Pattern> subpatterns) {
  /** The group of its sign, as TF-MoDISco calls it. */
  public String group() {
    return group(positive);
  }

  /** Its name, as TF-MoDISco's motif files have it. */
  public String id() {
    return id(positive, rank);
  }

  /** The name of a pattern of a sign. */
  public static String id(boolean positive, int rank) {
    return group(positive) + ".pattern_" + rank;
  }

  private static String group(boolean positive) {
    return positive ? "pos_patterns" : "neg_patterns";
  }
}
