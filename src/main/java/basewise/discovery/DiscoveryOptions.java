package basewise.discovery;

/**
 * How filters become motifs; the defaults live here and nowhere else.
 *
 * @param rule which windows a filter's matrix is first counted from
 * @param minSites a filter with fewer windows makes no motif (Basset: 10)
 * @param maxCandidates how many distinct motifs enter the held-out test at most
 * @param bothStrands whether a site may lie on either strand
 * @param smallSet with fewer positives than this, evidence comes from cross-validation
 * @param folds how many folds it has
 * @param maxEvalue what a motif's E-value must be below to be found
 * @param refinement how motifs are refined
 * @param from what of a network becomes motifs
 */
public record DiscoveryOptions(
    SiteRule rule,
    int minSites,
    int maxCandidates,
    boolean bothStrands,
    int smallSet,
    int folds,
    double maxEvalue,
    Refinement.Options refinement,
    MotifsFrom from) {
  /** The house's defaults. */
  public static final DiscoveryOptions DEFAULT =
      new DiscoveryOptions(
          SiteRule.BASSET,
          10,
          30,
          true,
          2000,
          5,
          0.05,
          Refinement.Options.DEFAULT,
          MotifsFrom.FILTERS);

  /** These, with another rule. */
  public DiscoveryOptions withRule(SiteRule value) {
    return new DiscoveryOptions(
        value, minSites, maxCandidates, bothStrands, smallSet, folds, maxEvalue, refinement, from);
  }

  /** These, for one strand or both. */
  public DiscoveryOptions withBothStrands(boolean value) {
    return new DiscoveryOptions(
        rule, minSites, maxCandidates, value, smallSet, folds, maxEvalue, refinement, from);
  }

  /** These, with motifs from elsewhere. */
  public DiscoveryOptions withFrom(MotifsFrom value) {
    return new DiscoveryOptions(
        rule, minSites, maxCandidates, bothStrands, smallSet, folds, maxEvalue, refinement, value);
  }
}
