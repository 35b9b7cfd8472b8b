package basewise.attribution;

/** What occlusion puts into its window. */
public enum Replacement {
  /** Four zeros. */
  N,
  /** A dinucleotide shuffle of the sequence, there. */
  SHUFFLE,
  /** The sequence's own frequencies of the bases. */
  MEAN
}
