package basewise.report;

import basewise.compare.Match;
import basewise.motif.Motif;
import basewise.sequence.Strand;

/**
 * A known motif that resembles a found one, with Tomtom's numbers.
 *
 * @param target the known motif as its collection has it
 * @param pvalue chance of a match as good at any offset and orientation
 * @param evalue pvalue times the number of known motifs
 * @param qvalue least false discovery rate at which the match counts
 * @param offset column i of the found motif lies on column i + offset of the oriented target
 *     (Tomtom's Optimal_offset)
 * @param overlap columns that lie on one another
 * @param orientation REVERSE if the target matches as its reverse complement
 */
public record KnownMatch(
    Motif target,
    double pvalue,
    double evalue,
    double qvalue,
    int offset,
    int overlap,
    Strand orientation) {
  /** E-value up to which a match names a motif. */
  private static final double NAMED = 0.05;

  /** A match as the comparison found it. */
  public static KnownMatch of(Match match) {
    return new KnownMatch(
        match.target(),
        match.pvalue(),
        match.evalue(),
        match.qvalue(),
        match.offset(),
        match.overlap(),
        match.orientation());
  }

  /** The target as it lies on the found motif. */
  public Motif oriented() {
    return orientation == Strand.REVERSE ? target.reverseComplement() : target;
  }

  /** Whether the match is good enough to name a motif; weaker ones only resemble. */
  public boolean names() {
    return evalue <= NAMED;
  }

  /** The known motif's name, or for a weak match what it faintly resembles. */
  public String said() {
    return names() ? target.label() : "faintly like " + target.label();
  }
}
