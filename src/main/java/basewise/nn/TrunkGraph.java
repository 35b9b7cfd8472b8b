package basewise.nn;

import basewise.nn.layer.MotifConvolutionLayer;
import basewise.nn.layer.PositionMean;
import basewise.nn.layer.TrunkConvolution;
import basewise.nn.layer.TrunkDense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;

/** A {@code basset} or {@code dilated} network as a DL4J graph, and the way back. */
final class TrunkGraph {
  static final String MEAN = "mean";

  private TrunkGraph() {}

  /** The name of block {@code i}, from 0. */
  static String block(int i) {
    return "block" + (i + 1);
  }

  /** A new graph, its parameters not yet set. */
  static ComputationGraph create(
      TrunkArchitecture a, int width, int tasks, double learningRate, long seed) {
    GraphBuilder g = ModelGraph.begin(learningRate, seed);
    String below = ModelGraph.INPUT;
    for (int i = 0; i < a.blocks().size(); i++) {
      TrunkBlock b = a.blocks().get(i);
      TrunkConvolution.Builder layer =
          new TrunkConvolution.Builder()
              .nOut(b.filters())
              .filters(b.width(), b.dilation())
              .norm(b.norm())
              .residual(b.residual())
              .pool(b.pool())
              .activation(Activation.IDENTITY);
      layer.weightDecay(a.weightDecay());
      if (i == 0) {
        layer.readsDna(width);
      } else {
        layer.reads(a.length(i, width), a.channels(i));
      }
      g.addLayer(block(i), layer.build(), below);
      below = block(i);
    }
    int units = a.units(width);
    if (a.average()) {
      g.addLayer(MEAN, new PositionMean.Builder().channels(units).build(), below);
      below = MEAN;
    }
    if (a.hidden() > 0) {
      g.addLayer(
          ModelGraph.HIDDEN,
          new TrunkDense.Builder()
              .nIn(units)
              .nOut(a.hidden())
              .dropout(a.dropout(), seed)
              .activation(Activation.IDENTITY)
              .weightDecay(a.weightDecay())
              .build(),
          below);
      below = ModelGraph.HIDDEN;
      units = a.hidden();
    }
    ModelGraph.end(g, a, units, tasks, below);
    ComputationGraph graph =
        new ComputationGraph(g.setInputTypes(InputType.feedForward(width)).build());
    graph.init();
    return graph;
  }

  /** A graph that holds a model: batch norm stays folded, its statistics are 0 and 1. */
  static ComputationGraph of(TrunkModel model, double learningRate, long seed) {
    TrunkArchitecture a = model.architecture();
    ComputationGraph graph = create(a, model.width(), model.tasks().size(), learningRate, seed);
    for (int i = 0; i < a.blocks().size(); i++) {
      TrunkModel.Block b = model.blocks().get(i);
      ModelGraph.set(graph, block(i), TrunkConvolution.WEIGHT, b.weights());
      ModelGraph.set(graph, block(i), TrunkConvolution.BIAS, b.bias());
      if (a.blocks().get(i).norm()) {
        float[] one = new float[b.bias().length];
        Arrays.fill(one, MotifGraph.UNIT_VARIANCE);
        ModelGraph.set(graph, block(i), TrunkConvolution.SCALE, b.scale());
        ModelGraph.set(graph, block(i), TrunkConvolution.SHIFT, b.shift());
        ModelGraph.set(graph, block(i), TrunkConvolution.MEAN, new float[one.length]);
        ModelGraph.set(graph, block(i), TrunkConvolution.VARIANCE, one);
      }
    }
    @Nullable Dense hidden = model.hidden();
    if (hidden != null) {
      ModelGraph.setDense(graph, ModelGraph.HIDDEN, hidden);
    }
    ModelGraph.setDense(graph, ModelGraph.OUTPUT, model.output());
    return graph;
  }

  /** The parameters as a model, batch norm folded. */
  static TrunkModel toModel(
      ComputationGraph graph, TrunkArchitecture a, int width, List<String> tasks) {
    List<TrunkModel.Block> blocks = new ArrayList<>();
    for (int i = 0; i < a.blocks().size(); i++) {
      blocks.add(block(graph, block(i), a.blocks().get(i)));
    }
    return new TrunkModel(
        a,
        width,
        tasks,
        blocks,
        a.hidden() == 0 ? null : ModelGraph.dense(graph, ModelGraph.HIDDEN),
        ModelGraph.dense(graph, ModelGraph.OUTPUT));
  }

  private static TrunkModel.Block block(ComputationGraph graph, String name, TrunkBlock shape) {
    float[] scale = new float[shape.filters()];
    float[] shift = new float[shape.filters()];
    Arrays.fill(scale, 1);
    if (shape.norm()) {
      float[] gamma = ModelGraph.parameter(graph, name, TrunkConvolution.SCALE);
      float[] beta = ModelGraph.parameter(graph, name, TrunkConvolution.SHIFT);
      float[] mean = ModelGraph.parameter(graph, name, TrunkConvolution.MEAN);
      float[] variance = ModelGraph.parameter(graph, name, TrunkConvolution.VARIANCE);
      for (int f = 0; f < scale.length; f++) {
        scale[f] = gamma[f] * MotifConvolutionLayer.inverseDeviation(variance[f]);
        shift[f] = beta[f] - scale[f] * mean[f];
      }
    }
    return new TrunkModel.Block(
        ModelGraph.parameter(graph, name, TrunkConvolution.WEIGHT),
        ModelGraph.parameter(graph, name, TrunkConvolution.BIAS),
        scale,
        shift);
  }
}
