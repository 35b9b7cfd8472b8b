package basewise.scan.kernel;

import java.util.List;

/** The definition: every window of every matrix, column by column. */
public final class ScalarHitKernel implements HitKernel {
  private final List<OrientedMatrix> matrices;

  /** Takes any matrices. */
  public ScalarHitKernel(List<OrientedMatrix> matrices) {
    this.matrices = List.copyOf(matrices);
  }

  @Override
  public void scan(BlockCodes block, HitReceiver hits) {
    byte[] codes = block.codes();
    for (OrientedMatrix m : matrices) {
      int end = Math.min(block.startLimit(), block.length() - m.width() + 1);
      for (int p = 0; p < end; p++) {
        int sum = sum(m.cells(), codes, p);
        if (sum >= m.cutoff()) {
          hits.add(p, m.id(), sum);
        }
      }
    }
  }

  /** The sum of a window, or -1 if it holds an N. */
  static int sum(int[][] cells, byte[] codes, int start) {
    int sum = 0;
    for (int i = 0; i < cells.length; i++) {
      int c = codes[start + i];
      if (c > 3) {
        return -1;
      }
      sum += cells[i][c];
    }
    return sum;
  }

  @Override
  public String describe() {
    return matrices.size() + " by the plain loop";
  }
}
