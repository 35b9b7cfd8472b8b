package basewise.motif;

import java.util.Arrays;

/**
 * A PSSM in whole numbers, as FIMO scans with it: each cell is {@code round((x - offset) * scale)},
 * half away from zero, with {@code offset = floor(min)} and {@code scale = floor(1000 / (max -
 * offset))} over all cells of the matrix, so that a column adds 0 to 1000 and a window's score is
 * an exact sum. Where all cells are equal, {@code offset = floor(max - 1)}.
 *
 * <p>Source: MEME Suite 5.4.0, scale_pssm.
 */
public final class ScaledMatrix {
  /** The largest cell. */
  public static final int RANGE = 1000;

  /** FIMO's pseudocount: this many counts spread as the background. */
  public static final double FIMO_PSEUDOCOUNT = 0.1;

  /** How many sites a motif is taken to be made of where it does not say. */
  public static final double FIMO_SITES = 20;

  private final int[][] cells;
  private final double scale;
  private final double offset;

  private ScaledMatrix(int[][] cells, double scale, double offset) {
    this.cells = cells;
    this.scale = scale;
    this.offset = offset;
  }

  /**
   * FIMO's matrix of a motif.
   *
   * @param pseudocount counts added, above 0, spread as the background
   * @param background frequencies, none of them 0, already {@link Background#smoothed}
   */
  public static ScaledMatrix of(Motif motif, double pseudocount, Background background) {
    if (!(pseudocount > 0)) {
      throw new IllegalArgumentException("the pseudocount must be above 0: " + pseudocount);
    }
    return of(
        motif.probabilities().toScores(motif.sites().orElse(FIMO_SITES), pseudocount, background));
  }

  /** Finite scores as whole numbers. */
  public static ScaledMatrix of(ScoreMatrix scores) {
    double[][] x = scores.toArray();
    double min = Arrays.stream(x).flatMapToDouble(Arrays::stream).min().orElseThrow();
    double max = Arrays.stream(x).flatMapToDouble(Arrays::stream).max().orElseThrow();
    if (!(min > Double.NEGATIVE_INFINITY && max < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("scores must be finite: a pseudocount makes them so");
    }
    double offset = Math.floor(min == max ? max - 1 : min);
    double scale = Math.floor(RANGE / (max - offset));
    int[][] cells = new int[x.length][4];
    for (int i = 0; i < x.length; i++) {
      for (int c = 0; c < 4; c++) {
        cells[i][c] = (int) Math.floor((x[i][c] - offset) * scale + 0.5);
      }
    }
    return new ScaledMatrix(cells, scale, offset);
  }

  /** Number of columns of the motif. */
  public int width() {
    return cells.length;
  }

  /** The cell of a base code 0-3 at a position. */
  public int at(int position, int code) {
    return cells[position][code];
  }

  /** A copy, [width][4]. */
  public int[][] toArray() {
    return Arrays.stream(cells).map(int[]::clone).toArray(int[][]::new);
  }

  /** Scores the other strand when read along the forward strand; same scale and offset. */
  public ScaledMatrix reverseComplement() {
    int w = cells.length;
    int[][] other = new int[w][4];
    for (int i = 0; i < w; i++) {
      for (int c = 0; c < 4; c++) {
        other[w - 1 - i][3 - c] = cells[i][c];
      }
    }
    return new ScaledMatrix(other, scale, offset);
  }

  /**
   * The sum over codes[start, start + width), or -1 if one of them is no base. This plain loop is
   * the definition that every scanner must equal.
   */
  public int sum(byte[] codes, int start) {
    int sum = 0;
    for (int i = 0; i < cells.length; i++) {
      byte c = codes[start + i];
      if (c > 3) {
        return -1;
      }
      sum += cells[i][c];
    }
    return sum;
  }

  /** The largest sum a window can have. */
  public int maximum() {
    int sum = 0;
    for (int i = 0; i < cells.length; i++) {
      sum += best(i);
    }
    return sum;
  }

  /** The largest cell at a position. */
  int best(int position) {
    int[] r = cells[position];
    return Math.max(Math.max(r[0], r[1]), Math.max(r[2], r[3]));
  }

  /** The smallest sum a window can have. */
  public int minimum() {
    int sum = 0;
    for (int[] r : cells) {
      sum += Math.min(Math.min(r[0], r[1]), Math.min(r[2], r[3]));
    }
    return sum;
  }

  /** A sum as a score in bits. */
  public double bits(int sum) {
    return sum / scale + cells.length * offset;
  }

  /** The smallest sum whose score in bits is not below some bits; may lie outside all sums. */
  public int sumOf(double bits) {
    int sum =
        (int)
            Math.max(
                minimum() - 1.0,
                Math.min(maximum() + 2.0, Math.floor((bits - cells.length * offset) * scale) - 1));
    while (sum <= maximum() && bits(sum) < bits) {
      sum++;
    }
    return sum;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ScaledMatrix m
        && scale == m.scale
        && offset == m.offset
        && Arrays.deepEquals(cells, m.cells);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(cells);
  }
}
