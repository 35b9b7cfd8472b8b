package basewise.nn.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of float matrices. An element of C is one chain of fused multiply-adds over the columns
 * of A in ascending order, begun at what C held (or 0): nothing else decides its last bit, neither
 * the width of vectors nor how many rows are multiplied at once nor zeros that are left out.
 *
 * <p>Panels of A and B are copied to where they are read in order: a panel of B of {@link #DEPTH}
 * rows stays in the first-level cache while a block of A passes, and tiles of {@value #TILE} rows
 * by two vectors are summed in registers. Of an A that is mostly zeros they are left out. One call
 * is one thread; threads belong above.
 */
public final class Gemm {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();

  /** Rows of a tile: with two vectors of columns, 12 sums fit the 16 registers of AVX2. */
  private static final int TILE = 6;

  /** Columns of a panel of B. */
  private static final int PANEL = 2 * V;

  /** Columns of A taken at a time: a panel of B is then no more than 24 KiB. */
  private static final int DEPTH = 192;

  /**
   * Rows of A taken at a time: a block of A is then at most 360 KiB, for the second-level cache.
   */
  private static final int ROWS = 80 * TILE;

  /** Up to so many rows of A are not worth a copy of B. */
  private static final int THIN = 3;

  private Gemm() {}

  /**
   * C = A B.
   *
   * @param c its columns must lie side by side, and its rows must not overlap
   * @throws IllegalArgumentException if shapes do not fit
   */
  public static void set(Matrix c, Matrix a, Matrix b) {
    check(c, a, b);
    for (int i = 0; i < c.rows(); i++) {
      int at = c.offset() + i * c.rowStep();
      Arrays.fill(c.values(), at, at + c.columns(), 0);
    }
    product(c, a, b);
  }

  /** C += A B; see {@link #set}. */
  public static void add(Matrix c, Matrix a, Matrix b) {
    check(c, a, b);
    product(c, a, b);
  }

  private static void check(Matrix c, Matrix a, Matrix b) {
    if (a.rows() != c.rows() || b.columns() != c.columns() || a.columns() != b.rows()) {
      throw new IllegalArgumentException(
          "%d x %d = %d x %d times %d x %d"
              .formatted(c.rows(), c.columns(), a.rows(), a.columns(), b.rows(), b.columns()));
    }
    boolean apart = c.rows() <= 1 || c.rowStep() >= c.columns();
    if (c.columns() > 1 && c.columnStep() != 1 || !apart) {
      throw new IllegalArgumentException(
          "a product into steps of %d and %d".formatted(c.rowStep(), c.columnStep()));
    }
  }

  private static void product(Matrix c, Matrix a, Matrix b) {
    if (c.rows() == 0 || c.columns() == 0 || a.columns() == 0) {
      return;
    }
    if (a.rows() <= THIN && b.columnStep() == 1) {
      for (int i = 0; i < a.rows(); i++) {
        thin(c, a, b, i);
      }
      return;
    }
    int filled = SparseRows.filled(a);
    if (SparseRows.suit(a, b, filled)) {
      SparseRows.add(c, a, filled, b);
      return;
    }
    int depth = Math.min(DEPTH, a.columns());
    int rows = Math.min(ROWS, (a.rows() + TILE - 1) / TILE * TILE);
    float[] block = new float[rows * depth];
    float[] panel = new float[PANEL * depth];
    float[] edge = new float[TILE * PANEL];
    for (int i = 0; i < a.rows(); i += ROWS) {
      int m = Math.min(ROWS, a.rows() - i);
      for (int p = 0; p < a.columns(); p += DEPTH) {
        int k = Math.min(DEPTH, a.columns() - p);
        packRows(a, i, m, p, k, block);
        for (int j = 0; j < b.columns(); j += PANEL) {
          int n = Math.min(PANEL, b.columns() - j);
          packColumns(b, p, k, j, n, panel);
          tiles(c, i, m, j, n, k, block, panel, edge);
        }
      }
    }
  }

  /** Copies rows [i, i+m) and columns [p, p+k) of A as [tile][column][row of the tile]. */
  private static void packRows(Matrix a, int i, int m, int p, int k, float[] block) {
    float[] x = a.values();
    int across = a.columnStep();
    int down = a.rowStep();
    for (int t = 0; t < m; t += TILE) {
      int to = t * k;
      int from = a.offset() + (i + t) * down + p * across;
      int rows = Math.min(TILE, m - t);
      if (rows == TILE) {
        for (int q = 0; q < k; q++) {
          int at = from + q * across;
          block[to] = x[at];
          block[to + 1] = x[at + down];
          block[to + 2] = x[at + 2 * down];
          block[to + 3] = x[at + 3 * down];
          block[to + 4] = x[at + 4 * down];
          block[to + 5] = x[at + 5 * down];
          to += TILE;
        }
      } else {
        for (int q = 0; q < k; q++) {
          for (int r = 0; r < TILE; r++) {
            block[to + r] = r < rows ? x[from + q * across + r * down] : 0;
          }
          to += TILE;
        }
      }
    }
  }

  /** Copies rows [p, p+k) and columns [j, j+n) of B as [row][{@link #width} of n]. */
  private static void packColumns(Matrix b, int p, int k, int j, int n, float[] panel) {
    float[] y = b.values();
    int width = width(n);
    int from = b.offset() + p * b.rowStep() + j * b.columnStep();
    if (b.columnStep() == 1) {
      for (int q = 0; q < k; q++) {
        int row = from + q * b.rowStep();
        int to = q * width;
        if (n == PANEL) {
          FloatVector.fromArray(S, y, row).intoArray(panel, to);
          FloatVector.fromArray(S, y, row + V).intoArray(panel, to + V);
        } else {
          System.arraycopy(y, row, panel, to, n);
          Arrays.fill(panel, to + n, to + width, 0);
        }
      }
      return;
    }
    for (int o = 0; o < width; o++) {
      int column = from + o * b.columnStep();
      for (int q = 0; q < k; q++) {
        panel[q * width + o] = o < n ? y[column + q * b.rowStep()] : 0;
      }
    }
  }

  /** The width a panel of n columns is filled up to: one vector or two. */
  private static int width(int n) {
    return n <= V ? V : PANEL;
  }

  private static void tiles(
      Matrix c, int i, int m, int j, int n, int k, float[] block, float[] panel, float[] edge) {
    int width = width(n);
    int lead = c.rowStep();
    for (int t = 0; t < m; t += TILE) {
      int at = c.offset() + (i + t) * lead + j;
      int rows = Math.min(TILE, m - t);
      if (rows == TILE && n == width) {
        tile(k, width, block, t * k, panel, c.values(), at, lead);
      } else {
        for (int r = 0; r < rows; r++) {
          System.arraycopy(c.values(), at + r * lead, edge, r * width, n);
        }
        tile(k, width, block, t * k, panel, edge, 0, width);
        for (int r = 0; r < rows; r++) {
          System.arraycopy(edge, r * width, c.values(), at + r * lead, n);
        }
      }
    }
  }

  private static void tile(
      int k, int width, float[] a, int i, float[] b, float[] c, int at, int lead) {
    if (width == PANEL) {
      wideTile(k, a, i, b, c, at, lead);
    } else {
      narrowTile(k, a, i, b, c, at, lead);
    }
  }

  /** Adds to TILE rows by two vectors of C, all sums in registers. */
  private static void wideTile(int k, float[] a, int i, float[] b, float[] c, int at, int lead) {
    int at1 = at + lead;
    int at2 = at1 + lead;
    int at3 = at2 + lead;
    int at4 = at3 + lead;
    int at5 = at4 + lead;
    FloatVector l0 = FloatVector.fromArray(S, c, at);
    FloatVector r0 = FloatVector.fromArray(S, c, at + V);
    FloatVector l1 = FloatVector.fromArray(S, c, at1);
    FloatVector r1 = FloatVector.fromArray(S, c, at1 + V);
    FloatVector l2 = FloatVector.fromArray(S, c, at2);
    FloatVector r2 = FloatVector.fromArray(S, c, at2 + V);
    FloatVector l3 = FloatVector.fromArray(S, c, at3);
    FloatVector r3 = FloatVector.fromArray(S, c, at3 + V);
    FloatVector l4 = FloatVector.fromArray(S, c, at4);
    FloatVector r4 = FloatVector.fromArray(S, c, at4 + V);
    FloatVector l5 = FloatVector.fromArray(S, c, at5);
    FloatVector r5 = FloatVector.fromArray(S, c, at5 + V);
    for (int p = 0; p < k; p++) {
      FloatVector left = FloatVector.fromArray(S, b, p * PANEL);
      FloatVector right = FloatVector.fromArray(S, b, p * PANEL + V);
      FloatVector x = FloatVector.broadcast(S, a[i + p * TILE]);
      l0 = x.fma(left, l0);
      r0 = x.fma(right, r0);
      x = FloatVector.broadcast(S, a[i + p * TILE + 1]);
      l1 = x.fma(left, l1);
      r1 = x.fma(right, r1);
      x = FloatVector.broadcast(S, a[i + p * TILE + 2]);
      l2 = x.fma(left, l2);
      r2 = x.fma(right, r2);
      x = FloatVector.broadcast(S, a[i + p * TILE + 3]);
      l3 = x.fma(left, l3);
      r3 = x.fma(right, r3);
      x = FloatVector.broadcast(S, a[i + p * TILE + 4]);
      l4 = x.fma(left, l4);
      r4 = x.fma(right, r4);
      x = FloatVector.broadcast(S, a[i + p * TILE + 5]);
      l5 = x.fma(left, l5);
      r5 = x.fma(right, r5);
    }
    l0.intoArray(c, at);
    r0.intoArray(c, at + V);
    l1.intoArray(c, at1);
    r1.intoArray(c, at1 + V);
    l2.intoArray(c, at2);
    r2.intoArray(c, at2 + V);
    l3.intoArray(c, at3);
    r3.intoArray(c, at3 + V);
    l4.intoArray(c, at4);
    r4.intoArray(c, at4 + V);
    l5.intoArray(c, at5);
    r5.intoArray(c, at5 + V);
  }

  /** Adds to TILE rows by one vector of C. */
  private static void narrowTile(int k, float[] a, int i, float[] b, float[] c, int at, int lead) {
    FloatVector s0 = FloatVector.fromArray(S, c, at);
    FloatVector s1 = FloatVector.fromArray(S, c, at + lead);
    FloatVector s2 = FloatVector.fromArray(S, c, at + 2 * lead);
    FloatVector s3 = FloatVector.fromArray(S, c, at + 3 * lead);
    FloatVector s4 = FloatVector.fromArray(S, c, at + 4 * lead);
    FloatVector s5 = FloatVector.fromArray(S, c, at + 5 * lead);
    for (int p = 0; p < k; p++) {
      FloatVector y = FloatVector.fromArray(S, b, p * V);
      s0 = FloatVector.broadcast(S, a[i + p * TILE]).fma(y, s0);
      s1 = FloatVector.broadcast(S, a[i + p * TILE + 1]).fma(y, s1);
      s2 = FloatVector.broadcast(S, a[i + p * TILE + 2]).fma(y, s2);
      s3 = FloatVector.broadcast(S, a[i + p * TILE + 3]).fma(y, s3);
      s4 = FloatVector.broadcast(S, a[i + p * TILE + 4]).fma(y, s4);
      s5 = FloatVector.broadcast(S, a[i + p * TILE + 5]).fma(y, s5);
    }
    s0.intoArray(c, at);
    s1.intoArray(c, at + lead);
    s2.intoArray(c, at + 2 * lead);
    s3.intoArray(c, at + 3 * lead);
    s4.intoArray(c, at + 4 * lead);
    s5.intoArray(c, at + 5 * lead);
  }

  /** Row i of C, four rows of B at a time and straight from B; zeros of A are left out. */
  private static void thin(Matrix c, Matrix a, Matrix b, int i) {
    float[] x = a.values();
    int from = a.offset() + i * a.rowStep();
    int at = c.offset() + i * c.rowStep();
    int p = 0;
    for (; p + 4 <= a.columns(); p += 4) {
      float x0 = x[from + p * a.columnStep()];
      float x1 = x[from + (p + 1) * a.columnStep()];
      float x2 = x[from + (p + 2) * a.columnStep()];
      float x3 = x[from + (p + 3) * a.columnStep()];
      if (x0 != 0 || x1 != 0 || x2 != 0 || x3 != 0) {
        Rows.add4(
            c.columns(),
            c.values(),
            at,
            b.values(),
            b.offset() + p * b.rowStep(),
            b.rowStep(),
            x0,
            x1,
            x2,
            x3);
      }
    }
    for (; p < a.columns(); p++) {
      float x0 = x[from + p * a.columnStep()];
      if (x0 != 0) {
        Rows.add(c.columns(), c.values(), at, b.values(), b.offset() + p * b.rowStep(), x0);
      }
    }
  }
}
