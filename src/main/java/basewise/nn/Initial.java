package basewise.nn;

import basewise.dataset.Dataset;
import basewise.nn.layer.MotifConvolutionParameters;
import basewise.stats.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;

/**
 * Where training starts: uniform weights within 1 / sqrt(inputs), as PyTorch's, and some filters
 * with weights given from outside.
 */
final class Initial {
  private Initial() {}

  static void set(
      ComputationGraph graph, Architecture a, Dataset data, List<float[][]> seeds, long seed) {
    SplittableRandom random = Seeds.generator(seed, -1);
    float[] filters = uniform(random, a.filters() * a.filterWidth() * 4, 4 * a.filterWidth());
    plant(filters, a, seeds);
    MotifGraph.set(graph, MotifGraph.MOTIFS, MotifConvolutionParameters.WEIGHT, filters);
    constant(graph, a, MotifConvolutionParameters.BIAS, 0);
    constant(graph, a, MotifConvolutionParameters.SCALE, 1);
    constant(graph, a, MotifConvolutionParameters.SHIFT, 0);
    constant(graph, a, MotifConvolutionParameters.MEAN, 0);
    constant(graph, a, MotifConvolutionParameters.VARIANCE, 1);
    int units = a.windows(data.width()) * a.filters();
    dense(graph, MotifGraph.HIDDEN, random, units, a.hidden());
    dense(graph, MotifGraph.OUTPUT, random, a.hidden(), data.tasks().size());
  }

  /** Writes the seeds over the first filters. */
  private static void plant(float[] filters, Architecture a, List<float[][]> seeds) {
    for (int f = 0; f < seeds.size(); f++) {
      for (int j = 0; j < a.filterWidth(); j++) {
        System.arraycopy(seeds.get(f)[j], 0, filters, (f * a.filterWidth() + j) * 4, 4);
      }
    }
  }

  private static void constant(ComputationGraph graph, Architecture a, String name, float value) {
    float[] values = new float[a.filters()];
    Arrays.fill(values, value);
    MotifGraph.set(graph, MotifGraph.MOTIFS, name, values);
  }

  private static void dense(
      ComputationGraph graph, String layer, SplittableRandom random, int in, int out) {
    MotifGraph.set(graph, layer, DefaultParamInitializer.WEIGHT_KEY, uniform(random, in * out, in));
    MotifGraph.set(graph, layer, DefaultParamInitializer.BIAS_KEY, uniform(random, out, in));
  }

  private static float[] uniform(SplittableRandom random, int n, int inputs) {
    float bound = (float) (1 / Math.sqrt(inputs));
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (2 * random.nextFloat() - 1) * bound;
    }
    return out;
  }
}
