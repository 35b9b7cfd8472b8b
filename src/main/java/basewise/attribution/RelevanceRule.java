package basewise.attribution;

import basewise.nn.network.AveragePool;
import basewise.nn.network.Operation;
import basewise.nn.network.Softmax;
import java.util.Arrays;

/**
 * Layer-wise relevance propagation: what an operation was given is handed on to what it read.
 * Linear maps with weights take the step of the plan; sums and averages split by signed
 * contributions; the winner of a maximum takes all; a function of one number passes relevance as it
 * is. For one sequence: it counts what is not handed on.
 */
final class RelevanceRule implements PropagationRule {
  private final RelevancePlan plan;
  private final double[] kept;
  private final double[] lost;

  /**
   * A rule for one walk.
   *
   * @param nodes how many the network has
   */
  RelevanceRule(RelevancePlan plan, int nodes) {
    this.plan = plan;
    kept = new double[nodes];
    lost = new double[nodes];
  }

  /** The relevance that each node did not hand on: constants and stabilisers keep it. */
  double[] kept() {
    return kept.clone();
  }

  /** What each node neither handed on nor kept: rounding, or a mistake. */
  double[] lost() {
    return lost.clone();
  }

  @Override
  public boolean needsReference() {
    return false;
  }

  @Override
  public void linear(Operation.Linear operation, double[] out, Local here, double[][] in) {
    double before = sum(in);
    handOn(operation, out, here, in);
    lost[here.node()] = sum(out) - kept[here.node()] - (sum(in) - before);
  }

  private void handOn(Operation.Linear operation, double[] out, Local here, double[][] in) {
    RelevanceLayer layer = plan.layer(here.node());
    if (layer != null) {
      kept[here.node()] +=
          plan.step(here.node()).back(layer, here.inputs()[0], here.output(), out, in[0]);
      return;
    }
    switch (operation) {
      case Operation.Add _, AveragePool _ -> split(operation, out, here, in);
      case Operation.BatchNorm _ -> add(out, in[0]); // folded into what is before it
      default -> operation.transpose(out, in, here.shapes());
    }
  }

  /** By signed contributions, over the output plus epsilon of its sign. */
  private void split(Operation.Linear operation, double[] out, Local here, double[][] in) {
    double[] z = here.output();
    double epsilon = RelevanceStep.stabiliser(plan.share(), z);
    double[] factors = new double[z.length];
    for (int o = 0; o < z.length; o++) {
      double whole = z[o] + (z[o] < 0 ? -epsilon : epsilon);
      factors[o] = whole == 0 ? 0 : out[o] / whole;
      kept[here.node()] += whole == 0 ? out[o] : factors[o] * (whole - z[o]);
    }
    double[][] back = Arrays.stream(in).map(x -> new double[x.length]).toArray(double[][]::new);
    operation.transpose(factors, back, here.shapes());
    for (int k = 0; k < in.length; k++) {
      for (int i = 0; i < in[k].length; i++) {
        in[k][i] += here.inputs()[k][i] * back[k][i];
      }
    }
  }

  @Override
  public void activation(Operation.Activation operation, double[] out, Local here, double[] in) {
    add(out, in);
  }

  @Override
  public void choice(Operation.Choice operation, double[] out, Local here, double[][] in) {
    int[] chosen = operation.chosen(here.inputs(), here.shapes());
    int n = in[0].length;
    for (int o = 0; o < out.length; o++) {
      in[chosen[o] / n][chosen[o] % n] += out[o];
    }
  }

  @Override
  public void softmax(Softmax operation, double[] out, Local here, double[] in) {
    throw new IllegalStateException("the plan refuses it");
  }

  private static double sum(double[]... all) {
    double sum = 0;
    for (double[] x : all) {
      for (double v : x) {
        sum += v;
      }
    }
    return sum;
  }

  private static void add(double[] out, double[] in) {
    for (int i = 0; i < out.length; i++) {
      in[i] += out[i];
    }
  }
}
