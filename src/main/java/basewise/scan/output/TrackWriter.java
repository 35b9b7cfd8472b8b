package basewise.scan.output;

/** Where the runs of a {@link BaseTrack} go. */
interface TrackWriter extends AutoCloseable {
  /**
   * A run of bases that share a value other than 0; runs come in order and do not overlap.
   *
   * @param hundredths the value times 100
   */
  void run(String contig, long start, long end, int hundredths);

  /** Called after each block. */
  default void flush() {}

  /** Gives the file its name. */
  void commit();

  @Override
  void close();
}
