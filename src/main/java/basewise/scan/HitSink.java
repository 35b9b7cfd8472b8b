package basewise.scan;

import basewise.scan.device.SumTally;
import org.jspecify.annotations.Nullable;

/**
 * Where hits go: prepared by the threads that find them, then written in the order of the
 * sequences.
 *
 * @param <T> what is prepared, such as formatted rows
 */
public interface HitSink<T> {
  /** Whether {@link #prepare} needs hits sorted by start, motif and strand. */
  default boolean ordered() {
    return true;
  }

  /** The number of the first block it wants; those before are read and not scanned. */
  default long firstBlock() {
    return 0;
  }

  /** Whether the numbers of blocks must mean the same in the next run. */
  default boolean numbered() {
    return false;
  }

  /**
   * Takes how often each sum occurs in place of hits, or null if it must have hits. A scan that
   * tells it by sums neither prepares nor writes.
   */
  default @Nullable SumTally tally() {
    return null;
  }

  /** Called for each block, empty ones too, by several threads at once, in no particular order. */
  T prepare(HitBlock hits);

  /** Called for what was prepared, one at a time, in the order of the blocks. */
  void write(T prepared);
}
