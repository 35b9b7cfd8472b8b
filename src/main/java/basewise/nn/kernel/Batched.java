package basewise.nn.kernel;

/**
 * Where the positions of several sequences lie in one array [row][channels]: a gap of zero rows,
 * then each sequence followed by such a gap. A convolution as wide as the gaps allow may then read
 * all windows of all sequences as one matrix.
 *
 * @param length positions per sequence
 * @param gap rows of zeros around sequences
 */
public record Batched(int length, int gap) {
  /** Rows from one sequence to the next. */
  public int stride() {
    return length + gap;
  }

  /** Rows of an array for {@code n} sequences. */
  public int rows(int n) {
    return gap + n * stride();
  }

  /** The row of a sequence's first position. */
  public int row(int sequence) {
    return gap + sequence * stride();
  }
}
