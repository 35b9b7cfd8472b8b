package basewise.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * A matrix that is multiplied from the right many times, copied once to where it is read in order:
 * [panel][row][columns of the panel], panels as wide as two vectors, or as one at the end. The
 * other matrix is read where it lies. An element of the product is one chain of fused multiply-adds
 * over the rows in ascending order.
 */
public final class Panels {
  static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  static final int V = S.length();

  /** Rows that are summed at once. */
  static final int TILE = 6;

  /** Columns of a panel. */
  static final int PANEL = 2 * V;

  /** Rows of a panel that are read at a time: 24 KiB with vectors of 64 bytes. */
  private static final int DEPTH = 192;

  /**
   * The same where what is read and written is in the third-level cache: a panel is then read from
   * the second, and C is written once (measured: a tenth less time).
   */
  private static final int DEEP = 320;

  /** Half a vector, for a last panel of no more columns. */
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Math.max(64, S.vectorBitSize() / 2)));

  private static final int H = HALF.length();

  private static final float[] ZEROS = new float[PANEL];

  private final int rows;
  private final int columns;
  private final float[] values;

  /** Room for a matrix; {@link #put} fills it. */
  Panels(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    values = new float[rows * padded(columns)];
  }

  /** Columns with those that fill up the last vector. */
  static int padded(int columns) {
    return (columns + V - 1) / V * V;
  }

  /** Columns of the panel that begins at a column. */
  private int width(int column) {
    int left = columns - column;
    return left > V ? PANEL : left > H ? V : H;
  }

  /** Rows with those that fill up the last tile. */
  static int tiled(int rows) {
    return (rows + TILE - 1) / TILE * TILE;
  }

  /** A copy of a matrix. */
  public static Panels of(Matrix matrix) {
    Panels out = new Panels(matrix.rows(), matrix.columns());
    float[] row = new float[matrix.columns()];
    for (int i = 0; i < matrix.rows(); i++) {
      int from = matrix.offset() + i * matrix.rowStep();
      for (int j = 0; j < row.length; j++) {
        row[j] = matrix.values()[from + j * matrix.columnStep()];
      }
      out.put(i, row, 0);
    }
    return out;
  }

  /** Sets row {@code row}. */
  void put(int row, float[] x, int from) {
    for (int j = 0; j < columns; j += PANEL) {
      int width = width(j);
      int n = Math.min(width, columns - j);
      System.arraycopy(x, from + j, values, j * rows + row * width, n);
    }
  }

  /**
   * C = A times some rows of this, or C plus that.
   *
   * @param c its columns must lie side by side, as many as this has
   * @param a its columns must lie side by side, one for each row of this that is used
   * @param first of the rows used
   */
  public void multiply(Matrix c, Matrix a, int first, boolean add) {
    int k = a.columns();
    int m = a.rows();
    if (c.rows() != m || c.columns() != columns || first < 0 || first + k > rows) {
      throw new IllegalArgumentException(
          "%d x %d = %d x %d times rows from %d of %d x %d"
              .formatted(c.rows(), c.columns(), m, k, first, rows, columns));
    }
    int parts = (k + DEPTH - 1) / DEPTH;
    int depth = (k + parts - 1) / parts;
    int whole = m / TILE * TILE;
    float[] some = new float[whole < m ? TILE * depth : 0];
    float[] edge = new float[TILE * PANEL];
    for (int p = 0; p < k; p += depth) {
      int n = Math.min(depth, k - p);
      boolean more = add || p > 0;
      for (int r = whole; r < m; r++) {
        int from = a.offset() + r * a.rowStep() + p;
        System.arraycopy(a.values(), from, some, (r - whole) * n, n);
      }
      for (int j = 0; j < columns; j += PANEL) {
        int width = width(j);
        int wanted = Math.min(width, columns - j);
        int from = j * rows + (first + p) * width;
        for (int i = 0; i < m; i += TILE) {
          int at = a.offset() + i * a.rowStep() + p;
          int to = c.offset() + i * c.rowStep() + j;
          boolean last = i == whole;
          float[] x = last ? some : a.values();
          int lead = last ? n : a.rowStep();
          if (!last && wanted == width) {
            tile(n, width, x, at, lead, values, from, more, c.values(), to, c.rowStep());
            continue;
          }
          int rowsLeft = Math.min(TILE, m - i);
          for (int r = 0; more && r < rowsLeft; r++) {
            System.arraycopy(c.values(), to + r * c.rowStep(), edge, r * width, wanted);
          }
          tile(n, width, x, last ? 0 : at, lead, values, from, more, edge, 0, width);
          for (int r = 0; r < rowsLeft; r++) {
            System.arraycopy(edge, r * width, c.values(), to + r * c.rowStep(), wanted);
          }
        }
      }
    }
  }

  /**
   * C = A times this, both filled up.
   *
   * @param m rows of A, filled up to a multiple of {@link #TILE}
   * @param a rows from {@code at}, {@code lead} apart
   * @param c rows from {@code to}, {@code cLead} apart, of {@link #padded} columns
   */
  void multiply(int m, float[] a, int at, int lead, float[] c, int to, int cLead) {
    int parts = (rows + DEEP - 1) / DEEP;
    int depth = (rows + parts - 1) / parts;
    for (int p = 0; p < rows; p += depth) {
      int k = Math.min(depth, rows - p);
      for (int j = 0; j < columns; j += PANEL) {
        int width = width(j);
        int b = j * rows + p * width;
        for (int i = 0; i < m; i += TILE) {
          int out = to + i * cLead + j;
          tile(k, width, a, at + i * lead + p, lead, values, b, p > 0, c, out, cLead);
        }
      }
    }
  }

  /** Sets TILE rows of C, or adds to them, by A times a panel. */
  static void tile(
      int k,
      int width,
      float[] a,
      int at,
      int lead,
      float[] b,
      int from,
      boolean add,
      float[] c,
      int to,
      int cLead) {
    float[] start = add ? c : ZEROS;
    int startAt = add ? to : 0;
    int startLead = add ? cLead : 0;
    if (width == PANEL) {
      wide(k, a, at, lead, b, from, start, startAt, startLead, c, to, cLead);
    } else if (width == V) {
      narrow(k, a, at, lead, b, from, start, startAt, startLead, c, to, cLead);
    } else {
      half(k, a, at, lead, b, from, start, startAt, startLead, c, to, cLead);
    }
  }

  private static void wide(
      int k,
      float[] a,
      int at,
      int lead,
      float[] b,
      int from,
      float[] s,
      int sAt,
      int sLead,
      float[] c,
      int to,
      int cLead) {
    FloatVector l0 = FloatVector.fromArray(S, s, sAt);
    FloatVector r0 = FloatVector.fromArray(S, s, sAt + V);
    FloatVector l1 = FloatVector.fromArray(S, s, sAt + sLead);
    FloatVector r1 = FloatVector.fromArray(S, s, sAt + sLead + V);
    FloatVector l2 = FloatVector.fromArray(S, s, sAt + 2 * sLead);
    FloatVector r2 = FloatVector.fromArray(S, s, sAt + 2 * sLead + V);
    FloatVector l3 = FloatVector.fromArray(S, s, sAt + 3 * sLead);
    FloatVector r3 = FloatVector.fromArray(S, s, sAt + 3 * sLead + V);
    FloatVector l4 = FloatVector.fromArray(S, s, sAt + 4 * sLead);
    FloatVector r4 = FloatVector.fromArray(S, s, sAt + 4 * sLead + V);
    FloatVector l5 = FloatVector.fromArray(S, s, sAt + 5 * sLead);
    FloatVector r5 = FloatVector.fromArray(S, s, sAt + 5 * sLead + V);
    int a1 = at + lead;
    int a2 = a1 + lead;
    int a3 = a2 + lead;
    int a4 = a3 + lead;
    int a5 = a4 + lead;
    for (int p = 0; p < k; p++) {
      FloatVector left = FloatVector.fromArray(S, b, from + p * PANEL);
      FloatVector right = FloatVector.fromArray(S, b, from + p * PANEL + V);
      FloatVector x = FloatVector.broadcast(S, a[at + p]);
      l0 = x.fma(left, l0);
      r0 = x.fma(right, r0);
      x = FloatVector.broadcast(S, a[a1 + p]);
      l1 = x.fma(left, l1);
      r1 = x.fma(right, r1);
      x = FloatVector.broadcast(S, a[a2 + p]);
      l2 = x.fma(left, l2);
      r2 = x.fma(right, r2);
      x = FloatVector.broadcast(S, a[a3 + p]);
      l3 = x.fma(left, l3);
      r3 = x.fma(right, r3);
      x = FloatVector.broadcast(S, a[a4 + p]);
      l4 = x.fma(left, l4);
      r4 = x.fma(right, r4);
      x = FloatVector.broadcast(S, a[a5 + p]);
      l5 = x.fma(left, l5);
      r5 = x.fma(right, r5);
    }
    l0.intoArray(c, to);
    r0.intoArray(c, to + V);
    l1.intoArray(c, to + cLead);
    r1.intoArray(c, to + cLead + V);
    l2.intoArray(c, to + 2 * cLead);
    r2.intoArray(c, to + 2 * cLead + V);
    l3.intoArray(c, to + 3 * cLead);
    r3.intoArray(c, to + 3 * cLead + V);
    l4.intoArray(c, to + 4 * cLead);
    r4.intoArray(c, to + 4 * cLead + V);
    l5.intoArray(c, to + 5 * cLead);
    r5.intoArray(c, to + 5 * cLead + V);
  }

  private static void narrow(
      int k,
      float[] a,
      int at,
      int lead,
      float[] b,
      int from,
      float[] s,
      int sAt,
      int sLead,
      float[] c,
      int to,
      int cLead) {
    FloatVector s0 = FloatVector.fromArray(S, s, sAt);
    FloatVector s1 = FloatVector.fromArray(S, s, sAt + sLead);
    FloatVector s2 = FloatVector.fromArray(S, s, sAt + 2 * sLead);
    FloatVector s3 = FloatVector.fromArray(S, s, sAt + 3 * sLead);
    FloatVector s4 = FloatVector.fromArray(S, s, sAt + 4 * sLead);
    FloatVector s5 = FloatVector.fromArray(S, s, sAt + 5 * sLead);
    int a1 = at + lead;
    int a2 = a1 + lead;
    int a3 = a2 + lead;
    int a4 = a3 + lead;
    int a5 = a4 + lead;
    for (int p = 0; p < k; p++) {
      FloatVector y = FloatVector.fromArray(S, b, from + p * V);
      s0 = FloatVector.broadcast(S, a[at + p]).fma(y, s0);
      s1 = FloatVector.broadcast(S, a[a1 + p]).fma(y, s1);
      s2 = FloatVector.broadcast(S, a[a2 + p]).fma(y, s2);
      s3 = FloatVector.broadcast(S, a[a3 + p]).fma(y, s3);
      s4 = FloatVector.broadcast(S, a[a4 + p]).fma(y, s4);
      s5 = FloatVector.broadcast(S, a[a5 + p]).fma(y, s5);
    }
    s0.intoArray(c, to);
    s1.intoArray(c, to + cLead);
    s2.intoArray(c, to + 2 * cLead);
    s3.intoArray(c, to + 3 * cLead);
    s4.intoArray(c, to + 4 * cLead);
    s5.intoArray(c, to + 5 * cLead);
  }

  /** The same with half a vector of columns. */
  private static void half(
      int k,
      float[] a,
      int at,
      int lead,
      float[] b,
      int from,
      float[] s,
      int sAt,
      int sLead,
      float[] c,
      int to,
      int cLead) {
    FloatVector s0 = FloatVector.fromArray(HALF, s, sAt);
    FloatVector s1 = FloatVector.fromArray(HALF, s, sAt + sLead);
    FloatVector s2 = FloatVector.fromArray(HALF, s, sAt + 2 * sLead);
    FloatVector s3 = FloatVector.fromArray(HALF, s, sAt + 3 * sLead);
    FloatVector s4 = FloatVector.fromArray(HALF, s, sAt + 4 * sLead);
    FloatVector s5 = FloatVector.fromArray(HALF, s, sAt + 5 * sLead);
    int a1 = at + lead;
    int a2 = a1 + lead;
    int a3 = a2 + lead;
    int a4 = a3 + lead;
    int a5 = a4 + lead;
    for (int p = 0; p < k; p++) {
      FloatVector y = FloatVector.fromArray(HALF, b, from + p * H);
      s0 = FloatVector.broadcast(HALF, a[at + p]).fma(y, s0);
      s1 = FloatVector.broadcast(HALF, a[a1 + p]).fma(y, s1);
      s2 = FloatVector.broadcast(HALF, a[a2 + p]).fma(y, s2);
      s3 = FloatVector.broadcast(HALF, a[a3 + p]).fma(y, s3);
      s4 = FloatVector.broadcast(HALF, a[a4 + p]).fma(y, s4);
      s5 = FloatVector.broadcast(HALF, a[a5 + p]).fma(y, s5);
    }
    s0.intoArray(c, to);
    s1.intoArray(c, to + cLead);
    s2.intoArray(c, to + 2 * cLead);
    s3.intoArray(c, to + 3 * cLead);
    s4.intoArray(c, to + 4 * cLead);
    s5.intoArray(c, to + 5 * cLead);
  }
}
