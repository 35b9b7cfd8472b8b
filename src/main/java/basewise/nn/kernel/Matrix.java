package basewise.nn.kernel;

import java.util.Objects;

/**
 * A matrix as a view of an array: element (i, j) is values[offset + i * rowStep + j * columnStep].
 * Rows may overlap where it is only read, so the windows of a convolution need no copy: the windows
 * of {@code width} positions of values [length][channels] are a matrix whose rows are width *
 * channels long and begin channels apart.
 *
 * @param values not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a view; never compared
public record Matrix(
    float[] values, int offset, int rows, int columns, int rowStep, int columnStep) {
  /** Checks that every element is in the array. */
  public Matrix {
    if (rows < 0 || columns < 0 || rowStep < 0 || columnStep < 0) {
      throw new IllegalArgumentException(
          "%d x %d, steps %d and %d".formatted(rows, columns, rowStep, columnStep));
    }
    if (rows > 0 && columns > 0) {
      Objects.checkIndex(offset, values.length);
      long last = offset + (rows - 1L) * rowStep + (columns - 1L) * columnStep;
      Objects.checkIndex(last, (long) values.length);
    }
  }

  /** A whole array, [rows][columns]. */
  public static Matrix of(float[] values, int rows, int columns) {
    return new Matrix(values, 0, rows, columns, columns, 1);
  }

  /** Rows of an array that begin {@code lead} apart, the first at {@code offset}. */
  public static Matrix rows(float[] values, int offset, int rows, int columns, int lead) {
    return new Matrix(values, offset, rows, columns, lead, 1);
  }

  /** The same numbers with rows and columns exchanged. */
  public Matrix transposed() {
    return new Matrix(values, offset, columns, rows, columnStep, rowStep);
  }
}
