package basewise.nn.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Loss of raw outputs: binary cross entropy of logits, exact however large they are, or half the
 * squared error. A mask of the labels' shape weighs each label; 0 is an unknown one. Goes with the
 * identity activation only.
 */
public final class LogitLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private boolean regression;

  /** Binary cross entropy; for DL4J's reader of configurations. */
  public LogitLoss() {}

  /** Half the squared error if {@code regression}, else binary cross entropy. */
  public LogitLoss(boolean regression) {
    this.regression = regression;
  }

  /** Whether this is half the squared error. */
  public boolean isRegression() {
    return regression;
  }

  /** Sets {@link #isRegression}; for DL4J's reader. */
  public void setRegression(boolean regression) {
    this.regression = regression;
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray output,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    double sum = 0;
    for (float x : terms(labels, output, activation, mask, false)) {
      sum += x;
    }
    return average ? sum / labels.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray output, IActivation activation, @Nullable INDArray mask) {
    float[] terms = terms(labels, output, activation, mask, false);
    int tasks = (int) labels.size(1);
    float[] perExample = new float[terms.length / tasks];
    for (int i = 0; i < terms.length; i++) {
      perExample[i / tasks] += terms[i];
    }
    return Nd4j.createFromArray(perExample).reshape(perExample.length, 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray output, IActivation activation, @Nullable INDArray mask) {
    INDArray gradient = Nd4j.createUninitialized(output.dataType(), output.shape(), 'c');
    Floats.into(terms(labels, output, activation, mask, true), gradient);
    return gradient;
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray output,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    return new Pair<>(
        computeScore(labels, output, activation, mask, average),
        computeGradient(labels, output, activation, mask));
  }

  private float[] terms(
      INDArray labels,
      INDArray output,
      IActivation activation,
      @Nullable INDArray mask,
      boolean gradient) {
    if (!(activation instanceof ActivationIdentity)) {
      throw new IllegalArgumentException("LogitLoss goes with the identity activation");
    }
    float[] y = Floats.of(labels);
    float[] z = Floats.of(output);
    float @Nullable [] weight = mask == null ? null : Floats.of(mask);
    float[] out = new float[y.length];
    for (int i = 0; i < out.length; i++) {
      float w =
          weight == null ? 1 : weight[weight.length == y.length ? i : i * weight.length / y.length];
      if (w != 0) {
        out[i] = w * (float) (gradient ? slope(z[i], y[i]) : loss(z[i], y[i]));
      }
    }
    return out;
  }

  private double loss(double z, double y) {
    if (regression) {
      return (z - y) * (z - y) / 2;
    }
    return Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)));
  }

  private double slope(double z, double y) {
    return regression ? z - y : sigmoid(z) - y;
  }

  /** 1 / (1 + exp(-z)), without overflow. */
  public static double sigmoid(double z) {
    double e = Math.exp(-Math.abs(z));
    return z >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  @Override
  public String name() {
    return toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LogitLoss o && o.regression == regression;
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(regression);
  }

  @Override
  public String toString() {
    return "LogitLoss(regression=" + regression + ")";
  }
}
