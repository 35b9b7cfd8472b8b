package basewise.scan.kernel;

/**
 * One orientation of a motif: read along the forward strand, whole numbers, with its cutoff.
 *
 * @param id 2 * motif + strand
 * @param cells [width][4], each 0 to 1000
 * @param cutoff the smallest sum that is a hit
 */
public record OrientedMatrix(int id, int[][] cells, int cutoff) {
  /** Number of columns. */
  public int width() {
    return cells.length;
  }

  /** The largest sum there is. */
  public int maximum() {
    int sum = 0;
    for (int[] r : cells) {
      sum += Math.max(Math.max(r[0], r[1]), Math.max(r[2], r[3]));
    }
    return sum;
  }
}
