package basewise.motif;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A named motif, as collections hold it.
 *
 * @param id identifier, unique within a collection, without white space (MA0139.2)
 * @param name what people call it (CTCF), or ""
 * @param probabilities the matrix
 * @param sites how many sites it was made from, if known
 * @param evalue its E-value, if known
 * @param counts the counts it was made from, if the source had counts
 * @param notes other properties in their order: taxon, family, url, ...
 */
public record Motif(
    String id,
    String name,
    ProbabilityMatrix probabilities,
    OptionalDouble sites,
    OptionalDouble evalue,
    @Nullable CountMatrix counts,
    Map<String, String> notes) {
  /** Checks the id and keeps its own copy of the notes. */
  public Motif {
    if (!isWord(id)) {
      throw new IllegalArgumentException("a motif's id is one word: '" + id + "'");
    }
    if (counts != null && counts.width() != probabilities.width()) {
      throw new IllegalArgumentException("counts and probabilities differ in width");
    }
    notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
  }

  private static boolean isWord(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (Character.isWhitespace(id.charAt(i))) {
        return false;
      }
    }
    return !id.isEmpty();
  }

  /** A motif of which only the matrix is known. */
  public static Motif of(String id, String name, ProbabilityMatrix probabilities) {
    return new Motif(
        id, name, probabilities, OptionalDouble.empty(), OptionalDouble.empty(), null, Map.of());
  }

  /** A motif from counts, without a pseudocount; an empty column becomes uniform. */
  public static Motif ofCounts(String id, String name, CountMatrix counts) {
    return new Motif(
        id,
        name,
        counts.toProbabilities(0, Background.UNIFORM),
        OptionalDouble.of(counts.sites()),
        OptionalDouble.empty(),
        counts,
        Map.of());
  }

  /** Number of columns. */
  public int width() {
    return probabilities.width();
  }

  /** Name if there is one, else id. */
  public String label() {
    return name.isEmpty() ? id : name;
  }

  /** The same motif as the other strand shows it. */
  public Motif reverseComplement() {
    return new Motif(
        id,
        name,
        probabilities.reverseComplement(),
        sites,
        evalue,
        counts == null ? null : counts.reverseComplement(),
        notes);
  }

  /** The same matrix under another id. */
  public Motif withId(String newId) {
    return new Motif(newId, name, probabilities, sites, evalue, counts, notes);
  }
}
