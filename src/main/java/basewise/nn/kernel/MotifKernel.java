package basewise.nn.kernel;

/**
 * A one-hot convolution of DNA as look-ups of base pairs, with shared filters for both strands.
 *
 * <p>A filter of width k scores the window that starts at p as the sum over j of w[j][code[p+j]]; N
 * adds nothing. The reverse strand's score of the same window is that of the filter's reverse
 * complement: the sum over j of w[k-1-j][3-code[p+j]]. Two neighbouring bases share one table row,
 * and rows are added in ascending j. Both implementations add the same numbers in the same order,
 * one filter per lane, so their results are equal bit for bit on every vector width.
 */
public abstract sealed class MotifKernel permits ScalarMotifKernel, VectorMotifKernel {
  /** Rows of a table of pairs: codes 0-4 twice. */
  static final int ROWS = 25;

  /** A place that does not exist, where a sequence is shorter than the filter. */
  public static final int NOWHERE = -1;

  final int filters;
  final int width;
  final boolean bothStrands;

  MotifKernel(int filters, int width, boolean bothStrands) {
    this.filters = filters;
    this.width = width;
    this.bothStrands = bothStrands;
  }

  /**
   * The fastest kernel of this machine.
   *
   * @param weights [filters][width][4], flat; not kept
   */
  public static MotifKernel of(float[] weights, int filters, int width, boolean bothStrands) {
    return new VectorMotifKernel(weights, filters, width, bothStrands);
  }

  /** The plain loops that define what a kernel computes. */
  public static MotifKernel scalar(float[] weights, int filters, int width, boolean bothStrands) {
    return new ScalarMotifKernel(weights, filters, width, bothStrands);
  }

  /** How many windows a sequence of {@code length} bases has; 0 if it is too short. */
  public final int positions(int length) {
    return Math.max(0, length - width + 1);
  }

  /**
   * Prepares codes[offset, offset+length) for this kernel's other methods.
   *
   * @param rows the buffer to fill, at least length + 1 long
   */
  public abstract void prepare(byte[] codes, int offset, int length, int[] rows);

  /**
   * The best window of each filter among those that start at [from, to), over the strands. Of equal
   * scores the first position wins, and there the forward strand.
   *
   * @param rows from {@link #prepare}
   * @param value [at + filter] best score; negative infinity if from = to
   * @param site [at + filter] 2 * position + (0 forward, 1 reverse), or {@link #NOWHERE}
   */
  public abstract void best(int[] rows, int from, int to, float[] value, int[] site, int at);

  /**
   * The scores of all windows.
   *
   * @param rows from {@link #prepare}
   * @param forward [position * filters + filter], position in [0, positions)
   * @param reverse the same for the reverse strand; untouched if this kernel has one strand
   */
  public abstract void map(int[] rows, int positions, float[] forward, float[] reverse);

  /**
   * The scores of all windows on the strand as given, begun at a value per filter.
   *
   * @param rows from {@link #prepare}
   * @param start [filters]
   * @param out [position][filters] from {@code at} on is overwritten
   */
  public abstract void map(int[] rows, int positions, float[] start, float[] out, int at);

  /** The weight of filter f at window column j for a code on the reverse strand. */
  public static float reverse(float[] weights, int f, int width, int j, int code) {
    return code > 3 ? 0f : weights[(f * width + width - 1 - j) * 4 + 3 - code];
  }

  /** The weight of filter f at window column j for a code on the forward strand. */
  public static float forward(float[] weights, int f, int width, int j, int code) {
    return code > 3 ? 0f : weights[(f * width + j) * 4 + code];
  }
}
