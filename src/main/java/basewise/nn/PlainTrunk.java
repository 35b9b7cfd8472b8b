package basewise.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The other face of a {@code basset} or {@code dilated} network: DL4J's own layers with the same
 * parameters. It is the oracle of the fast face, and what another DL4J program loads and trains.
 *
 * <p>Input: {@code forward}, the one-hot sequence as an image one wide, [n, 4, length, 1] in the
 * order A, C, G, T with N as four zeros. The output is a probability per task, or a number for a
 * regression.
 */
final class PlainTrunk {
  private PlainTrunk() {}

  /** The plain face of a model; {@code learningRate} is for those who train it further. */
  static ComputationGraph of(TrunkModel model, double learningRate) {
    ComputationGraph graph =
        create(
            model.architecture(), model.width(), model.tasks().size(), PlainUse.lent(learningRate));
    set(graph, model);
    return graph;
  }

  /** Writes a model's parameters into a plain graph of its shape. */
  static void set(ComputationGraph graph, TrunkModel model) {
    TrunkArchitecture a = model.architecture();
    for (int i = 0; i < a.blocks().size(); i++) {
      TrunkBlock shape = a.blocks().get(i);
      TrunkModel.Block b = model.blocks().get(i);
      String conv = TrunkGraph.block(i);
      ModelGraph.set(
          graph,
          conv,
          DefaultParamInitializer.WEIGHT_KEY,
          filterMajor(b.weights(), a.channels(i), shape));
      ModelGraph.set(graph, conv, DefaultParamInitializer.BIAS_KEY, b.bias());
      if (shape.norm()) {
        float[] one = new float[shape.filters()];
        Arrays.fill(one, MotifGraph.UNIT_VARIANCE);
        setNorm(graph, norm(i), b.scale(), b.shift(), new float[one.length], one);
      }
    }
    @Nullable Dense hidden = model.hidden();
    Dense above = hidden == null ? model.output() : hidden;
    Dense moved = a.average() ? above : channelMajor(above, a.blocks().getLast().filters());
    ModelGraph.setDense(graph, hidden == null ? ModelGraph.OUTPUT : ModelGraph.HIDDEN, moved);
    if (hidden != null) {
      ModelGraph.setDense(graph, ModelGraph.OUTPUT, model.output());
    }
  }

  /** The parameters as a model, batch norm folded. */
  static TrunkModel toModel(
      ComputationGraph graph, TrunkArchitecture a, int width, List<String> tasks) {
    List<TrunkModel.Block> blocks = new ArrayList<>();
    for (int i = 0; i < a.blocks().size(); i++) {
      TrunkBlock shape = a.blocks().get(i);
      String conv = TrunkGraph.block(i);
      float[] scale = new float[shape.filters()];
      Arrays.fill(scale, 1);
      PlainUse.Norm norm =
          shape.norm()
              ? PlainUse.norm(graph, norm(i))
              : new PlainUse.Norm(scale, new float[scale.length]);
      float[] theirs = ModelGraph.parameter(graph, conv, DefaultParamInitializer.WEIGHT_KEY);
      blocks.add(
          new TrunkModel.Block(
              filterMinor(theirs, a.channels(i), shape),
              ModelGraph.parameter(graph, conv, DefaultParamInitializer.BIAS_KEY),
              norm.scale(),
              norm.shift()));
    }
    String above = a.hidden() > 0 ? ModelGraph.HIDDEN : ModelGraph.OUTPUT;
    Dense first = ModelGraph.dense(graph, above);
    Dense moved = a.average() ? first : channelMinor(first, a.blocks().getLast().filters());
    return new TrunkModel(
        a,
        width,
        tasks,
        blocks,
        a.hidden() > 0 ? moved : null,
        a.hidden() > 0 ? ModelGraph.dense(graph, ModelGraph.OUTPUT) : moved);
  }

  /** The way back of {@link #filterMajor}. */
  private static float[] filterMinor(float[] theirs, int channels, TrunkBlock shape) {
    float[] out = new float[theirs.length];
    for (int j = 0; j < shape.width(); j++) {
      for (int c = 0; c < channels; c++) {
        for (int f = 0; f < shape.filters(); f++) {
          out[(j * channels + c) * shape.filters() + f] =
              theirs[(f * channels + c) * shape.width() + j];
        }
      }
    }
    return out;
  }

  /** The way back of {@link #channelMajor}: the same with the two changed about. */
  private static Dense channelMinor(Dense dense, int channels) {
    return channelMajor(dense, dense.in() / channels);
  }

  /** The name of the batch norm of block {@code i}, from 0. */
  static String norm(int i) {
    return "norm" + (i + 1);
  }

