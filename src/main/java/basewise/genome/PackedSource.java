package basewise.genome;

/**
 * Sequences as packed bases, block by block, in order: what a {@link BlockSource} has, for who
 * needs no codes. Each base is taken from one of both.
 */
@FunctionalInterface
public interface PackedSource {
  /**
   * Decides what comes next; {@link PackedBlock#read} reads it. Safe from several threads.
   *
   * @return whether there was anything left
   */
  boolean next(PackedBlock block);
}
