package basewise.scan;

import basewise.genome.BlockSource;
import org.jspecify.annotations.Nullable;

/** Where the threads of a scan get their blocks. */
interface ScanBlocks {
  /**
   * The next block.
   *
   * @param spare may be filled and given back
   */
  @Nullable ScanBlock next(ScanBlock spare);

  /** Blocks as they are read. */
  static ScanBlocks of(BlockSource source) {
    return spare -> source.next(spare.block()) ? spare.filled() : null;
  }
}
