package basewise.discovery;

import java.util.Locale;

/** What of a network becomes motifs. */
public enum MotifsFrom {
  /** What excites the filters of the first layer, and the enriched words that seeded them. */
  FILTERS,
  /** Patterns of contribution scores: what the network as a whole makes use of. */
  ATTRIBUTIONS,
  /** All of these; those that end alike are one motif. */
  BOTH;

  boolean filters() {
    return this != ATTRIBUTIONS;
  }

  /** Whether contributions are looked at. */
  public boolean attributions() {
    return this != FILTERS;
  }

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
