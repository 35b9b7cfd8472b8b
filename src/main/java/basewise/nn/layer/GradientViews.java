package basewise.nn.layer;

import java.util.Map;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradients of a layer's parameters, where DL4J wants them: in views of one flat array. */
final class GradientViews {
  private GradientViews() {}

  /** Writes a parameter's gradient, in C order, into its view, and names it in {@code gradient}. */
  static void put(Gradient gradient, Map<String, INDArray> views, String name, float[] values) {
    INDArray view = views.get(name);
    if (view == null) {
      throw new IllegalStateException("no gradient view for " + name);
    }
    Floats.into(values, view);
    gradient.gradientForVariable().put(name, view);
  }
}
