package basewise.nn.kernel;

import java.util.Arrays;

/** {@link SameConvolution} of one-hot DNA, by look-ups of pairs of bases; no dilation. */
public final class DnaConvolution {
  private final MotifKernel kernel;
  private final float[] bias;
  private final int padding;

  /**
   * Prepares it.
   *
   * @param width odd
   * @param weights [width][4][filters]
   * @param bias [filters]; not copied
   */
  public DnaConvolution(int width, float[] weights, float[] bias) {
    this.bias = bias;
    int filters = bias.length;
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
   * @param codes base codes 0-4; 4 is four zeros, as is what lies beyond the ends
   * @param y [codes.length][filters] from {@code at} on is overwritten
   */
  public void forward(byte[] codes, float[] y, int at) {
    byte[] padded = new byte[codes.length + 2 * padding];
    Arrays.fill(padded, (byte) 4);
    System.arraycopy(codes, 0, padded, padding, codes.length);
    int[] rows = new int[padded.length + 1];
    kernel.prepare(padded, 0, padded.length, rows);
    kernel.map(rows, codes.length, bias, y, at);
  }
}
