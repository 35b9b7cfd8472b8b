package basewise.genome;

/**
 * How sequences become blocks.
 *
 * @param overlap bases that blocks share where they cut a sequence: one less than the widest window
 * @param skipMasked whether soft-masked (lower-case) bases become N
 * @param distinctNames whether two contigs of one name are a mistake, as they are in a genome
 * @param threads how many threads inflate bgzip ahead of the scan
 */
public record BlockOptions(int overlap, boolean skipMasked, boolean distinctNames, int threads) {
  /** The most threads that inflate unless told otherwise: more than a scan can use. */
  private static final int MOST_THREADS = 4;

  /** Refuses what cannot be. */
  public BlockOptions {
    if (overlap < 0 || threads < 1) {
      throw new IllegalArgumentException("not options: overlap " + overlap + ", " + threads);
    }
  }

  /**
   * Lower case counts, names are distinct, and as many threads as there are processors, up to 4.
   */
  public static BlockOptions overlap(int overlap) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new BlockOptions(overlap, false, true, Math.min(MOST_THREADS, processors));
  }

  /** With soft-masked bases as N, or not. */
  public BlockOptions withSkipMasked(boolean skip) {
    return new BlockOptions(overlap, skip, distinctNames, threads);
  }

  /** With two contigs of one name refused, or not. */
  public BlockOptions withDistinctNames(boolean distinct) {
    return new BlockOptions(overlap, skipMasked, distinct, threads);
  }

  /** With a number of threads to inflate bgzip. */
  public BlockOptions withThreads(int n) {
    return new BlockOptions(overlap, skipMasked, distinctNames, n);
  }
}
