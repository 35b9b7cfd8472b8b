package basewise.nn;

import basewise.nn.kernel.FilterActivation;
import basewise.nn.kernel.Workers;
import basewise.nn.layer.Floats;
import basewise.nn.layer.LogitLoss;
import basewise.nn.layer.MotifConvolution;
import basewise.nn.layer.MotifConvolutionLayer;
import basewise.nn.layer.MotifConvolutionParameters;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A {@code motif} network as a DL4J graph, and the way back to plain numbers. */
final class MotifGraph {
  static final String INPUT = "codes";
  static final String MOTIFS = "motifs";
  static final String HIDDEN = "hidden";
  static final String OUTPUT = "output";

  /** Read once, by the first class of ND4J; the launcher says it too. */
  static final String NO_COLLECTED_MEMORY = "org.bytedeco.javacpp.nopointergc";

  /** The running variance that makes batch norm's divisor exactly 1. */
  static final float UNIT_VARIANCE = 1 - MotifConvolutionLayer.EPSILON;

  static {
    // ND4J frees native memory when the collector finds an array unreachable, and Java may find
    // that while a native call still reads it: a training in some hundreds then crashed. Without
    // it memory is that of the workspaces, which are reused, and of few small arrays.
    System.setProperty(NO_COLLECTED_MEMORY, "true");
    // Our own threads cut the work; a native team would make sums depend on its size.
    Nd4j.getEnvironment().setMaxThreads(1);
    Nd4j.getEnvironment().setMaxMasterThreads(1);
  }

  private MotifGraph() {}

  /** A new graph, its parameters not yet set. */
  static ComputationGraph create(
      Architecture a, int width, int tasks, double learningRate, long seed) {
    int units = a.windows(width) * a.filters();
    ComputationGraphConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(learningRate))
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs(INPUT)
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
                INPUT)
            .addLayer(
                HIDDEN,
                new DenseLayer.Builder()
                    .nIn(units)
                    .nOut(a.hidden())
                    .activation(Activation.RELU)
                    .weightDecay(a.weightDecay())
                    .build(),
                MOTIFS)
            .addLayer(
                OUTPUT,
                new OutputLayer.Builder(new LogitLoss(a.head() == Head.REGRESSION))
                    .nIn(a.hidden())
                    .nOut(tasks)
                    .activation(Activation.IDENTITY)
                    .weightDecay(a.weightDecay())
                    .build(),
                HIDDEN)
            .setOutputs(OUTPUT)
            .setInputTypes(InputType.feedForward(width))
            .build();
    ComputationGraph graph = new ComputationGraph(conf);
    graph.init();
    return graph;
  }

  /** A graph that holds a model: batch norm stays folded, its statistics are 0 and 1. */
  static ComputationGraph of(SequenceModel model, double learningRate, long seed) {
    Architecture a = model.architecture();
    ComputationGraph graph = create(a, model.width(), model.tasks().size(), learningRate, seed);
    FilterBank bank = model.filters();
    float[] one = new float[a.filters()];
    Arrays.fill(one, UNIT_VARIANCE);
    set(graph, MOTIFS, MotifConvolutionParameters.WEIGHT, bank.weights());
    set(graph, MOTIFS, MotifConvolutionParameters.BIAS, bank.bias());
    set(graph, MOTIFS, MotifConvolutionParameters.SCALE, bank.scale());
    set(graph, MOTIFS, MotifConvolutionParameters.SHIFT, bank.shift());
    set(graph, MOTIFS, MotifConvolutionParameters.MEAN, new float[a.filters()]);
    set(graph, MOTIFS, MotifConvolutionParameters.VARIANCE, one);
    PlainNetwork.setDense(graph, HIDDEN, model.hidden());
    PlainNetwork.setDense(graph, OUTPUT, model.output());
    return graph;
  }

  /** Lets the graph's convolution share its work. */
  static void use(ComputationGraph graph, Workers workers) {
    ((MotifConvolutionLayer) graph.getLayer(MOTIFS)).use(workers);
  }

  /** The parameters as a model, batch norm folded. */
  static SequenceModel toModel(
      ComputationGraph graph, Architecture a, int width, List<String> tasks) {
    return new SequenceModel(
        a, width, tasks, filters(graph, a), dense(graph, HIDDEN), dense(graph, OUTPUT));
  }

  private static FilterBank filters(ComputationGraph graph, Architecture a) {
    float[] gamma = parameter(graph, MOTIFS, MotifConvolutionParameters.SCALE);
    float[] beta = parameter(graph, MOTIFS, MotifConvolutionParameters.SHIFT);
    float[] mean = parameter(graph, MOTIFS, MotifConvolutionParameters.MEAN);
    float[] variance = parameter(graph, MOTIFS, MotifConvolutionParameters.VARIANCE);
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
        parameter(graph, MOTIFS, MotifConvolutionParameters.WEIGHT),
        parameter(graph, MOTIFS, MotifConvolutionParameters.BIAS),
        scale,
        shift);
  }

  private static Dense dense(ComputationGraph graph, String layer) {
    INDArray w = graph.getLayer(layer).getParam(DefaultParamInitializer.WEIGHT_KEY);
    return new Dense(
        (int) w.size(0),
        (int) w.size(1),
        Floats.of(w),
        parameter(graph, layer, DefaultParamInitializer.BIAS_KEY));
  }

  static float[] parameter(ComputationGraph graph, String layer, String name) {
    return Floats.of(graph.getLayer(layer).getParam(name));
  }

  /** Sets one parameter, values in C order. */
  static void set(ComputationGraph graph, String layer, String name, float[] values) {
    INDArray view = graph.getLayer(layer).getParam(name);
    view.assign(Nd4j.createFromArray(values).reshape('c', view.shape()));
  }
}
