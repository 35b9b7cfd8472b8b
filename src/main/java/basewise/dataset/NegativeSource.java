package basewise.dataset;

/** Where negatives come from when none are given. */
public enum NegativeSource {
  /** Genome windows when there is a genome, else shuffles. */
  AUTO,
  /** Dinucleotide shuffles of the positives. */
  SHUFFLE,
  /** Windows of the genome away from the peaks, matched in GC and N. */
  GENOME
}
