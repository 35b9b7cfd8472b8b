package basewise.nn;

import basewise.nn.kernel.Workers;
import basewise.nn.layer.Backends;
import basewise.nn.layer.Floats;
import basewise.nn.layer.LogitLoss;
import basewise.nn.layer.SharesWork;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Any network of ours as a DL4J graph, and the way back to plain numbers. */
final class ModelGraph {
  static final String INPUT = "codes";
  static final String HIDDEN = "hidden";
  static final String OUTPUT = "output";

  /** Read once, by the first class of ND4J; the launcher says it too. */
  static final String NO_COLLECTED_MEMORY = "org.bytedeco.javacpp.nopointergc";

  static {
    // ND4J frees native memory when the collector finds an array unreachable, and Java may find
    // that while a native call still reads it: a training in some hundreds then crashed. Without
    // it memory is that of the workspaces, which are reused, and of few small arrays.
    System.setProperty(NO_COLLECTED_MEMORY, "true");
    Backends.ready();
    // Our own threads cut the work; a native team would make sums depend on its size.
    Nd4j.getEnvironment().setMaxThreads(1);
    Nd4j.getEnvironment().setMaxMasterThreads(1);
  }

  private ModelGraph() {}

  /** A new graph, its parameters not yet set. */
  static ComputationGraph create(
      Architecture a, int width, int tasks, double learningRate, long seed) {
    return switch (a) {
      case MotifArchitecture motif -> MotifGraph.create(motif, width, tasks, learningRate, seed);
      case TrunkArchitecture trunk -> TrunkGraph.create(trunk, width, tasks, learningRate, seed);
    };
  }

  /** A graph that holds a model: batch norm stays folded, its statistics are 0 and 1. */
  static ComputationGraph of(SequenceModel model, double learningRate, long seed) {
    return switch (model) {
      case MotifModel motif -> MotifGraph.of(motif, learningRate, seed);
      case TrunkModel trunk -> TrunkGraph.of(trunk, learningRate, seed);
    };
  }

  /** The parameters as a model, batch norm folded. */
  static SequenceModel toModel(
      ComputationGraph graph, Architecture a, int width, List<String> tasks) {
    return switch (a) {
      case MotifArchitecture motif -> MotifGraph.toModel(graph, motif, width, tasks);
      case TrunkArchitecture trunk -> TrunkGraph.toModel(graph, trunk, width, tasks);
    };
  }

  /** Lets the graph's layers share their work. */
  static void use(ComputationGraph graph, Workers workers) {
    for (Layer layer : graph.getLayers()) {
      if (layer instanceof SharesWork shares) {
        shares.use(workers);
      }
    }
  }

  /** The beginning of every graph: Adam, and one input of base codes. */
  static GraphBuilder begin(double learningRate, long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(new Adam(learningRate))
        .trainingWorkspaceMode(WorkspaceMode.ENABLED)
        .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
        .graphBuilder()
        .addInputs(INPUT);
  }

  /** The end of every graph: raw outputs of {@code units} numbers that {@code below} gives. */
  static void end(GraphBuilder g, Architecture a, int units, int tasks, String below) {
    g.addLayer(
            OUTPUT,
            new OutputLayer.Builder(new LogitLoss(a.head() == Head.REGRESSION))
                .nIn(units)
                .nOut(tasks)
                .activation(Activation.IDENTITY)
                .weightDecay(a.weightDecay())
                .build(),
            below)
        .setOutputs(OUTPUT);
  }

  static Dense dense(ComputationGraph graph, String layer) {
    INDArray w = graph.getLayer(layer).getParam(DefaultParamInitializer.WEIGHT_KEY);
    return new Dense(
        (int) w.size(0),
        (int) w.size(1),
        Floats.of(w),
        parameter(graph, layer, DefaultParamInitializer.BIAS_KEY));
  }

  static void setDense(ComputationGraph graph, String layer, Dense dense) {
    set(graph, layer, DefaultParamInitializer.WEIGHT_KEY, dense.weights());
    set(graph, layer, DefaultParamInitializer.BIAS_KEY, dense.bias());
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
