package basewise.nn;

import basewise.io.InputException;
import basewise.nn.kernel.FilterActivation;
import basewise.nn.layer.Exponential;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The other face of a {@code motif} network: DL4J's own layers with the same parameters. It is the
 * oracle of the fast face, and what another DL4J program (or a GPU backend) loads and trains.
 *
 * <p>Inputs: {@code forward}, the one-hot sequence [n, 4, length] in the order A, C, G, T with N as
 * four zeros, and, if both strands count, {@code reverse}, the one-hot reverse complement. The
 * output is a probability per task, or a number for a regression. Only {@link
 * FilterActivation#EXPONENTIAL} needs this program's jar to load.
 */
final class PlainNetwork {
  static final String FORWARD = "forward";
  static final String REVERSE = "reverse";
  static final String CONVOLUTION = "convolution";
  static final String NORM = "norm";

  private PlainNetwork() {}

  /** The plain face of a model; {@code learningRate} is for those who train it further. */
  static ComputationGraph of(MotifModel model, double learningRate) {
    ComputationGraph graph =
        create(
            model.architecture(), model.width(), model.tasks().size(), PlainUse.lent(learningRate));
    set(graph, model);
    return graph;
  }

  /** Writes a model's parameters into a plain graph of its shape. */
  static void set(ComputationGraph graph, MotifModel model) {
    MotifArchitecture a = model.architecture();
    FilterBank bank = model.filters();
    setFilters(graph, bank.weights(), a, bank.bias());
    float[] zero = new float[a.filters()];
    float[] one = new float[a.filters()];
    java.util.Arrays.fill(one, MotifGraph.UNIT_VARIANCE);
    setNorm(graph, bank.scale(), bank.shift(), zero, one);
    ModelGraph.setDense(graph, ModelGraph.HIDDEN, filterMajor(model.hidden(), a));
    ModelGraph.setDense(graph, ModelGraph.OUTPUT, model.output());
  }

  /**
   * The parameters as a model, batch norm folded. Its scales must not be negative: {@link
   * #keepScalesPositive}.
   */
  static MotifModel toModel(
      ComputationGraph graph, MotifArchitecture a, int width, List<String> tasks) {
    float[] theirs = ModelGraph.parameter(graph, CONVOLUTION, DefaultParamInitializer.WEIGHT_KEY);
    float[] weights = new float[theirs.length];
    int row = 4 * a.filterWidth();
    for (int f = 0; f < a.filters(); f++) {
      for (int i = 0; i < row; i++) {
        weights[f * row + i] = theirs[i * a.filters() + f];
      }
    }
    PlainUse.Norm norm = PlainUse.norm(graph, NORM);
    FilterBank bank =
        new FilterBank(
            a.filters(),
            a.filterWidth(),
            a.strands(),
            a.activation(),
            weights,
            ModelGraph.parameter(graph, CONVOLUTION, DefaultParamInitializer.BIAS_KEY),
            norm.scale(),
            norm.shift());
    Dense hidden = windowMajor(ModelGraph.dense(graph, ModelGraph.HIDDEN), a);
    return new MotifModel(
        a, width, tasks, bank, hidden, ModelGraph.dense(graph, ModelGraph.OUTPUT));
  }

  /**
   * After a step: a filter's scale that has become negative changes its sign, for our layers have
   * the maximum before or after the batch norm as they like, and take the scale's absolute value.
   */
  static void keepScalesPositive(ComputationGraph graph) {
    Transforms.abs(graph.getLayer(NORM).getParam(BatchNormalizationParamInitializer.GAMMA), false);
  }

  /** The way back of {@link #filterMajor}. */
  private static Dense windowMajor(Dense dense, MotifArchitecture a) {
    int windows = dense.in() / a.filters();
    float[] out = new float[dense.weights().length];
    for (int w = 0; w < windows; w++) {
      for (int f = 0; f < a.filters(); f++) {
        int to = (w * a.filters() + f) * dense.out();
        System.arraycopy(dense.weights(), (f * windows + w) * dense.out(), out, to, dense.out());
      }
    }
    return new Dense(dense.in(), dense.out(), out, dense.bias());
  }

  /** DL4J flattens [filters, windows]; our pooled values are [windows, filters]. */
  static Dense filterMajor(Dense dense, MotifArchitecture a) {
    int windows = dense.in() / a.filters();
    float[] out = new float[dense.weights().length];
    for (int w = 0; w < windows; w++) {
      for (int f = 0; f < a.filters(); f++) {
        int from = (w * a.filters() + f) * dense.out();
        System.arraycopy(dense.weights(), from, out, (f * windows + w) * dense.out(), dense.out());
      }
    }
    return new Dense(dense.in(), dense.out(), out, dense.bias());
  }

  /**
   * DL4J 1.0.0-M2.1 computes with a 1-D convolution's flat weights as [width, 4, filters], whatever
   * the shape it reports for them; ours are [filters, width, 4].
   */
  static void setFilters(
      ComputationGraph graph, float[] weights, MotifArchitecture a, float[] bias) {
    int width = a.filterWidth();
    float[] theirs = new float[weights.length];
    for (int f = 0; f < a.filters(); f++) {
      for (int j = 0; j < width; j++) {
        for (int c = 0; c < 4; c++) {
          theirs[(j * 4 + c) * a.filters() + f] = weights[(f * width + j) * 4 + c];
        }
      }
    }
    ModelGraph.set(graph, CONVOLUTION, DefaultParamInitializer.WEIGHT_KEY, theirs);
    ModelGraph.set(graph, CONVOLUTION, DefaultParamInitializer.BIAS_KEY, bias);
  }

  static void setNorm(
      ComputationGraph graph, float[] scale, float[] shift, float[] mean, float[] variance) {
    ModelGraph.set(graph, NORM, BatchNormalizationParamInitializer.GAMMA, scale);
    ModelGraph.set(graph, NORM, BatchNormalizationParamInitializer.BETA, shift);
    ModelGraph.set(graph, NORM, BatchNormalizationParamInitializer.GLOBAL_MEAN, mean);
    ModelGraph.set(graph, NORM, BatchNormalizationParamInitializer.GLOBAL_VAR, variance);
  }

  /** A plain graph, its parameters not yet set. */
  static ComputationGraph create(MotifArchitecture a, int width, int tasks, PlainUse use) {
    boolean both = a.strands() == Strands.BOTH;
    GraphBuilder g =
        new NeuralNetConfiguration.Builder()
            .seed(use.seed())
            .updater(new Adam(use.learningRate()))
            .convolutionMode(ConvolutionMode.Truncate)
            .graphBuilder();
    InputType dna = InputType.recurrent(4, width);
    if (both) {
      g.addInputs(FORWARD, REVERSE).setInputTypes(dna, dna);
      g.addVertex("strands", new StackVertex(), FORWARD, REVERSE);
    } else {
      g.addInputs(FORWARD).setInputTypes(dna);
    }
    g.addLayer(
        CONVOLUTION,
        new Convolution1DLayer.Builder(a.filterWidth())
            .nIn(4)
            .nOut(a.filters())
            .activation(Activation.IDENTITY)
            .weightDecay(a.weightDecay())
            .build(),
        both ? "strands" : FORWARD);
    String best = a.pool() == 0 ? global(g, both) : windows(g, a, width, both);
    if (a.pool() > 0) {
      // Batch norm takes vectors and images, not series: an image one wide.
      int[] image = {-1, a.filters(), a.windows(width), 1};
      g.addVertex("image", new ReshapeVertex('c', image, null), best);
      best = "image";
    }
    g.addLayer(
        NORM, new BatchNormalization.Builder().useLogStd(false).eps(1e-5).decay(0.9).build(), best);
    ActivationLayer activation =
        a.activation() == FilterActivation.RELU
            ? new ActivationLayer(Activation.RELU)
            : new ActivationLayer(new Exponential());
    g.addLayer("activation", activation, NORM);
    // Said even where nothing moves: DL4J otherwise takes the pooled series for a series.
    int units = a.windows(width) * a.filters();
    g.addVertex("flat", new ReshapeVertex('c', new int[] {-1, units}, null), "activation");
    head(g, a, width, tasks, use);
    ComputationGraph graph = new ComputationGraph(g.build());
    graph.init();
    return graph;
  }

  private static String global(GraphBuilder g, boolean both) {
    g.addLayer("positions", new GlobalPoolingLayer.Builder(PoolingType.MAX).build(), CONVOLUTION);
    if (!both) {
      return "positions";
    }
    g.addVertex("given", new UnstackVertex(0, 2), "positions");
    g.addVertex("complement", new UnstackVertex(1, 2), "positions");
    g.addVertex("best", new ElementWiseVertex(ElementWiseVertex.Op.Max), "given", "complement");
    return "best";
  }

  private static String windows(GraphBuilder g, MotifArchitecture a, int width, boolean both) {
    if (both && (width - a.filterWidth() + 1) % a.pool() != 0) {
      throw InputException.ofOption(
          "--plain",
          "%d positions do not divide into windows of %d, so strands cannot be aligned"
              .formatted(width - a.filterWidth() + 1, a.pool()),
          "choose --pool to divide width - filter width + 1");
    }
    g.addLayer(
        "positions",
        new Subsampling1DLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(a.pool())
            .stride(a.pool())
            .build(),
        CONVOLUTION);
    if (!both) {
      return "positions";
    }
    g.addVertex("given", new UnstackVertex(0, 2), "positions");
    g.addVertex("complement", new UnstackVertex(1, 2), "positions");
    g.addVertex("turned", new ReverseTimeSeriesVertex(), "complement");
    g.addVertex("best", new ElementWiseVertex(ElementWiseVertex.Op.Max), "given", "turned");
    return "best";
  }

  private static void head(
      GraphBuilder g, MotifArchitecture a, int width, int tasks, PlainUse use) {
    g.addLayer(
        ModelGraph.HIDDEN,
        new DenseLayer.Builder()
            .dropOut(use.dropout(a.dropout()))
            .nIn(a.windows(width) * a.filters())
            .nOut(a.hidden())
            .activation(Activation.RELU)
            .weightDecay(a.weightDecay())
            .build(),
        "flat");
    g.addLayer(
        ModelGraph.OUTPUT,
        use.output(a.head()).nIn(a.hidden()).nOut(tasks).weightDecay(a.weightDecay()).build(),
        ModelGraph.HIDDEN);
    g.setOutputs(ModelGraph.OUTPUT);
  }
}
