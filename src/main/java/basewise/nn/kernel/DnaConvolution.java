package basewise.nn.kernel;

import java.util.Arrays;

/** {@link SameConvolution} of one-hot DNA on its own strand, by look-ups of pairs of bases. */
public final class DnaConvolution {
  private final MotifKernel kernel;
  private final float[] bias;
  private final int filters;
  private final int padding;

  /**
   * Prepares it.
   *
   * @param weights [width][4][filters]
   * @param bias [filters]
   * @param width odd
   */
  public DnaConvolution(float[] weights, float[] bias, int width) {
    this.bias = bias;
    filters = bias.length;
    padding = (width - 1) / 2;
    float[] turned = new float[weights.length];
    int row = 4 * width;
    for (int i = 0; i < row; i++) {
      for (int f = 0; f < filters; f++) {
        turned[f * row + i] = weights[i * filters + f];
      }
    }
    kernel = MotifKernel.of(turned, filters, width, false);
  }

  /**
   * Outputs of one sequence.
   *
   * @param codes base codes 0-4; 4 is four zeros, and so is what lies beyond the ends
   * @param y [codes.length][filters] from {@code at} on is overwritten
   */
  public void forward(byte[] codes, float[] y, int at) {
    int length = codes.length;
    byte[] padded = new byte[length + 2 * padding];
    Arrays.fill(padded, (byte) 4);
    System.arraycopy(codes, 0, padded, padding, length);
    int[] rows = new int[padded.length + 1];
    kernel.prepare(padded, 0, padded.length, rows);
    float[] scores = new float[length * filters];
    kernel.map(rows, length, scores, scores);
    for (int p = 0; p < length; p++) {
      int to = at + p * filters;
      for (int f = 0; f < filters; f++) {
        y[to + f] = scores[p * filters + f] + bias[f];
      }
    }
  }
}
