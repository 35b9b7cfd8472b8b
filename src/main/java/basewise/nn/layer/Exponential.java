package basewise.nn.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** exp(x), which DL4J does not have as an activation: whoever loads it needs this class. */
public final class Exponential extends BaseActivationFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public INDArray getActivation(INDArray in, boolean training) {
    return Transforms.exp(in, false);
  }

  @Override
  @SuppressWarnings("NullAway") // DL4J's contract: null is "no parameters of its own"
  public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
    return new Pair<>(Transforms.exp(in, true).muli(epsilon), null);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Exponential;
  }

  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public String toString() {
    return "exponential";
  }
}
