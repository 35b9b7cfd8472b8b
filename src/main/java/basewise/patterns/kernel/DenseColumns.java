package basewise.patterns.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Columns of numbers of which few are 0, cut into tiles of rows: sums of weighted columns, as many
 * rows at a time as fit into registers. Sums do not depend on the width of vectors.
 */
public final class DenseColumns {
  private static final int LANES = PlainJaccard.ALWAYS ? 8 : ByVectors.SPECIES.length();

  /** Rows of a tile, a power of two. */
  public static final int TILE = 8 * LANES;

  /** So few numbers are added up before vectors would be compiled: by plain loops. */
  private static final int FEW = 1 << 20;

  private final int columns;
  private final float[] numbers;

  /** Columns of zeros. */
  public DenseColumns(int columns, int rows) {
    this.columns = columns;
    numbers = new float[Math.multiplyExact(Math.multiplyExact(tiles(rows), TILE), columns)];
  }

  private static int tiles(int rows) {
    return (rows + TILE - 1) / TILE;
  }

  /** As many numbers as sums of columns of {@code rows} rows need: no less, and whole tiles. */
  public static int room(int rows) {
    return tiles(rows) * TILE;
  }

  /** How many tiles there are of {@code rows} rows. */
  public static int count(int rows) {
    return tiles(rows);
  }

  /** Sets one number. */
  public void set(int column, int row, float value) {
    numbers[(row / TILE * columns + column) * TILE + row % TILE] = value;
  }

  /**
   * Adds weighted columns, one after the other, in the rows of a tile.
   *
   * @param column the first {@code count} of these are added
   * @param weight theirs
   * @param sums those of the tile's rows begin at {@code at}
   */
  public void add(int tile, int[] column, float[] weight, int count, float[] sums, int at) {
    if (PlainJaccard.ALWAYS || numbers.length <= FEW) {
      addPlainly(tile, column, weight, count, sums, at);
    } else {
      addVectors(tile, column, weight, count, sums, at);
    }
  }

  void addVectors(int tile, int[] column, float[] weight, int count, float[] sums, int at) {
    ByVectors.add(numbers, tile * columns * TILE, column, weight, count, sums, at);
  }

  /** The definition. */
  void addPlainly(int tile, int[] column, float[] weight, int count, float[] sums, int at) {
    for (int i = 0; i < count; i++) {
      add(numbers, (tile * columns + column[i]) * TILE, weight[i], sums, at);
    }
  }

  private static void add(float[] numbers, int from, float weight, float[] sums, int at) {
    for (int k = 0; k < TILE; k++) {
      sums[at + k] += numbers[from + k] * weight;
    }
  }

  /** Apart, so that who needs no vectors prepares none. */
  private static final class ByVectors {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static void add(
        float[] numbers, int begin, int[] column, float[] weight, int count, float[] sums, int at) {
      FloatVector a = FloatVector.fromArray(SPECIES, sums, at);
      FloatVector b = FloatVector.fromArray(SPECIES, sums, at + LANES);
      FloatVector c = FloatVector.fromArray(SPECIES, sums, at + 2 * LANES);
      FloatVector d = FloatVector.fromArray(SPECIES, sums, at + 3 * LANES);
      FloatVector e = FloatVector.fromArray(SPECIES, sums, at + 4 * LANES);
      FloatVector f = FloatVector.fromArray(SPECIES, sums, at + 5 * LANES);
      FloatVector g = FloatVector.fromArray(SPECIES, sums, at + 6 * LANES);
      FloatVector h = FloatVector.fromArray(SPECIES, sums, at + 7 * LANES);
      for (int i = 0; i < count; i++) {
        int p = begin + column[i] * TILE;
        FloatVector w = FloatVector.broadcast(SPECIES, weight[i]);
        a = a.add(FloatVector.fromArray(SPECIES, numbers, p).mul(w));
        b = b.add(FloatVector.fromArray(SPECIES, numbers, p + LANES).mul(w));
        c = c.add(FloatVector.fromArray(SPECIES, numbers, p + 2 * LANES).mul(w));
        d = d.add(FloatVector.fromArray(SPECIES, numbers, p + 3 * LANES).mul(w));
        e = e.add(FloatVector.fromArray(SPECIES, numbers, p + 4 * LANES).mul(w));
        f = f.add(FloatVector.fromArray(SPECIES, numbers, p + 5 * LANES).mul(w));
        g = g.add(FloatVector.fromArray(SPECIES, numbers, p + 6 * LANES).mul(w));
        h = h.add(FloatVector.fromArray(SPECIES, numbers, p + 7 * LANES).mul(w));
      }
      a.intoArray(sums, at);
      b.intoArray(sums, at + LANES);
      c.intoArray(sums, at + 2 * LANES);
      d.intoArray(sums, at + 3 * LANES);
      e.intoArray(sums, at + 4 * LANES);
      f.intoArray(sums, at + 5 * LANES);
      g.intoArray(sums, at + 6 * LANES);
      h.intoArray(sums, at + 7 * LANES);
    }
  }
}
