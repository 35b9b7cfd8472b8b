package basewise.patterns;

/**
 * How patterns are looked for; the defaults are those of modisco-lite 3.0.0, but for the runs of
 * the clustering, of which its command makes two.
 *
 * @param core positions of a sliding window, the middle of a seqlet
 * @param flank positions added to each side of it
 * @param fdr the false discovery rate of windows
 * @param minSeqlets a sign with fewer seqlets gives no patterns (modisco-lite: more than 100)
 * @param maxSeqlets the strongest of a sign that are used
 * @param trim positions to which a pattern is cut, those with the most information
 * @param edges positions added to each side of a pattern that was cut
 * @param runs of each clustering, of which the one with the best modularity counts; 0 for 20, and
 *     fewer, but two, where the graph is large
 * @param seed of the clustering
 * @param rule how seqlets are cut
 * @param bothStrands whether the other strand of a seqlet is the same seqlet
 * @param firstSeqlets whether of too many seqlets the first in the input are used, as modisco-lite
 *     does, not the strongest
 */
public record PatternOptions(
    int core,
    int flank,
    double fdr,
    int minSeqlets,
    int maxSeqlets,
    int trim,
    int edges,
    int runs,
    long seed,
    Rule rule,
    boolean bothStrands,
    boolean firstSeqlets) {
  /** How seqlets are cut: {@link SeqletFinder} or {@link RecursiveSeqlets}. */
  public enum Rule {
    WINDOWS,
    RECURSIVE
  }

  /** The seqlets that a pattern needs. */
  public static final int SUPPORT = 20;

  /** The defaults. */
  public static final PatternOptions DEFAULTS =
      new PatternOptions(20, 5, 0.05, 100, 20_000, 30, 10, 0, 1, Rule.WINDOWS, true, false);

  /** The default width of the window that is used, around the middle. */
  public static final int WINDOW = 400;

  /** Positions of a seqlet. */
  public int seqletLength() {
    return core + 2 * flank;
  }

  /** Positions of a pattern. */
  public int patternLength() {
    return trim + 2 * edges;
  }

  /** With another number of seqlets. */
  public PatternOptions withSeqlets(int min, int max) {
    return new PatternOptions(
        core, flank, fdr, min, max, trim, edges, runs, seed, rule, bothStrands, firstSeqlets);
  }

  /** With another false discovery rate of windows. */
  public PatternOptions withFdr(double rate) {
    return new PatternOptions(
        core,
        flank,
        rate,
        minSeqlets,
        maxSeqlets,
        trim,
        edges,
        runs,
        seed,
        rule,
        bothStrands,
        firstSeqlets);
  }

  /** With another clustering. */
  public PatternOptions withRuns(int newRuns, long newSeed) {
    return new PatternOptions(
        core,
        flank,
        fdr,
        minSeqlets,
        maxSeqlets,
        trim,
        edges,
        newRuns,
        newSeed,
        rule,
        bothStrands,
        firstSeqlets);
  }

  /** With other seqlets. */
  public PatternOptions with(Rule newRule, boolean newBothStrands, boolean newFirstSeqlets) {
    return new PatternOptions(
        core,
        flank,
        fdr,
        minSeqlets,
        maxSeqlets,
        trim,
        edges,
        runs,
        seed,
        newRule,
        newBothStrands,
        newFirstSeqlets);
  }
}
