package basewise.nn;

import basewise.nn.kernel.FilterActivation;
import basewise.nn.layer.MotifConvolution;
import basewise.nn.layer.MotifConvolutionLayer;
import basewise.nn.layer.ShapedParameters;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;

/** A {@code motif} network as a DL4J graph, and the way back to plain numbers. */
final class MotifGraph {
  static final String MOTIFS = "motifs";

  /** The running variance that makes batch norm's divisor exactly 1. */
  static final float UNIT_VARIANCE = 1 - MotifConvolutionLayer.EPSILON;

  private MotifGraph() {}

  /** A new graph, its parameters not yet set. */
  static ComputationGraph create(
      MotifArchitecture a, int width, int tasks, double learningRate, long seed) {
    int units = a.windows(width) * a.filters();
    GraphBuilder g =
        ModelGraph.begin(learningRate, seed)
            .addLayer(
                MOTIFS,
                new MotifConvolution.Builder()
                    .filterWidth(a.filterWidth())
                    .nOut(a.filters())
                    .bothStrands(a.strands() == Strands.BOTH)
                    .pool(a.pool())
                    .filterActivation(a.activation())
                    .dropout(a.dropout(), seed)
                    .activation(Activation.IDENTITY)
                    .weightDecay(a.weightDecay())
                    .build(),
                ModelGraph.INPUT)
            .addLayer(
                ModelGraph.HIDDEN,
                new DenseLayer.Builder()
                    .nIn(units)
                    .nOut(a.hidden())
                    .activation(Activation.RELU)
                    .weightDecay(a.weightDecay())
                    .build(),
                MOTIFS);
    ModelGraph.end(g, a, a.hidden(), tasks, ModelGraph.HIDDEN);
    ComputationGraph graph =
        new ComputationGraph(g.setInputTypes(InputType.feedForward(width)).build());
    graph.init();
    return graph;
  }

  /** A graph that holds a model: batch norm stays folded, its statistics are 0 and 1. */
  static ComputationGraph of(MotifModel model, double learningRate, long seed) {
    MotifArchitecture a = model.architecture();
    ComputationGraph graph = create(a, model.width(), model.tasks().size(), learningRate, seed);
    FilterBank bank = model.filters();
    float[] one = new float[a.filters()];
    Arrays.fill(one, UNIT_VARIANCE);
    ModelGraph.set(graph, MOTIFS, ShapedParameters.WEIGHT, bank.weights());
    ModelGraph.set(graph, MOTIFS, ShapedParameters.BIAS, bank.bias());
    ModelGraph.set(graph, MOTIFS, ShapedParameters.SCALE, bank.scale());
    ModelGraph.set(graph, MOTIFS, ShapedParameters.SHIFT, bank.shift());
    ModelGraph.set(graph, MOTIFS, ShapedParameters.MEAN, new float[a.filters()]);
    ModelGraph.set(graph, MOTIFS, ShapedParameters.VARIANCE, one);
    ModelGraph.setDense(graph, ModelGraph.HIDDEN, model.hidden());
    ModelGraph.setDense(graph, ModelGraph.OUTPUT, model.output());
    return graph;
  }

  /** The parameters as a model, batch norm folded. */
  static MotifModel toModel(
      ComputationGraph graph, MotifArchitecture a, int width, List<String> tasks) {
    return new MotifModel(
        a,
        width,
        tasks,
        filters(graph, a),
        ModelGraph.dense(graph, ModelGraph.HIDDEN),
        ModelGraph.dense(graph, ModelGraph.OUTPUT));
  }

  private static FilterBank filters(ComputationGraph graph, MotifArchitecture a) {
    float[] gamma = ModelGraph.parameter(graph, MOTIFS, ShapedParameters.SCALE);
    float[] beta = ModelGraph.parameter(graph, MOTIFS, ShapedParameters.SHIFT);
    float[] mean = ModelGraph.parameter(graph, MOTIFS, ShapedParameters.MEAN);
    float[] variance = ModelGraph.parameter(graph, MOTIFS, ShapedParameters.VARIANCE);
    float[] scale = new float[gamma.length];
    float[] shift = new float[gamma.length];
    for (int f = 0; f < gamma.length; f++) {
      scale[f] = Math.abs(gamma[f]) * MotifConvolutionLayer.inverseDeviation(variance[f]);
      shift[f] = beta[f] - scale[f] * mean[f];
    }
    FilterActivation activation = a.activation();
    return new FilterBank(
        a.filters(),
        a.filterWidth(),
        a.strands(),
        activation,
        ModelGraph.parameter(graph, MOTIFS, ShapedParameters.WEIGHT),
        ModelGraph.parameter(graph, MOTIFS, ShapedParameters.BIAS),
        scale,
        shift);
  }
}