  static void setNorm(
      ComputationGraph graph,
      String layer,
      float[] scale,
      float[] shift,
      float[] mean,
      float[] variance) {
    ModelGraph.set(graph, layer, BatchNormalizationParamInitializer.GAMMA, scale);
    ModelGraph.set(graph, layer, BatchNormalizationParamInitializer.BETA, shift);
    ModelGraph.set(graph, layer, BatchNormalizationParamInitializer.GLOBAL_MEAN, mean);
    ModelGraph.set(graph, layer, BatchNormalizationParamInitializer.GLOBAL_VAR, variance);
  }

  /** [width][channels][filters] as DL4J has it: [filters][channels][width][1]. */
  static float[] filterMajor(float[] weights, int channels, TrunkBlock shape) {
    float[] out = new float[weights.length];
    for (int j = 0; j < shape.width(); j++) {
      for (int c = 0; c < channels; c++) {
        for (int f = 0; f < shape.filters(); f++) {
          out[(f * channels + c) * shape.width() + j] =
              weights[(j * channels + c) * shape.filters() + f];
        }
      }
    }
    return out;
  }

  /** Rows of a dense layer on [position][channel] for DL4J's [channel][position]. */
  static Dense channelMajor(Dense dense, int channels) {
    int positions = dense.in() / channels;
    float[] out = new float[dense.weights().length];
    for (int p = 0; p < positions; p++) {
      for (int c = 0; c < channels; c++) {
        System.arraycopy(
            dense.weights(),
            (p * channels + c) * dense.out(),
            out,
            (c * positions + p) * dense.out(),
            dense.out());
      }
    }
    return new Dense(dense.in(), dense.out(), out, dense.bias());
  }

  /** A plain graph, its parameters not yet set. */
  static ComputationGraph create(TrunkArchitecture a, int width, int tasks, PlainUse use) {
    GraphBuilder g =
        new NeuralNetConfiguration.Builder()
            .seed(use.seed())
            .updater(new Adam(use.learningRate()))
            .graphBuilder()
            .addInputs(PlainNetwork.FORWARD)
            .setInputTypes(InputType.convolutional(width, 1, 4));
    String below = PlainNetwork.FORWARD;
    for (int i = 0; i < a.blocks().size(); i++) {
      below = block(g, a, i, below);
    }
    int units = a.units(width);
    if (a.average()) {
      g.addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), below);
      below = "mean";
    }
    if (a.hidden() > 0) {
      g.addLayer(
          ModelGraph.HIDDEN,
          new DenseLayer.Builder()
              .nIn(units)
              .nOut(a.hidden())
              .activation(Activation.RELU)
              .weightDecay(a.weightDecay())
              .build(),
          below);
    }
    OutputLayer.Builder output = use.output(a.head());
    if (a.hidden() > 0) {
      output.dropOut(use.dropout(a.dropout()));
    }
    g.addLayer(
        ModelGraph.OUTPUT,
        output
            .nIn(a.hidden() > 0 ? a.hidden() : units)
            .nOut(tasks)
            .weightDecay(a.weightDecay())
            .build(),
        a.hidden() > 0 ? ModelGraph.HIDDEN : below);
    if (!a.average()) {
      int positions = a.length(a.blocks().size(), width);
      g.inputPreProcessor(
          a.hidden() > 0 ? ModelGraph.HIDDEN : ModelGraph.OUTPUT,
          new CnnToFeedForwardPreProcessor(positions, 1, a.blocks().getLast().filters()));
    }
    ComputationGraph graph = new ComputationGraph(g.setOutputs(ModelGraph.OUTPUT).build());
    graph.init();
    return graph;
  }

  private static String block(GraphBuilder g, TrunkArchitecture a, int i, String below) {
    TrunkBlock b = a.blocks().get(i);
    String at = TrunkGraph.block(i);
    g.addLayer(
        at,
        new ConvolutionLayer.Builder(b.width(), 1)
            .dilation(b.dilation(), 1)
            .padding(b.padding(), 0)
            .convolutionMode(ConvolutionMode.Truncate)
            .nIn(a.channels(i))
            .nOut(b.filters())
            .activation(Activation.IDENTITY)
            .weightDecay(a.weightDecay())
            .build(),
        below);
    if (b.norm()) {
      g.addLayer(
          norm(i),
          new BatchNormalization.Builder().useLogStd(false).eps(1e-5).decay(0.9).build(),
          at);
      at = norm(i);
    }
    g.addLayer("relu" + (i + 1), new ActivationLayer(Activation.RELU), at);
    at = "relu" + (i + 1);
    if (b.residual()) {
      g.addVertex("add" + (i + 1), new ElementWiseVertex(ElementWiseVertex.Op.Add), at, below);
      at = "add" + (i + 1);
    }
    if (b.pool() > 1) {
      g.addLayer(
          "pool" + (i + 1),
          new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
              .kernelSize(b.pool(), 1)
              .stride(b.pool(), 1)
              .convolutionMode(ConvolutionMode.Truncate)
              .build(),
          at);
      at = "pool" + (i + 1);
    }
    return at;
  }
}
