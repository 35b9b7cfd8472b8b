package basewise.genome;

import basewise.sequence.NamedSequence;
import java.util.List;

/** Blocks of sequences held in memory. */
final class MemoryBlocks implements BlockSource {
  private final List<NamedSequence> sequences;
  private final int overlap;
  private int sequence;
  private int place;
  private long blocks;

  MemoryBlocks(List<NamedSequence> sequences, int overlap) {
    this.sequences = sequences;
    this.overlap = overlap;
  }

  @Override
  public synchronized boolean next(SequenceBlock block) {
    block.clear(blocks);
    while (sequence < sequences.size()) {
      NamedSequence s = sequences.get(sequence);
      int left = s.length() - place;
      int n = Math.min(left, block.room());
      boolean ends = n == left;
      if (!ends && n <= overlap) {
        if (block.pieces() == 0) {
          throw new IllegalArgumentException("a block is too small for an overlap of " + overlap);
        }
        break;
      }
      System.arraycopy(s.codes(), place, block.codes(), block.length(), n);
      block.add(s.id(), sequence, place, n, ends, overlap);
      if (!ends) {
        place += n - overlap;
        break;
      }
      sequence++;
      place = 0;
    }
    block.finish();
    if (block.pieces() > 0) {
      blocks++;
    }
    return block.pieces() > 0;
  }

  @Override
  public long bases() {
    return sequences.stream().mapToLong(NamedSequence::length).sum();
  }

  @Override
  public void close() {}
}
