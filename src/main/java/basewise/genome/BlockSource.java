package basewise.genome;

import basewise.sequence.NamedSequence;
import java.util.List;

/** Sequences, block by block, in order. */
public interface BlockSource extends AutoCloseable {
  /**
   * Blocks of sequences held in memory.
   *
   * @param overlap bases that blocks share where they cut a sequence: one less than the widest
   *     window
   */
  static BlockSource of(List<NamedSequence> sequences, int overlap) {
    return new MemoryBlocks(sequences, overlap);
  }

  /**
   * Fills a block with what comes next. Safe from several threads: blocks are numbered in the order
   * of the sequences.
   *
   * @return whether there was anything left
   * @throws basewise.io.InputException if the file cannot be read or is not what it says
   */
  boolean next(SequenceBlock block);

  /**
   * How many bases there are in all, if that is known without reading them, else -1; for progress
   * only.
   */
  long bases();

  @Override
  void close();
}
