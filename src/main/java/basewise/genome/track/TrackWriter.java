package basewise.genome.track;

/** A file of numbers along a genome, written run by run. It appears when it is committed. */
public interface TrackWriter extends AutoCloseable {
  /**
   * A run of bases that share a value; runs come in the order of the contigs and of places, and do
   * not overlap.
   *
   * @param start 0-based
   * @param end one past its last base
   */
  void run(String contig, long start, long end, float value);

  /** Called now and then, when what has come may go to the file. */
  default void flush() {}

  /** Gives the file its name. */
  void commit();

  @Override
  void close();
}
