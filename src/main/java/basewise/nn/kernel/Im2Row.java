package basewise.nn.kernel;

import java.util.Arrays;

/**
 * The windows of a convolution over values [length][channels], one per row (im2row), and their sum
 * back. Column j * channels + c of row p is the value of channel c at position p * stride + j *
 * dilation - left; positions beyond the ends are zeros.
 *
 * @param left zeros before the first position
 * @param right zeros after the last
 */
public record Im2Row(
    int length, int channels, int width, int stride, int dilation, int left, int right) {
  /** Checks the numbers. */
  public Im2Row {
    if (length < 1
        || channels < 1
        || width < 1
        || stride < 1
        || dilation < 1
        || left < 0
        || right < 0
        || left + length + right < (width - 1) * dilation + 1) {
      throw new IllegalArgumentException(
          "windows of %d, stride %d, dilation %d, over %d x %d with %d and %d zeros"
              .formatted(width, stride, dilation, length, channels, left, right));
    }
  }

  /** How many windows. */
  public int positions() {
    return (left + length + right - (width - 1) * dilation - 1) / stride + 1;
  }

  /** Numbers in a window. */
  public int columns() {
    return width * channels;
  }

  /**
   * Copies all windows.
   *
   * @param x values from {@code at}
   * @param rows [positions][columns] from {@code to}
   */
  public void gather(float[] x, int at, float[] rows, int to) {
    for (int p = 0; p < positions(); p++) {
      for (int j = 0; j < width; ) {
        int n = together(p, j);
        int from = place(p, j);
        int row = to + p * columns() + j * channels;
        if (from < 0 || from >= length) {
          Arrays.fill(rows, row, row + n * channels, 0);
        } else {
          System.arraycopy(x, at + from * channels, rows, row, n * channels);
        }
        j += n;
      }
    }
  }

  /** Adds every number of the windows to the value it came from: the transpose of the copy. */
  public void addBack(float[] rows, int from, float[] x, int at) {
    for (int p = 0; p < positions(); p++) {
      for (int j = 0; j < width; ) {
        int n = together(p, j);
        int to = place(p, j);
        if (to >= 0 && to < length) {
          int row = from + p * columns() + j * channels;
          Rows.add(n * channels, x, at + to * channels, rows, row, 1);
        }
        j += n;
      }
    }
  }

  private int place(int p, int j) {
    return p * stride + j * dilation - left;
  }

  /** How many columns from j on lie side by side and on the same side of both ends. */
  private int together(int p, int j) {
    if (dilation > 1) {
      return 1;
    }
    int at = place(p, j);
    int end = at < 0 ? 0 : at < length ? length : Integer.MAX_VALUE;
    return Math.min(width - j, end - at);
  }
}
