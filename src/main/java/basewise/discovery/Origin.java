package basewise.discovery;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a motif started.
 *
 * @param kind of starting point
 * @param index which of its kind, 0-based: the filter, the pattern by rank, the word by enrichment
 */
public record Origin(Kind kind, int index) implements Comparable<Origin> {
  private static final Comparator<Origin> ORDER =
      Comparator.comparing(Origin::kind).thenComparingInt(Origin::index);

  /** What suggests motifs. */
  public enum Kind {
    /** Windows that excite a filter of the first layer. */
    FILTERS,
    /** Patterns of contribution scores. */
    ATTRIBUTIONS,
    /** Enriched words of the training sequences, which half of the filters start from too. */
    WORDS;

    /** The word for it in tables. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A filter. */
  public static Origin filter(int index) {
    return new Origin(Kind.FILTERS, index);
  }

  /** The kinds among some origins, the first one's first. */
  public static List<Kind> kinds(List<Origin> origins) {
    Stream<Kind> others = origins.stream().map(Origin::kind).sorted();
    return Stream.concat(origins.stream().limit(1).map(Origin::kind), others).distinct().toList();
  }

  @Override
  public int compareTo(Origin other) {
    return ORDER.compare(this, other);
  }
}
