package basewise.scan;

import basewise.genome.BlockSource;
import basewise.sequence.NamedSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sequences cut into blocks and encoded once, for those who scan them again and again: 2.4 bytes of
 * memory a base. Safe to share between threads and scans.
 */
public final class PreparedSequences {
  private final List<ScanBlock> blocks = new ArrayList<>();
  private final int widest;
  private final long bases;

  private PreparedSequences(int widest, long bases) {
    this.widest = widest;
    this.bases = bases;
  }

  /**
   * Prepares sequences.
   *
   * @param widest the most columns of a motif they can be scanned with; blocks share one base less
   */
  public static PreparedSequences of(List<NamedSequence> sequences, int widest) {
    BlockSource source = BlockSource.of(sequences, widest - 1);
    PreparedSequences prepared = new PreparedSequences(widest, source.bases());
    while (true) {
      ScanBlock block = new ScanBlock(Scanner.BLOCK);
      if (!source.next(block.block())) {
        return prepared;
      }
      block.filled().codes().prepared();
      prepared.blocks.add(block);
    }
  }

  /** The most columns of a motif they can be scanned with. */
  public int widest() {
    return widest;
  }

  /** How many bases there are. */
  public long bases() {
    return bases;
  }

  /** Hands them out, each once. */
  ScanBlocks blocks() {
    AtomicInteger next = new AtomicInteger();
    return spare -> {
      int i = next.getAndIncrement();
      return i < blocks.size() ? blocks.get(i) : null;
    };
  }
}
