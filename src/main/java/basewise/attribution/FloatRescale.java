package basewise.attribution;

import basewise.nn.kernel.ActivationFunction;
import basewise.nn.kernel.Points;
import basewise.nn.network.FloatPass;
import basewise.nn.network.Operation;
import basewise.nn.network.Precision;

/**
 * {@link RescaleRule} in floats, for several references at once: input 0 is compared with each of
 * the others.
 */
final class FloatRescale implements FloatPass.Rule {
  private static final float LEAST = (float) Precision.FLOAT32.smallestDifference();

  @Override
  public void activation(Operation.Activation operation, FloatPass.Place here) {
    int size = here.node().shape().size();
    float[] a = here.read()[0];
    float[] y = here.given();
    float[] out = here.out();
    float[] in = here.in()[0];
    for (int item = here.first(); item < here.end(); item++) {
      int r = item * size;
      if (operation.function().kind() == ActivationFunction.Kind.RELU) {
        Points.rescaleRelu(size, a, y, 0, r, LEAST, out, in);
        continue;
      }
      for (int i = 0; i < size; i++) {
        if (out[r + i] != 0) {
          double dx = (double) a[i] - a[r + i];
          double quotient =
              Math.abs(dx) < LEAST
                  ? operation.function().derivative(a[r + i])
                  : ((double) y[i] - y[r + i]) / dx;
          in[r + i] += (float) (out[r + i] * quotient);
        }
      }
    }
  }

  @Override
  public void choice(Operation.Choice operation, FloatPass.Place here) {
    int size = here.node().shape().size();
    int read = here.node().inputShapes().getFirst().size();
    float[][] routed = new float[here.in().length][read];
    for (int item = here.first(); item < here.end(); item++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int o = 0; o < size; o++) {
          int r = item * size + o;
          float v = here.out()[r];
          if (v != 0) {
            int k = here.input(operation, o);
            int at = here.place(operation, o);
            int referenceK = here.input(operation, r);
            int referenceAt = here.place(operation, r) - item * read;
            if (pass == 0) {
              float y = here.given()[o];
              float yr = here.given()[r];
              float max = Math.max(y, yr);
              routed[k][at] += v * (max - yr);
              routed[referenceK][referenceAt] += v * (y - max);
            } else { // where windows overlap all routes to an input are added before
              divide(routed[k], at, here, k, item * read);
              divide(routed[referenceK], referenceAt, here, referenceK, item * read);
            }
          }
        }
      }
    }
  }

  /** A route is never wider than the difference of its input: where that is 0, so is it. */
  private static void divide(float[] routed, int at, FloatPass.Place here, int k, int reference) {
    float v = routed[at];
    if (v != 0) {
      float[] x = here.read()[k];
      here.in()[k][reference + at] += v / (x[at] - x[reference + at]);
      routed[at] = 0;
    }
  }
}
