package basewise.compare;

import basewise.motif.Motif;
import basewise.sequence.Strand;

/**
 * The best alignment of a query with one target.
 *
 * @param query the motif asked about
 * @param target the motif it was compared with, as the collection holds it
 * @param offset column of the (oriented) target where the query's first column lies; negative where
 *     the query begins before it
 * @param overlap aligned columns
 * @param orientation whether the target matches as it is or as its reverse complement
 * @param pvalue chance that a target of this width, with columns drawn from all targets, aligns
 *     this well at any offset and orientation; in float precision, as Tomtom keeps it
 * @param evalue p-value times targets
 * @param qvalue Benjamini-Hochberg over all targets in all orientations
 */
public record Match(
    Motif query,
    Motif target,
    int offset,
    int overlap,
    Strand orientation,
    double pvalue,
    double evalue,
    double qvalue) {
  /** The target as it is aligned: itself or its reverse complement. */
  public Motif orientedTarget() {
    return orientation == Strand.FORWARD ? target : target.reverseComplement();
  }
}
