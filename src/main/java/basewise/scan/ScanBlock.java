package basewise.scan;

import basewise.genome.SequenceBlock;
import basewise.scan.kernel.BlockCodes;
import java.util.Arrays;

/** A block with what is made of its codes once for all motifs. */
final class ScanBlock {
  private final SequenceBlock block;
  private final BlockCodes codes = new BlockCodes();

  /** Starts and ends of the stretches without N, in turn; {@link #runs} of them. */
  private int[] runs = new int[64];

  private int size;

  ScanBlock(int capacity) {
    this(new SequenceBlock(capacity));
  }

  ScanBlock(SequenceBlock empty) {
    block = empty;
  }

  /** Takes up what the block was filled with. */
  ScanBlock filled() {
    codes.set(block.codes(), block.length(), block.startLimit());
    size = WindowCounts.runs(block, this);
    return this;
  }

  SequenceBlock block() {
    return block;
  }

  BlockCodes codes() {
    return codes;
  }

  int runs() {
    return size;
  }

  int start(int run) {
    return runs[2 * run];
  }

  int end(int run) {
    return runs[2 * run + 1];
  }

  void run(int i, int start, int end) {
    if (2 * i == runs.length) {
      runs = Arrays.copyOf(runs, 4 * i);
    }
    runs[2 * i] = start;
    runs[2 * i + 1] = end;
  }
}
