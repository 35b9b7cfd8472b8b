package basewise.scan.kernel;

import java.util.List;

/**
 * Every sum of every window, four columns a look-up: for matrices so broad that most filters would
 * let most windows pass.
 */
final class DenseHitKernel implements HitKernel {
  private static final int BASES = 4;
  private static final int SIZE = 1 << 2 * BASES;

  private final List<LossMatrix> matrices;

  /** [matrix][step * 256 + bases]: what four columns lose. */
  private final int[][] tables;

  DenseHitKernel(List<LossMatrix> matrices) {
    this.matrices = List.copyOf(matrices);
    tables = new int[matrices.size()][];
    for (int m = 0; m < tables.length; m++) {
      tables[m] = table(matrices.get(m));
    }
  }

  private static int[] table(LossMatrix matrix) {
    int steps = (matrix.width + BASES - 1) / BASES;
    int[] table = new int[steps * SIZE];
    for (int i = 0; i < matrix.width; i++) {
      for (int word = 0; word < SIZE; word++) {
        table[i / BASES * SIZE + word] += matrix.loss[i][word >> 2 * (i % BASES) & 3];
      }
    }
    return table;
  }

  @Override
  public void scan(BlockCodes block, HitReceiver hits) {
    PackedCodes p = block.packed();
    for (int m = 0; m < tables.length; m++) {
      LossMatrix matrix = matrices.get(m);
      int end = Math.min(block.startLimit(), block.length() - matrix.width + 1);
      for (int start = 0; start < end; start++) {
        int left = matrix.budget - loss(tables[m], p.bases, start);
        if (left >= 0 && p.known(start, matrix.width)) {
          matrix.report(start, matrix.cutoff + left, hits);
        }
      }
    }
  }

  private static int loss(int[] table, byte[] bases, int start) {
    int loss = 0;
    int inWord = PackedCodes.WINDOW / BASES * SIZE;
    for (int at = 0, p = start; at < table.length; p += PackedCodes.WINDOW / BASES * BASES) {
      long x = PackedCodes.from(bases, p);
      for (int end = Math.min(table.length, at + inWord); at < end; at += SIZE) {
        loss += table[at + ((int) x & SIZE - 1)];
        x >>>= 2 * BASES;
      }
    }
    return loss;
  }

  @Override
  public String describe() {
    return matrices.size() + " by sums of every window";
  }
}
