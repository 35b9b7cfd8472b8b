package basewise.attribution;

/** What a sequence is compared with; N wherever the sequence is N. */
public enum Reference {
  /** Nothing: four zeros everywhere. */
  ZERO,
  /** A quarter of each base. */
  UNIFORM,
  /** The frequencies that the sequence's own share of G and C gives. */
  GC,
  /** A dinucleotide shuffle of the sequence. */
  SHUFFLE,
  /** Sequences that a person gave; each is compared with each, and the scores are averaged. */
  FILE
}
