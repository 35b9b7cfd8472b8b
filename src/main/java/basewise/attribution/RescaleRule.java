package basewise.attribution;

import basewise.nn.kernel.Slopes;
import basewise.nn.network.Operation;
import basewise.nn.network.Softmax;

/**
 * DeepLIFT's Rescale rule (Shrikumar, Greenside and Kundaje 2017): a multiplier is the difference
 * of outputs over the difference of inputs, and the gradient at the reference where the inputs
 * differ too little to divide by.
 *
 * <p>At a maximum, with xmax the larger of the output and the reference's output, (xmax - reference
 * output) goes to the input that is the largest and (output - xmax) to the one that is the largest
 * of the reference. Where windows overlap these are added before they are divided by the difference
 * of the input, so the contributions sum to the difference of the outputs exactly.
 */
public record RescaleRule() implements PropagationRule {
  @Override
  public boolean needsReference() {
    return true;
  }

  @Override
  public void activation(Operation.Activation operation, double[] out, Local here, double[] in) {
    Slopes.rescale(
        out,
        here.inputs()[0],
        here.referenceInputs()[0],
        here.output(),
        here.referenceOutput(),
        here.precision().smallestDifference(),
        operation.function()::derivative,
        in);
  }

  @Override
  public void choice(Operation.Choice operation, double[] out, Local here, double[][] in) {
    double[][] routed = routes(operation, out, out, here);
    for (int k = 0; k < in.length; k++) {
      for (int i = 0; i < in[k].length; i++) {
        in[k][i] += routed[k][i];
      }
    }
  }

  /**
   * Multipliers of what a maximum reads.
   *
   * @param up multipliers of the outputs where they rise above the reference's
   * @param down where they fall
   */
  static double[][] routes(Operation.Choice operation, double[] up, double[] down, Local here) {
    double[][] x = here.inputs();
    double[][] r = here.referenceInputs();
    int[] best = operation.chosen(x, here.shapes());
    int[] referenceBest = operation.chosen(r, here.shapes());
    int n = x[0].length;
    double[][] routed = new double[x.length][n];
    for (int o = 0; o < up.length; o++) {
      if (up[o] != 0 || down[o] != 0) {
        double y = here.output()[o];
        double yr = here.referenceOutput()[o];
        double max = Math.max(y, yr);
        routed[best[o] / n][best[o] % n] += up[o] * (max - yr);
        routed[referenceBest[o] / n][referenceBest[o] % n] += down[o] * (y - max);
      }
    }
    for (int k = 0; k < routed.length; k++) {
      for (int i = 0; i < n; i++) {
        // A route is never wider than the difference of its input: where that is 0, so is it.
        if (routed[k][i] != 0) {
          routed[k][i] /= x[k][i] - r[k][i];
        }
      }
    }
    return routed;
  }

  /** Not defined: DeepLIFT explains what a softmax reads. */
  @Override
  public void softmax(Softmax operation, double[] out, Local here, double[] in) {
    throw new UnsupportedOperationException("DeepLIFT through a softmax");
  }
}
