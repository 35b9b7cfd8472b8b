package basewise.attribution;

/** What stands where a player of LIME, KernelSHAP or Shapley sampling is absent. */
public enum Absent {
  /** The letters of a dinucleotide shuffle of the sequence. */
  SHUFFLE,
  /** The letters of the reference that was chosen. */
  REFERENCE
}
