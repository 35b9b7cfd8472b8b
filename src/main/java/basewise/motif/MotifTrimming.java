package basewise.motif;

/** Cuts the ends of a motif that say nothing. */
public final class MotifTrimming {
  /** Ends below this many bits are cut, unless said otherwise. */
  public static final double DEFAULT_BITS = 0.25;

  private MotifTrimming() {}

  /**
   * The columns [start, end) between the outermost ones that hold at least some information.
   *
   * @param bits least information content of an end column against {@code background}, in bits
   * @return {start, end}; start = end if no column holds as much
   */
  public static int[] core(ProbabilityMatrix matrix, double bits, Background background) {
    int start = 0;
    int end = matrix.width();
    while (start < end && matrix.informationContent(start, background) < bits) {
      start++;
    }
    while (end > start && matrix.informationContent(end - 1, background) < bits) {
      end--;
    }
    return new int[] {start, end};
  }

  /** The motif's columns [start, end); sites, E-value and notes stay. */
  public static Motif slice(Motif motif, int start, int end) {
    CountMatrix counts = motif.counts();
    return new Motif(
        motif.id(),
        motif.name(),
        motif.probabilities().slice(start, end),
        motif.sites(),
        motif.evalue(),
        counts == null ? null : counts.slice(start, end),
        motif.notes());
  }
}
