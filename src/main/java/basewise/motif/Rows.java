package basewise.motif;

/** What the matrix stages share: rows of four numbers. */
final class Rows {
  private Rows() {}

  static double[][] copy(double[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("a motif has at least one column");
    }
    double[][] out = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != 4) {
        throw new IllegalArgumentException("expected 4 numbers (A C G T), found " + rows[i].length);
      }
      out[i] = rows[i].clone();
    }
    return out;
  }

  static double[][] reverseComplement(double[][] rows) {
    double[][] out = new double[rows.length][4];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < 4; c++) {
        out[rows.length - 1 - i][3 - c] = rows[i][c];
      }
    }
    return out;
  }
}
