package basewise.nn;

import basewise.nn.kernel.Workers;
import basewise.nn.layer.Floats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Steps of training on one batch, as {@link Trainer} takes them, for benches. */
public final class TrunkStep {
  private final ComputationGraph graph;
  private final DataSet batch;

  /** Prepares a graph that begins with a model's parameters. */
  public TrunkStep(TrunkModel model, List<byte[]> codes, float[] labels, Workers workers) {
    graph = ModelGraph.of(model, 1e-3, 1);
    ModelGraph.use(graph, workers);
    int n = codes.size();
    float[] letters = new float[n * model.width()];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = codes.get(i / model.width())[i % model.width()];
    }
    INDArray x = Nd4j.createFromArray(letters).reshape(n, model.width());
    batch = new DataSet(x, Nd4j.createFromArray(labels).reshape(n, labels.length / n));
  }

  /** Loss per example. */
  public double loss() {
    return graph.score();
  }

  /** Gradients, summed over the batch, by name of layer and parameter; takes no step. */
  public Map<String, float[]> gradients() {
    graph.setInputs(batch.getFeatures());
    graph.setLabels(batch.getLabels());
    graph.computeGradientAndScore();
    Map<String, float[]> out = new LinkedHashMap<>();
    graph
        .gradient()
        .gradientForVariable()
        .forEach((name, value) -> out.put(name, Floats.of(value)));
    return out;
  }

  /** One step. */
  public void run() {
    graph.fit(batch);
  }
}
