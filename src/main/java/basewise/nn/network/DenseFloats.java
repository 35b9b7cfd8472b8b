package basewise.nn.network;

import basewise.nn.kernel.Matrix;
import basewise.nn.kernel.Panels;

/** A dense layer's weights, copied for products from both sides; safe to share. */
final class DenseFloats {
  private final int inputs;
  private final int outputs;
  private final float[] bias;
  private final Panels weights;
  private final Panels turned;

  DenseFloats(Operation.Dense dense) {
    outputs = dense.bias().length;
    inputs = dense.weights().length / outputs;
    bias = dense.bias();
    Matrix matrix = Matrix.of(dense.weights(), inputs, outputs);
    weights = Panels.of(matrix);
    turned = Panels.of(matrix.transposed());
  }

  /** y = bias + x W for inputs [first, first + n); x is [input][inputs], y [input][outputs]. */
  void forward(float[] x, int first, int n, float[] y) {
    for (int i = first; i < first + n; i++) {
      System.arraycopy(bias, 0, y, i * outputs, outputs);
    }
    weights.multiply(
        Matrix.rows(y, first * outputs, n, outputs, outputs),
        Matrix.rows(x, first * inputs, n, inputs, inputs),
        0,
        true);
  }

  /** in += out times the transpose of W, for inputs [first, first + n). */
  void back(float[] out, int first, int n, float[] in) {
    Matrix y = Matrix.rows(out, first * outputs, n, outputs, outputs);
    Matrix x = Matrix.rows(in, first * inputs, n, inputs, inputs);
    turned.multiply(x, y, 0, true);
  }

  /** The weights of forward products. */
  Panels weights() {
    return weights;
  }
}
