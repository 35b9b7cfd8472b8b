package basewise.nn;

import basewise.dataset.Dataset;
import basewise.nn.kernel.Workers;
import basewise.nn.layer.Floats;
import basewise.sequence.Dna;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A network in the layers that it is trained with: the one place where {@link Layers} differ. */
abstract sealed class TrainingFace {
  final ComputationGraph graph;
  final Architecture architecture;
  final Dataset data;
  final TrainOptions options;

  private TrainingFace(
      ComputationGraph graph, Architecture architecture, Dataset data, TrainOptions options) {
    this.graph = graph;
    this.architecture = architecture;
    this.data = data;
    this.options = options;
  }

  /**
   * A network, its parameters not yet set.
   *
   * @param workers share the work of our own layers
   */
  static TrainingFace of(
      Layers layers, Architecture a, Dataset data, TrainOptions options, Workers workers) {
    return layers == Layers.OWN ? new Own(a, data, options, workers) : new Plain(a, data, options);
  }

  /** Sets where training starts; the same for all faces. */
  abstract void start(List<float[][]> seeds);

  /** One step. */
  abstract void fit(DataSet batch);

  /** What it is now. */
  abstract SequenceModel model();

  private static ComputationGraph own(Architecture a, Dataset data, TrainOptions o) {
    return ModelGraph.create(a, data.width(), data.tasks().size(), o.learningRate(), o.seed());
  }

  /** Our layers. */
  private static final class Own extends TrainingFace {
    Own(Architecture a, Dataset data, TrainOptions options, Workers workers) {
      super(own(a, data, options), a, data, options);
      ModelGraph.use(graph, workers);
    }

    @Override
    void start(List<float[][]> seeds) {
      Initial.set(graph, architecture, data, seeds, options.seed());
    }

    @Override
    void fit(DataSet batch) {
      graph.fit(batch);
    }

    @Override
    SequenceModel model() {
      return ModelGraph.toModel(graph, architecture, data.width(), data.tasks());
    }
  }

  /** DL4J's own. */
  private static final class Plain extends TrainingFace {
    Plain(Architecture a, Dataset data, TrainOptions options) {
      super(create(a, data, options), a, data, options);
    }

    private static ComputationGraph create(Architecture a, Dataset data, TrainOptions o) {
      PlainUse use = PlainUse.trained(o.learningRate(), o.seed());
      int tasks = data.tasks().size();
      return switch (a) {
        case MotifArchitecture motif -> PlainNetwork.create(motif, data.width(), tasks, use);
        case TrunkArchitecture trunk -> PlainTrunk.create(trunk, data.width(), tasks, use);
      };
    }

    @Override
    void start(List<float[][]> seeds) {
      ComputationGraph ours = own(architecture, data, options);
      Initial.set(ours, architecture, data, seeds, options.seed());
      switch (ModelGraph.toModel(ours, architecture, data.width(), data.tasks())) {
        case MotifModel motif -> PlainNetwork.set(graph, motif);
        case TrunkModel trunk -> PlainTrunk.set(graph, trunk);
      }
    }

    @Override
    void fit(DataSet batch) {
      float[] codes = Floats.of(batch.getFeatures());
      boolean motif = architecture instanceof MotifArchitecture;
      INDArray[] inputs =
          motif && architecture.strands() == Strands.BOTH
              ? new INDArray[] {oneHot(codes, false, motif), oneHot(codes, true, motif)}
              : new INDArray[] {oneHot(codes, false, motif)};
      INDArray[] labels = {batch.getLabels()};
      INDArray[] weights = {batch.getLabelsMaskArray()};
      graph.fit(new MultiDataSet(inputs, labels, null, weights));
      if (motif) {
        PlainNetwork.keepScalesPositive(graph);
      }
    }

    /** [n, 4, width], or [n, 4, width, 1] for images. */
    private INDArray oneHot(float[] codes, boolean reverse, boolean series) {
      int width = data.width();
      int n = codes.length / width;
      float[] out = new float[4 * codes.length];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < width; j++) {
          int code = (int) codes[i * width + (reverse ? width - 1 - j : j)];
          if (code != Dna.N) {
            out[(4 * i + (reverse ? 3 - code : code)) * width + j] = 1;
          }
        }
      }
      long[] shape = series ? new long[] {n, 4, width} : new long[] {n, 4, width, 1};
      INDArray x = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
      Floats.into(out, x);
      return x;
    }

    @Override
    SequenceModel model() {
      return switch (architecture) {
        case MotifArchitecture motif ->
            PlainNetwork.toModel(graph, motif, data.width(), data.tasks());
        case TrunkArchitecture trunk ->
            PlainTrunk.toModel(graph, trunk, data.width(), data.tasks());
      };
    }
  }
}
