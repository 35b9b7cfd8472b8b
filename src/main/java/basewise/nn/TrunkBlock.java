package basewise.nn;

/**
 * One step of a trunk: a convolution that keeps the length (zeros beyond the ends), batch norm if
 * asked for, ReLU, the block's input added if asked for, and a maximum over windows of positions.
 *
 * @param filters of the convolution
 * @param width positions per filter, odd
 * @param dilation positions from one column of a filter to the next
 * @param norm whether batch norm follows the convolution
 * @param residual whether the block's input is added to what ReLU gives
 * @param pool positions per window of the maximum, which do not overlap; 1 is none
 */
public record TrunkBlock(
    int filters, int width, int dilation, boolean norm, boolean residual, int pool) {
  /** Checks the numbers. */
  public TrunkBlock {
    if (filters < 1 || width < 1 || width % 2 == 0 || dilation < 1 || pool < 1) {
      throw new IllegalArgumentException(
          "filters %d, width %d, dilation %d, pool %d".formatted(filters, width, dilation, pool));
    }
  }

  /** Convolution, batch norm, ReLU, maximum. */
  static TrunkBlock pooled(int filters, int width, int pool) {
    return new TrunkBlock(filters, width, 1, true, false, pool);
  }

  /** Zeros read beyond each end. */
  public int padding() {
    return dilation * (width - 1) / 2;
  }
}
