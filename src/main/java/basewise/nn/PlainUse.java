package basewise.nn;

import basewise.nn.layer.LogitLoss;
import basewise.nn.layer.MotifConvolutionLayer;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * What a graph of DL4J's own layers is for. One that is lent to other programs ends in
 * probabilities and drops nothing out; one that this program trains ends in raw outputs, with the
 * loss and the dropout of our own layers.
 *
 * @param learningRate of Adam
 */
record PlainUse(double learningRate, boolean training, long seed) {
  /** For other programs. */
  static PlainUse lent(double learningRate) {
    return new PlainUse(learningRate, false, 1);
  }

  /** For training here. */
  static PlainUse trained(double learningRate, long seed) {
    return new PlainUse(learningRate, true, seed);
  }

  /** What drops so many of the numbers that a layer reads, or null. */
  @Nullable IDropout dropout(double share) {
    return training && share > 0 ? new Dropout(1 - share) : null;
  }

  /** The last layer, but for its size. */
  OutputLayer.Builder output(Head head) {
    boolean regression = head == Head.REGRESSION;
    if (training) {
      return new OutputLayer.Builder(new LogitLoss(regression)).activation(Activation.IDENTITY);
    }
    return new OutputLayer.Builder(regression ? LossFunction.MSE : LossFunction.XENT)
        .activation(regression ? Activation.IDENTITY : Activation.SIGMOID);
  }

  /** A batch norm, folded: x times scale plus shift. */
  @SuppressWarnings("ArrayRecordComponent") // parameters; never compared
  record Norm(float[] scale, float[] shift) {}

  /** Folds a batch norm of DL4J's. */
  static Norm norm(ComputationGraph graph, String layer) {
    float[] gamma = ModelGraph.parameter(graph, layer, BatchNormalizationParamInitializer.GAMMA);
    float[] beta = ModelGraph.parameter(graph, layer, BatchNormalizationParamInitializer.BETA);
    float[] mean =
        ModelGraph.parameter(graph, layer, BatchNormalizationParamInitializer.GLOBAL_MEAN);
    float[] variance =
        ModelGraph.parameter(graph, layer, BatchNormalizationParamInitializer.GLOBAL_VAR);
    float[] scale = new float[gamma.length];
    float[] shift = new float[gamma.length];
    for (int f = 0; f < scale.length; f++) {
      scale[f] = gamma[f] * MotifConvolutionLayer.inverseDeviation(variance[f]);
      shift[f] = beta[f] - scale[f] * mean[f];
    }
    return new Norm(scale, shift);
  }
}
